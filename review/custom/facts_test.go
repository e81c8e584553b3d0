package custom_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/custom"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

const shop = `
CREATE TABLE users (id BIGINT UNSIGNED PRIMARY KEY, email VARCHAR(200) NOT NULL, nick VARCHAR(50) DEFAULT 'x', UNIQUE KEY uk_email (email)) COMMENT 'people';
CREATE TABLE orders (id BIGINT UNSIGNED PRIMARY KEY, user_id BIGINT UNSIGNED NOT NULL, total DECIMAL(10,2) NOT NULL DEFAULT 0,
  KEY ix_user (user_id), CONSTRAINT positive CHECK (total >= 0));
`

// Each case is what one expression is true of, in the order in which it is looked at.
func TestFacts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		on, when, sql string
		want          []string
	}{
		"new table": {
			"create-table", `table.created && !before.exists && table.known && table.engine == "InnoDB" && table.charset == "utf8mb4"`,
			"CREATE TABLE t (id INT PRIMARY KEY)",
			[]string{"t"},
		},
		"new table as it ends up": {
			"create-table", `!table.columns.exists(c, c.name == "tenant_id")`,
			"CREATE TABLE t (id INT); ALTER TABLE t ADD COLUMN tenant_id INT", nil,
		},
		"altered table": {
			"table", `!table.created && before.exists && size(table.columns) == size(before.columns) + 1`,
			"ALTER TABLE users ADD COLUMN age INT",
			[]string{"users"},
		},
		"unknown table is left out": {"table", "true", "ALTER TABLE elsewhere ADD COLUMN age INT", nil},
		"unknown table is altered":  {"alter-table", `table.name == "elsewhere" && !table.known`, "ALTER TABLE elsewhere ADD COLUMN a INT, ADD COLUMN b INT", []string{"elsewhere"}},
		"dropped table":             {"drop-table", `!table.exists && before.comment == "people"`, "DROP TABLE users", []string{"users"}},
		"renamed table":             {"rename-table", `before.name == "users" && table.name == "people"`, "RENAME TABLE users TO people", []string{"users"}},
		"primary key": {
			"table", `table.primary_key == ["id", "at"] && table.partition_method == "RANGE COLUMNS" && table.partition_columns == ["at"]`,
			"CREATE TABLE l (id INT, at DATE, PRIMARY KEY (id, at)) PARTITION BY RANGE COLUMNS (at) (PARTITION p VALUES LESS THAN (MAXVALUE))",
			[]string{"l"},
		},
		"column": {
			"column", `column.type == "varchar" && column.length == 20 && !column.nullable && column.has_default && column.default == "a'b" && column.comment == "c" && column.added && column.charset == "ascii"`,
			"ALTER TABLE users ADD COLUMN code VARCHAR(20) CHARACTER SET ascii NOT NULL DEFAULT 'a''b' COMMENT 'c' AFTER id",
			[]string{"users.code"},
		},
		"column's place":          {"column", `column.position == 2`, "ALTER TABLE users ADD COLUMN code INT AFTER id", []string{"users.code"}},
		"numbers":                 {"column", `column.definition == "decimal(10,2)" && column.length == 10 && column.scale == 2`, "CREATE TABLE t (d DECIMAL(10,2), e INT)", []string{"t.d"}},
		"enum":                    {"column", `"b" in column.values`, "CREATE TABLE t (s ENUM('a', 'b'))", []string{"t.s"}},
		"generated":               {"column", `column.generated != "" && column.stored`, "CREATE TABLE t (a INT, b INT AS (a + 1) STORED, c INT AS (a + 2))", []string{"t.b"}},
		"null default":            {"column", `column.nullable && column.has_default && column.default == "NULL"`, "CREATE TABLE t (a INT DEFAULT NULL, b INT)", []string{"t.a"}},
		"on update":               {"column", `column.on_update != ""`, "CREATE TABLE t (a TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP)", []string{"t.a"}},
		"added column":            {"add-column", `column.name == "age" && !before.exists && !table.created`, "ALTER TABLE users ADD COLUMN age INT", []string{"users.age"}},
		"added and dropped again": {"add-column", `true`, "ALTER TABLE users ADD COLUMN age INT; ALTER TABLE users DROP COLUMN age", nil},
		"shorter":                 {"modify-column", `column.length < before.length`, "ALTER TABLE users MODIFY nick VARCHAR(10)", []string{"users.nick"}},
		"renamed column":          {"rename-column", `before.name == "nick" && column.name == "name"`, "ALTER TABLE users RENAME COLUMN nick TO name", []string{"users.name"}},
		"dropped column":          {"drop-column", `before.default == "x" && !column.exists`, "ALTER TABLE users DROP COLUMN nick", []string{"users.nick"}},
		"index": {
			"index", `index.kind == "unique" && index.unique && index.named && index.parts[0].length == 5 && index.parts[1].descending`,
			"CREATE UNIQUE INDEX u ON users (email(5), nick DESC)",
			[]string{"users.u"},
		},
		"index on an expression": {"index", `index.parts.exists(p, p.expression != "")`, "CREATE INDEX e ON users ((lower(nick)))", []string{"users.e"}},
		"dropped index":          {"drop-index", `before.columns == ["email"]`, "DROP INDEX uk_email ON users", []string{"users.uk_email"}},
		"foreign key": {
			"foreign-key", `foreign_key.parent == "users" && foreign_key.on_delete == "CASCADE" && parent.primary_key == foreign_key.parent_columns && foreign_key.columns == ["user_id"]`,
			"ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE",
			[]string{"orders.fk"},
		},
		"check":     {"check", `check.named && check.enforced && "total" in check.columns`, "ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 5)", []string{"orders.small"}},
		"trigger":   {"create-trigger", `object.name == "tr"`, "CREATE TRIGGER tr BEFORE INSERT ON users FOR EACH ROW SET NEW.nick = 'a'", []string{"tr"}},
		"write":     {"write", `write.verb == "UPDATE" && !write.has_where && write.columns == ["nick"] && table.name == "users"`, "UPDATE users SET nick = 'a'", []string{"users"}},
		"rows":      {"write", `write.rows == 2`, "INSERT INTO users (id, email) VALUES (1, 'a'), (2, 'b')", []string{"users"}},
		"server":    {"table", `server.kind == "mysql" && server.major == 8 && server.minor == 4 && server.version == "8.4"`, "CREATE TABLE t (id INT)", []string{"t"}},
		"statement": {"drop-table", `statement.kind == "drop-table" && statement.text == "DROP TABLE orders" && statement.file == "V2__x.sql"`, "DROP TABLE orders", []string{"orders"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, problems := load("engine: mysql 8.4\ncustom_rules: [{id: a/b, on: " + c.on + ", when: '" + strings.ReplaceAll(c.when, "'", "''") + "', message: m}]")
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			set := &review.ChangeSet{
				History: []review.File{{Path: "V1__shop.sql", Data: []byte(shop)}},
				Changed: []review.Changed{{Path: "V2__x.sql", Head: []byte(c.sql + ";")}},
			}
			report, err := (&review.Reviewer{}).Review(t.Context(), set, config)
			if err != nil || len(report.RuleErrors) > 0 {
				t.Fatal(report.RuleErrors, err)
			}
			var got []string
			for _, f := range report.Findings {
				got = append(got, f.Object)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"en": "`t` is bad (3)", "ja": "`t` はだめ (3)"} {
		config, problems := load("language: " + tag + "\n" + `
custom_rules:
  - {id: a/b, on: table, when: "size(table.columns) < params.least", params: {least: 3}, message: {en: "` + "`{{.Table}}` is bad ({{.Params.least}})" + `", ja: "` + "`{{.Table}}` はだめ ({{.Params.least}})" + `"}}
`)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		set := &review.ChangeSet{Explicit: true, Changed: []review.Changed{{Path: "V1__x.sql", Head: []byte("CREATE TABLE t (id INT);")}}}
		report, err := (&review.Reviewer{}).Review(t.Context(), set, config)
		if err != nil || len(report.Findings) != 1 {
			t.Fatal(report.Findings, err)
		}
		if got := report.Findings[0].Problem.In(message.NewPrinter(language.Make(tag))); got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

// A rule may be shared from the organisation, set by a repository, and kept from being lowered.
func TestLayers(t *testing.T) {
	t.Parallel()
	org := review.Layer{Name: review.OrganisationLayer, Path: "org.yml", Data: []byte("custom_rules: [{id: a/b, on: table, when: 'true', message: m}, {id: a/c, on: table, when: 'true', message: m}]\nrequired: [a/b]")}
	own := review.Layer{Name: review.RepositoryLayer, Path: "own.yml", Data: []byte("rules: {a/b: off, a/c: error}\n")}
	config, problems := review.LoadConfig([]review.Layer{org, own}, nil, custom.Compile)
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "The organisation requires `a/b`") {
		t.Fatal(problems)
	}
	if b, c := config.Severity(config.Custom[0]), config.Severity(config.Custom[1]); b != review.Warning || c != review.Error {
		t.Errorf("a/b is %v, a/c is %v", b, c)
	}
}
