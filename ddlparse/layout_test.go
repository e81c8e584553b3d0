package ddlparse

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The contents that the table of TestLocate gives to files.
const (
	mysqlDDL    = "CREATE TABLE `t` (`id` INT UNSIGNED AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;"
	neutralDDL  = "CREATE TABLE t (id INT PRIMARY KEY);"
	postgresDDL = "CREATE TABLE \"t\" (id BIGSERIAL PRIMARY KEY, at TIMESTAMPTZ, doc JSONB);"
	sqliteDDL   = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);"
	query       = "SELECT id FROM t WHERE id = ?;"
)

// files is a tree: path -> content.
type files map[string]string

func (f files) open(p string) ([]byte, error) {
	if text, ok := f[p]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("no such file")
}

func (f files) paths() []string {
	var paths []string
	for p := range f {
		paths = append(paths, p)
	}
	return paths
}

// show writes what was located, in order, a line per Set: "tool set: title title".
func show(found []Located) map[string]string {
	sets := make(map[string][]Located)
	for _, l := range found {
		sets[l.Set] = append(sets[l.Set], l)
	}
	lines := make(map[string]string)
	for set, members := range sets {
		Order(members)
		line := string(members[0].Tool) + ":"
		for _, l := range members {
			line += " " + l.Title
			if l.Down {
				line += "↓"
			}
			if l.Role == Declarative {
				line += "="
			}
		}
		lines[set] = line
	}
	return lines
}

func TestLocate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files files
		want  map[string]string // Set -> tool: titles
		left  map[string]string // path -> a part of the reason
	}{
		"flyway orders 1.9 before 1.10, repeatable last": {
			files: files{
				"db/migration/V1.10__b.sql": mysqlDDL, "db/migration/V1.9__a.sql": mysqlDDL, "db/migration/V1_2_3__x.sql": mysqlDDL,
				"db/migration/R__views.sql": mysqlDDL, "db/migration/R__a.sql": mysqlDDL, "db/migration/U1.9__a.sql": mysqlDDL,
			},
			want: map[string]string{"db/migration": "flyway: V1.2.3 V1.9 U1.9↓ V1.10 R__a R__views"},
		},
		"flyway leaves callbacks, baselines and other names": {
			files: files{
				"db/migration/V1__a.sql": mysqlDDL, "db/migration/afterMigrate.sql": query, "db/migration/B3__all.sql": mysqlDDL,
				"db/migration/V2_b.sql": mysqlDDL, "db/migration/003_c.sql": mysqlDDL,
			},
			want: map[string]string{"db/migration": "flyway: V1"},
			left: map[string]string{
				"db/migration/afterMigrate.sql": "callback", "db/migration/B3__all.sql": "baseline",
				"db/migration/V2_b.sql": "V<version>__", "db/migration/003_c.sql": "V<version>__",
			},
		},
		"a flyway baseline alone is where the history starts": {
			files: files{"db/migration/B3__all.sql": mysqlDDL, "db/migration/V4__a.sql": mysqlDDL},
			want:  map[string]string{"db/migration": "flyway: B3 V4"},
		},
		"flyway reads the directories below": {
			files: files{"db/migration/orders/V2__b.sql": mysqlDDL, "db/migration/V1__a.sql": mysqlDDL, "db/migration/2026/V10__c.sql": mysqlDDL},
			want:  map[string]string{"db/migration": "flyway: V1 V2 V10"},
		},
		"flyway directories with the same versions are several databases": {
			files: files{"db/migration/main/V1__a.sql": mysqlDDL, "db/migration/tenant/V1__a.sql": mysqlDDL},
			want:  map[string]string{"db/migration/main": "flyway: V1", "db/migration/tenant": "flyway: V1"},
		},
		"flyway directories of a dialect": {
			files: files{"db/migration/mysql/V1__a.sql": mysqlDDL, "db/migration/postgresql/V2__a.sql": postgresDDL},
			want:  map[string]string{"db/migration/mysql": "flyway: V1"},
			left:  map[string]string{"db/migration/postgresql/V2__a.sql": "PostgreSQL"},
		},
		"upgrades by the version they start from": {
			files: files{
				"db/upgrade/mysql_engine_7.1_to_7.2.sql": mysqlDDL, "db/upgrade/mysql_engine_7.1_patch_7.1.4_to_7.1.5.sql": mysqlDDL,
				"db/upgrade/mysql_engine_6.0_to_6.1.sql": mysqlDDL, "db/upgrade/mysql_engine_7.10_to_7.11.sql": mysqlDDL,
			},
			want: map[string]string{
				"db/upgrade": "sql: mysql_engine_6.0_to_6.1 mysql_engine_7.1_to_7.2 mysql_engine_7.10_to_7.11",
				"db/upgrade/mysql_engine_7.1_patch_7.1.4_to_7.1.5.sql": "sql: mysql_engine_7.1_patch_7.1.4_to_7.1.5", // beside 7.1 to 7.2
			},
		},
		"upgrades whose versions have no dots": {
			files: files{
				"db/upgrade/e.mysql.step.6000.to.6001.sql": mysqlDDL, "db/upgrade/e.mysql.step.59900.to.6000.sql": mysqlDDL, "db/upgrade/e.mysql.step.516.to.5161.sql": mysqlDDL,
				"db/upgrade/e.mysql.step.5151.to.516.sql": mysqlDDL, "db/upgrade/e.all.step.6200.to.6210.sql": mysqlDDL, "db/upgrade/e.mysql.step.59.to.510.sql": mysqlDDL,
			},
			want: map[string]string{"db/upgrade": "sql: e.mysql.step.59.to.510 e.mysql.step.5151.to.516 e.mysql.step.516.to.5161 e.mysql.step.59900.to.6000 e.mysql.step.6000.to.6001 e.all.step.6200.to.6210"},
		},
		"upgrades to something else stand alone": {
			files: files{
				"db/upgrade/e.mysql.step.514.to.515.sql": mysqlDDL, "db/upgrade/e.mysql.step.514.to.515.history.sql": mysqlDDL,
				"db/upgrade/e.mysql.step.514.to.cam515.sql": mysqlDDL, "db/upgrade/e.mysql.step.515.to.v516.sql": mysqlDDL,
			},
			want: map[string]string{
				"db/upgrade": "sql: e.mysql.step.514.to.515 e.mysql.step.514.to.515.history e.mysql.step.515.to.v516",
				"db/upgrade/e.mysql.step.514.to.cam515.sql": "sql: e.mysql.step.514.to.cam515",
			},
		},
		"golang-migrate orders 2 before 10, and numbers before timestamps": {
			files: files{
				"migrations/10_c.up.sql": mysqlDDL, "migrations/2_b.up.sql": mysqlDDL, "migrations/2_b.down.sql": mysqlDDL,
				"migrations/20260102030405_d.up.sql": mysqlDDL, "migrations/000001_a.up.sql": mysqlDDL,
			},
			want: map[string]string{"migrations": "golang-migrate: 000001_a 2_b 2_b↓ 10_c 20260102030405_d"},
		},
		"popx: the file for MySQL wins, those for others are left": {
			files: files{
				"migrations/sql/1_a.up.sql": postgresDDL, "migrations/sql/1_a.mysql.up.sql": mysqlDDL, "migrations/sql/1_a.postgres.up.sql": postgresDDL,
				"migrations/sql/1_a.sqlite3.down.sql": sqliteDDL, "migrations/sql/1_a.mysql.down.sql": mysqlDDL, "migrations/sql/2_b.up.sql": neutralDDL,
				"migrations/sql/3_c.autocommit.up.sql": neutralDDL, "migrations/sql/3_c.mysql.autocommit.up.sql": neutralDDL,
			},
			want: map[string]string{"migrations/sql": "golang-migrate: 1_a 1_a↓ 2_b 3_c.autocommit"},
			left: map[string]string{
				"migrations/sql/1_a.up.sql": "replaced by 1_a.mysql.up.sql", "migrations/sql/1_a.postgres.up.sql": "PostgreSQL",
				"migrations/sql/1_a.sqlite3.down.sql": "SQLite", "migrations/sql/3_c.autocommit.up.sql": "replaced by",
			},
		},
		"goose": {
			files: files{"assets/10_b.sql": "-- +goose Up\n" + mysqlDDL, "assets/9_a.sql": "-- +goose Up\n" + mysqlDDL + "\n-- +goose Down\nDROP TABLE t;"},
			want:  map[string]string{"assets": "goose: 9_a 10_b"},
		},
		"goose in a directory of atlas stays goose": {
			files: files{"migrations/1_a.sql": "-- +goose Up\n" + mysqlDDL, "migrations/atlas.sum": "h1:"},
			want:  map[string]string{"migrations": "goose: 1_a"},
		},
		"sql-migrate orders numbers": {
			files: files{"db/migrations/10_b.sql": "-- +migrate Up\n" + mysqlDDL, "db/migrations/9_a.sql": "-- +migrate Up\n" + mysqlDDL},
			want:  map[string]string{"db/migrations": "sql-migrate: 9_a 10_b"},
		},
		"dbmate orders names": {
			files: files{"db/migrations/10_a.sql": "-- migrate:up\n" + mysqlDDL, "db/migrations/9_b.sql": "-- migrate:up\n" + mysqlDDL, "db/schema.sql": mysqlDDL},
			want:  map[string]string{"db/migrations": "dbmate: 10_a 9_b", "db": "sqldef: schema.sql="},
		},
		"liquibase": {
			files: files{
				"src/main/resources/changelog/users.sql":  "--liquibase formatted sql\n--changeset a:1\n" + mysqlDDL,
				"src/main/resources/changelog/orders.sql": "-- liquibase formatted sql\n" + mysqlDDL,
			},
			want: map[string]string{"src/main/resources/changelog": "liquibase: orders users"},
		},
		"prisma on MySQL": {
			files: files{
				"prisma/migrations/20260102_b/migration.sql": mysqlDDL, "prisma/migrations/20250102_a/migration.sql": mysqlDDL,
				"prisma/migrations/migration_lock.toml": "# x\nprovider = \"mysql\"\n",
			},
			want: map[string]string{"prisma/migrations": "prisma: 20250102_a 20260102_b"},
		},
		"prisma on others is left by its lock": {
			files: files{"prisma/migrations/1_a/migration.sql": neutralDDL, "prisma/migrations/migration_lock.toml": `provider = "postgresql"`},
			left:  map[string]string{"prisma/migrations/1_a/migration.sql": "PostgreSQL"},
		},
		"prisma without a lock is judged by its content": {
			files: files{"prisma/migrations/1_a/migration.sql": postgresDDL},
			left:  map[string]string{"prisma/migrations/1_a/migration.sql": "PostgreSQL"},
		},
		"atlas": {
			files: files{"migration/mysql/20260102000000_b.sql": mysqlDDL, "migration/mysql/20250102000000_a.sql": mysqlDDL, "migration/mysql/atlas.sum": "h1:"},
			want:  map[string]string{"migration/mysql": "atlas: 20250102000000_a 20260102000000_b"},
		},
		"rails": {
			files: files{"db/structure.sql": mysqlDDL, "app/structure.txt": "x"},
			want:  map[string]string{"db": "rails-structure: structure.sql="},
		},
		"rails on PostgreSQL": {
			files: files{"db/structure.sql": "SET search_path = public;\nCREATE TABLE public.t (id bigint);"},
			left:  map[string]string{"db/structure.sql": "PostgreSQL"},
		},
		"skeema: a set per directory": {
			files: files{".skeema": "", "shop/users.sql": neutralDDL, "shop/orders.sql": neutralDDL, "log/t.sql": neutralDDL},
			want:  map[string]string{"shop": "skeema: orders= users=", "log": "skeema: t="},
		},
		"plain numbers": {
			files: files{"patches/10_c.sql": mysqlDDL, "patches/9_b.sql": mysqlDDL, "patches/v1.2.sql": mysqlDDL, "patches/readme.sql": neutralDDL},
			want:  map[string]string{"patches": "sql: v1.2 9_b 10_c"},
			left:  map[string]string{"patches/readme.sql": "no number"},
		},
		"names in other scripts": {
			files: files{"マイグレーション/2_表.sql": mysqlDDL, "マイグレーション/10_ö.sql": mysqlDDL},
			want:  map[string]string{"マイグレーション": "sql: 2_表 10_ö"},
		},
		"a directory per version": {
			files: files{
				"schema/mysql/v8/shop/versioned/v1.10/a.sql": mysqlDDL, "schema/mysql/v8/shop/versioned/v1.9/b.sql": mysqlDDL,
				"schema/mysql/v8/shop/versioned/v1.9/a.sql": mysqlDDL, "schema/mysql/v8/shop/schema.sql": mysqlDDL,
			},
			want: map[string]string{
				"schema/mysql/v8/shop/versioned/*": "sql: v1.9/a.sql v1.9/b.sql v1.10/a.sql", "schema/mysql/v8/shop": "sqldef: schema.sql=",
			},
		},
		"a directory per version, and dialects below": {
			files: files{"sql/upgrade/3.2.0_schema/mysql/ddl.sql": mysqlDDL, "sql/upgrade/3.10.0_schema/mysql/ddl.sql": mysqlDDL, "sql/upgrade/3.2.0_schema/postgresql/ddl.sql": postgresDDL},
			want:  map[string]string{"sql/upgrade/*/mysql": "sql: 3.2.0_schema/mysql/ddl.sql 3.10.0_schema/mysql/ddl.sql"},
			left:  map[string]string{"sql/upgrade/3.2.0_schema/postgresql/ddl.sql": "PostgreSQL"},
		},
		"a schema per release beside upgrades": {
			files: files{
				"scripts/mysql/schema-1.9.0-mysql.sql": mysqlDDL, "scripts/mysql/upgrade-1.10.0-to-2.0.0-mysql.sql": mysqlDDL,
				"scripts/mysql/upgrade-1.9.0-to-1.10.0-mysql.sql": mysqlDDL,
			},
			want: map[string]string{
				"scripts/mysql":                        "sql: upgrade-1.9.0-to-1.10.0-mysql upgrade-1.10.0-to-2.0.0-mysql",
				"scripts/mysql/schema-1.9.0-mysql.sql": "sql: schema-1.9.0-mysql.sql=",
			},
		},
		"diesel's up and down": {
			files: files{"migrations/2026-01-02-000000_a/up.sql": mysqlDDL, "migrations/2026-01-02-000000_a/down.sql": "DROP TABLE t;"},
			want:  map[string]string{"migrations/*": "sql: 2026-01-02-000000_a/up.sql 2026-01-02-000000_a/down.sql↓"},
		},
		"one schema for several servers": {
			files: files{"conf/mysql-schema.sql": mysqlDDL, "conf/schema_h2.sql": mysqlDDL, "conf/schema.postgres.sql": postgresDDL, "conf/drop-mysql.sql": "DROP TABLE t;"},
			want:  map[string]string{"conf": "sql: mysql-schema.sql= drop-mysql.sql↓"},
			left:  map[string]string{"conf/schema_h2.sql": "H2", "conf/schema.postgres.sql": "PostgreSQL"},
		},
		"several services": {
			files: files{"a/db/migration/V1__a.sql": mysqlDDL, "b/migrations/1_a.up.sql": mysqlDDL, "c/migrations/1_a.up.sql": postgresDDL},
			want:  map[string]string{"a/db/migration": "flyway: V1", "b/migrations": "golang-migrate: 1_a"},
			left:  map[string]string{"c/migrations/1_a.up.sql": "PostgreSQL"},
		},
		"the dialect is decided for the whole history": {
			files: files{"m/1_a.sql": neutralDDL, "m/2_b.sql": mysqlDDL, "m/3_c.sql": "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING RETURNING id;"},
			want:  map[string]string{"m": "sql: 1_a 2_b 3_c"},
		},
		"no evidence is ours": {
			files: files{"migrations/1_a.sql": neutralDDL},
			want:  map[string]string{"migrations": "sql: 1_a"},
		},
		"MySQL in a directory that names another": {
			files: files{"oracle/migrations/1_price_feed.sql": mysqlDDL, "pg/migrations/1_payment.sql": mysqlDDL},
			want:  map[string]string{"oracle/migrations": "sql: 1_price_feed", "pg/migrations": "sql: 1_payment"},
		},
		"no migrations": {
			files: files{
				"queries/users.sql": query, "sql/get_user.sql": query, "node_modules/x/migrations/1_a.sql": mysqlDDL, "src/test/resources/db/migration/V1__a.sql": mysqlDDL,
				"testdata/schema.sql": mysqlDDL, "reports/1_monthly.sql": query, "docs/example.sql": mysqlDDL, "storage/update_account_v2.sql": query,
			},
			want: map[string]string{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, left, err := Locate(test.files.paths(), test.files.open, LocateOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if test.want == nil {
				test.want = map[string]string{}
			}
			if diff := cmp.Diff(test.want, show(found)); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
			checkLeft(t, test.left, left)
		})
	}
}

func checkLeft(t *testing.T, want map[string]string, got []LeftAlone) {
	t.Helper()
	for _, l := range got {
		if part, ok := want[l.Path]; !ok || !strings.Contains(l.Reason, part) {
			t.Errorf("left %s because %q, want %q", l.Path, l.Reason, part)
		}
	}
	if len(got) != len(want) {
		t.Errorf("left %v, want %v", got, want)
	}
}

func TestLocateNamed(t *testing.T) {
	t.Parallel()
	tree := files{
		"pg/a.sql": neutralDDL, "testdata/b.sql": query, "c.txt": mysqlDDL, "d.sql": postgresDDL,
		"db/x/1_a.sql": mysqlDDL, "db/x/2_b.sql": query, "db/V1__z.sql": postgresDDL,
	}
	tests := map[string]struct {
		options LocateOptions
		want    string
	}{
		"on the command line":    {LocateOptions{Explicit: true}, "a.sql= b.sql= c.txt= 1_a 2_b"},
		"by a pattern":           {LocateOptions{Globs: []MigrationGlob{{Pattern: "db/**/*_*.sql"}}}, "1_a 2_b V1"},
		"by a pattern with tool": {LocateOptions{Globs: []MigrationGlob{{"db/x/*.sql", Goose}, {"{c,d}.*", Skeema}}}, "1_a 2_b c= d="},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, _, err := Locate(tree.paths(), tree.open, test.options)
			if err != nil {
				t.Fatal(err)
			}
			want := make(map[string]bool)
			for title := range strings.FieldsSeq(test.want) {
				want[title] = true
			}
			got := make(map[string]bool)
			for _, l := range found {
				if l.Role == Declarative {
					l.Title += "="
				}
				got[l.Title] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLocateRefusesAMalformedPattern(t *testing.T) {
	t.Parallel()
	_, _, err := Locate(nil, nil, LocateOptions{Globs: []MigrationGlob{{Pattern: "db/[a.sql"}}})
	if err == nil || !strings.Contains(err.Error(), "db/[a.sql") {
		t.Errorf("got %v, want an error that names the pattern", err)
	}
}

func TestLocateOpensAFileOnce(t *testing.T) {
	t.Parallel()
	opened := make(map[string]int)
	paths := manyPaths(1000)
	found, _, _ := Locate(paths, func(p string) ([]byte, error) {
		opened[p]++
		return []byte(mysqlDDL), nil
	}, LocateOptions{})
	if len(found) != len(paths) {
		t.Errorf("found %d files, want %d", len(found), len(paths))
	}
	if len(opened) > 10 {
		t.Errorf("opened %d files, want a few of each set", len(opened))
	}
	for p, n := range opened {
		if n > 1 {
			t.Errorf("opened %s %d times, want once", p, n)
		}
	}
}

func manyPaths(n int) []string {
	names := [...]string{"flyway/db/migration/V%d__add_column.sql", "plain/migrations/%06d_add_column.sql", "updown/migrations/%d_add_column.up.sql", "versions/sql/upgrade/v1.%d/ddl.sql"}
	paths := make([]string, n)
	for i := range paths {
		paths[i] = fmt.Sprintf(names[i%len(names)], i)
	}
	return paths
}

func BenchmarkLocate(b *testing.B) {
	paths := manyPaths(10_000)
	open := func(string) ([]byte, error) { return []byte(mysqlDDL), nil }
	b.ReportAllocs()
	for b.Loop() {
		found, _, _ := Locate(paths, open, LocateOptions{})
		Order(found)
	}
}

func TestPeek(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		hint dialect
		want dialect
		ddl  bool
	}{
		"words in comments and strings prove nothing": {"-- timestamptz $$ bytea\n/* jsonb */ CREATE TABLE t (c INT DEFAULT 'jsonb::x');", noDialect, noDialect, true},
		"serial primary key is no proof":              {"CREATE TABLE t (id SERIAL PRIMARY KEY);", noDialect, noDialect, true},
		"dollar quotes":                               {"CREATE FUNCTION f() AS $$ BEGIN END $$;", noDialect, postgres, true},
		"a cast":                                      {"ALTER TABLE t ALTER c SET DEFAULT 'a'::text;", noDialect, postgres, true},
		"an enum type":                                {"CREATE TYPE mood AS ENUM ('sad');", noDialect, postgres, false},
		"autoincrement":                               {sqliteDDL, noDialect, sqlite, true},
		"autoincrement with backquotes":               {"create table `t` (`id` integer primary key autoincrement);", noDialect, mysqlFamily, true},
		"backquotes in a sqlite directory":            {"create table `t` (id mediumtext);", sqlite, sqlite, true},
		"varchar2":                                    {"CREATE TABLE t (id NUMBER(10), n VARCHAR2(20));", noDialect, oracle, true},
		"brackets and GO":                             {"CREATE TABLE [dbo].[t] ([id] INT IDENTITY(1,1), n NVARCHAR(MAX))\nGO", noDialect, sqlServer, true},
		"a key of SQL Server that isn't clustered":    {"CREATE TABLE t (id INT, CONSTRAINT k PRIMARY KEY NONCLUSTERED (id));", noDialect, sqlServer, true},
		"a key of TiDB that isn't clustered":          {"CREATE TABLE t (id BIGINT, PRIMARY KEY (id) NONCLUSTERED);", noDialect, noDialect, true},
		"clickhouse":                                  {"CREATE TABLE `t` (a String) ENGINE = MergeTree ORDER BY a;", noDialect, clickHouse, true},
		"MySQL wins over its path":                    {mysqlDDL, postgres, mysqlFamily, true},
		"H2 reads MySQL":                              {mysqlDDL, h2, h2, true},
		"executable comment":                          {"/*!40101 SET NAMES utf8 */; /*!50003 CREATE*/ /*!50003 TRIGGER x */;", noDialect, mysqlFamily, true},
		"a grant is no DDL":                           {"CREATE USER a; GRANT ALL ON *.* TO a;", noDialect, noDialect, false},
		"UTF-8 with a byte order mark":                {"\uFEFFCREATE TABLE t (id INT);", noDialect, noDialect, true},
		"UTF-16":                                      {"\xff\xfeC\x00R\x00E\x00A\x00T\x00E\x00 \x00T\x00A\x00B\x00L\x00E\x00 \x00t\x00", noDialect, noDialect, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := peekAt([]byte(test.text))
			if got := p.evidence.verdict(test.hint); got != test.want || p.ddl != test.ddl {
				t.Errorf("peek at %q: got %v, DDL %t (%+v), want %v, DDL %t", test.text, got, p.ddl, p.evidence, test.want, test.ddl)
			}
		})
	}
}

func TestOrderIgnoresItsInput(t *testing.T) {
	t.Parallel()
	want := []string{"v1.sql", "v1.0.1.sql", "v1.2.sql", "v1.10.sql", "v2.0.0.sql", "v2.0.0-fix.sql", "v10.sql"}
	for shift := range want {
		var files []Located
		for i := range want {
			p := want[(i*3+shift)%len(want)]
			files = append(files, Located{Path: "db/" + p, Tool: PlainSQL, Role: Versioned, Version: parseFileName(p).version})
		}
		Order(files)
		var got []string
		for _, f := range files {
			got = append(got, path.Base(f.Path))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("shifted by %d (-want +got):\n%s", shift, diff)
		}
	}
}

func FuzzLocate(f *testing.F) {
	f.Add("db/migration/V1__a.sql\nV__x.sql\n//a.sql\n.sql\n1.up.sql\nR__.sql\n.mysql.up.sql", mysqlDDL)
	f.Add("migration.sql\na/migration.sql\nv1/mysql/x.sql\nmysql.sql", "/*!")
	f.Fuzz(func(t *testing.T, names, text string) {
		paths := strings.Split(names, "\n")
		found, left, err := Locate(paths, func(string) ([]byte, error) { return []byte(text), nil }, LocateOptions{Explicit: len(text)%2 == 0})
		if err != nil || len(found)+len(left) > len(paths) {
			t.Fatalf("got %d found and %d left of %d paths, error %v", len(found), len(left), len(paths), err)
		}
		Order(found)
	})
}
