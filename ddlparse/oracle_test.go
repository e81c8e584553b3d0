package ddlparse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"
)

// oracleServers are the servers whose word decides, by the name that histories use for them.
var oracleServers = []struct{ name, dsn, engine string }{
	{"mysql", "TEST_MYSQL_DSN", "mysql 9.7"},
	{"mariadb", "TEST_MARIADB_DSN", "mariadb 10.11"},
}

// TestOracle replays each history on real servers and here, and compares what comes out. A comment
// "-- servers: mysql" in the first line keeps a history to one server; "-- fails: 1060" or
// "-- fails mariadb: 1005" before a statement says that it must be refused; {db} is the database's name.
// A word behind the number says why nothing is expected here: "unseen" for what depends on objects that the
// history never made, "unruled" for what no rule reports, "other" for any other error number.
func TestOracle(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/oracle/*.sql")
	if err != nil || len(files) < 14 {
		t.Fatalf("got %d histories (%v), want at least 14", len(files), err)
	}
	for _, server := range oracleServers {
		t.Run(server.name, func(t *testing.T) {
			t.Parallel()
			dsn := os.Getenv(server.dsn)
			if dsn == "" {
				t.Skipf(`%s is not set; eval "$(.ci/dbservers up)" starts the servers`, server.dsn)
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if only, ok := strings.CutPrefix(firstLine(text), "-- servers: "); ok && only != server.name {
					continue
				}
				t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
					o := newComparison(t, server.name, server.engine, dsn)
					o.replay(file, string(text))
					o.compare()
				})
			}
		})
	}
}

func firstLine(text []byte) string {
	line, _, _ := strings.Cut(string(text), "\n")
	return line
}

// comparison is one history on one server.
type comparison struct {
	*testing.T
	server   string
	database string
	engine   Engine
	conn     *sql.Conn
	schema   Schema
	session  *session
}

func newComparison(t *testing.T, server, engine, dsn string) *comparison {
	t.Helper()
	e, err := ParseEngine(engine)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", dsn, err)
	}
	o := &comparison{T: t, server: server, engine: e, conn: conn, database: fmt.Sprintf("oracle_%08x", rand.Uint32())}
	_, collation := defaultCharset(e)
	o.must("SET collation_server = " + quote(collation))
	o.must("CREATE DATABASE " + o.database)
	t.Cleanup(o.drop)
	o.must("USE " + o.database)
	o.schema = NewSchema(Settings{Engine: e})
	o.session = newSession()
	return o
}

func (o *comparison) must(statement string) {
	o.Helper()
	if _, err := o.conn.ExecContext(o.Context(), statement); err != nil {
		o.Fatalf("%s: %v", statement, err)
	}
}

// drop removes all databases of the history; the test's own context is over by then.
func (o *comparison) drop() {
	ctx := context.Background()
	_, _ = o.conn.ExecContext(ctx, "SET FOREIGN_KEY_CHECKS = 0")
	for _, d := range []string{"", "_core", "_old"} {
		if _, err := o.conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+o.database+d); err != nil {
			o.Errorf("drop: %v", err)
		}
	}
	o.conn.Close()
}

func (o *comparison) replay(file, text string) {
	src := &Source{Path: file, Text: strings.ReplaceAll(text, "{db}", o.database)}
	number := 0
	for _, m := range Parse(src, Located{Tool: PlainSQL, Role: Versioned}, ParseOptions{Engine: o.engine, Check: true}) {
		for _, st := range m.Statements {
			number++
			o.statement(number, m, st)
		}
	}
	if number < 30 {
		o.Errorf("%s: got %d statements, want at least 30", file, number)
	}
}

// statement runs one statement on both sides. What the server refuses as a whole leaves no trace here.
func (o *comparison) statement(number int, m *Migration, st *Statement) {
	_, err := o.conn.ExecContext(o.Context(), st.Text())
	refused := errorNumber(err)
	want, excuse := o.wantError(st)
	if refused != want {
		o.Errorf("%s: the server says %v, the history wants error %d\n%s", st.Span, err, want, st.Text())
	}
	step := o.session.apply(o.schema, number, m, st)
	var numbers []int
	for _, p := range step.Problems {
		if p.Number != 0 || p.Kind == SyntaxError {
			numbers = append(numbers, p.Number)
		}
	}
	switch {
	case refused == 0:
		o.schema = step.After
		if len(numbers) > 0 {
			o.Errorf("%s: accepted by the server, here %v\n%s", st.Span, step.Problems, st.Text())
		}
		if st.NotUnderstood != "" {
			o.Errorf("%s: not understood: %s\n%s", st.Span, st.NotUnderstood, st.Text())
		}
	case excuse == "other" && len(numbers) > 0, excuse == "unseen", excuse == "unruled":
	case !slices.Contains(numbers, refused):
		o.Errorf("%s: the server says %v, here %v\n%s", st.Span, err, step.Problems, st.Text())
	}
}

func errorNumber(err error) int {
	if e, ok := errors.AsType[*mysql.MySQLError](err); ok {
		return int(e.Number)
	}
	if err != nil {
		return -1
	}
	return 0
}

// wantError reads the "-- fails" comments; one for this server wins over one for all.
func (o *comparison) wantError(st *Statement) (number int, excuse string) {
	for _, c := range st.Comments {
		value, ok := strings.CutPrefix(c.Text(), "-- fails "+o.server+": ")
		if !ok {
			value, ok = strings.CutPrefix(c.Text(), "-- fails: ")
		}
		digits, word, _ := strings.Cut(strings.TrimSpace(value), " ")
		if n, err := strconv.Atoi(digits); ok && err == nil {
			number, excuse = n, word
		}
	}
	return number, excuse
}

func (o *comparison) compare() {
	n := normaliser{o.pairs("SELECT character_set_name, default_collate_name FROM information_schema.character_sets")}
	tables := map[string]*Table{}
	for t := range o.schema.Tables() {
		if !t.Temporary {
			tables[o.qualified(t.Name)] = t
		}
	}
	where := " WHERE table_schema LIKE '" + o.database + "%' AND table_type = "
	o.sameNames("tables", o.names("SELECT table_schema, table_name FROM information_schema.tables"+where+"'BASE TABLE'"), keys(tables))
	o.sameNames("views", o.names("SELECT table_schema, table_name FROM information_schema.tables"+where+"'VIEW'"), o.views())
	o.sameNames("triggers", o.names("SELECT trigger_schema, trigger_name FROM information_schema.triggers WHERE trigger_schema LIKE '"+o.database+"%'"), o.triggers())
	for _, name := range keys(tables) {
		o.compareTable(n, name, tables[name])
	}
}

func (o *comparison) compareTable(n normaliser, name string, t *Table) {
	database, table, _ := strings.Cut(name, ".")
	var label, server string
	row := o.conn.QueryRowContext(o.Context(), "SHOW CREATE TABLE "+backquote(database)+"."+backquote(table))
	if err := row.Scan(&label, &server); err != nil {
		return // not there: sameNames has said so
	}
	if !t.Known() {
		o.Errorf("%s is not known for certain: external %v, opaque %s", table, t.External, t.Opaque)
	}
	if diff := cmp.Diff(n.normalise(server), n.normalise(t.DDL(o.engine))); diff != "" {
		o.Errorf("%s (-server +here):\n%s", table, diff)
	}
}

func (o *comparison) sameNames(what string, server, here []string) {
	slices.Sort(server)
	slices.Sort(here)
	if diff := cmp.Diff(server, here); diff != "" {
		o.Errorf("%s (-server +here):\n%s", what, diff)
	}
}

// qualified gives "database.name", with the history's own database where none is named.
func (o *comparison) qualified(n Name) string {
	if n.Database == "" {
		n.Database = o.database
	}
	return n.Database + "." + n.Name
}

func (o *comparison) views() []string {
	names := []string{}
	for v := range o.schema.Views() {
		names = append(names, o.qualified(v.Name))
	}
	return names
}

func (o *comparison) triggers() []string {
	names := []string{}
	for t := range o.schema.Triggers() {
		names = append(names, o.qualified(t.Name))
	}
	return names
}

func keys(tables map[string]*Table) []string {
	names := []string{}
	for name := range tables {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (o *comparison) names(query string) []string {
	names := []string{}
	o.rows(query, func(a, b string) { names = append(names, a+"."+b) })
	return names
}

func (o *comparison) pairs(query string) map[string]string {
	pairs := map[string]string{}
	o.rows(query, func(a, b string) { pairs[a] = b })
	return pairs
}

func (o *comparison) rows(query string, each func(a, b string)) {
	o.Helper()
	rows, err := o.conn.QueryContext(o.Context(), query)
	if err != nil {
		o.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b sql.NullString
		if err := rows.Scan(&a, &b); err != nil {
			o.Fatal(err)
		}
		each(a.String, b.String)
	}
	if err := rows.Err(); err != nil {
		o.Fatal(err)
	}
}
