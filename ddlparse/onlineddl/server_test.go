package onlineddl

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/schema-review/schema-review/ddlparse"
)

// ways are what each statement is asked with.
var ways = map[ddlparse.Kind][]string{
	ddlparse.MySQL:   {"ALGORITHM=INSTANT", "ALGORITHM=INPLACE, LOCK=NONE", "ALGORITHM=INPLACE, LOCK=SHARED", "ALGORITHM=COPY, LOCK=SHARED", "LOCK=NONE"},
	ddlparse.MariaDB: {"ALGORITHM=INSTANT", "ALGORITHM=NOCOPY", "ALGORITHM=INPLACE, LOCK=NONE", "ALGORITHM=INPLACE, LOCK=SHARED", "ALGORITHM=COPY, LOCK=SHARED", "LOCK=NONE"},
}

// workers ask at once: most of the time a server waits for a lock.
const workers = 40

func TestListedOnMySQL(t *testing.T)      { testListed(t, ddlparse.MySQL, "TEST_MYSQL_DSN") }
func TestListedOnMariaDB(t *testing.T)    { testListed(t, ddlparse.MariaDB, "TEST_MARIADB_DSN") }
func TestGeneratedOnMySQL(t *testing.T)   { testGenerated(t, ddlparse.MySQL, "TEST_MYSQL_DSN") }
func TestGeneratedOnMariaDB(t *testing.T) { testGenerated(t, ddlparse.MariaDB, "TEST_MARIADB_DSN") }

// testListed asks a server about the statements of testdata/measured.txt that were measured on its kind.
func testListed(t *testing.T, kind ddlparse.Kind, variable string) {
	s := serverUnderTest(t, kind, variable)
	var cases []question
	for _, x := range samples(t) {
		if slices.ContainsFunc(x.results, func(r result) bool { return r.isOf(kind) }) && strings.HasPrefix(x.statement, "ALTER") {
			cases = append(cases, question{setUp: x.setUp, statement: x.statement})
		}
	}
	if os.Getenv("ONLINEDDL_ALL") == "" {
		cases = everySecond(cases)
	}
	s.ask(t, cases, 150)
}

func everySecond(all []question) (half []question) {
	for i := 0; i < len(all); i += 2 {
		half = append(half, all[i])
	}
	return half
}

// isOf reports whether the newest server of a kind took the statement.
func (r result) isOf(kind ddlparse.Kind) bool {
	newest := map[ddlparse.Kind]string{ddlparse.MySQL: "mysql 9.7.4", ddlparse.MariaDB: "mariadb 10.11.19"}[kind]
	return r.refused == 0 && slices.Contains(r.engines, newest)
}

// testGenerated asks about random statements on random tables. ONLINEDDL_SEED and ONLINEDDL_STATEMENTS
// choose others.
func testGenerated(t *testing.T, kind ddlparse.Kind, variable string) {
	s := serverUnderTest(t, kind, variable)
	wanted := number("ONLINEDDL_STATEMENTS", 500)
	g := newGenerator(s.engine, uint64(number("ONLINEDDL_SEED", 1)))
	var cases []question
	for range wanted * 2 { // not every one is valid
		cases = append(cases, g.question())
	}
	s.ask(t, cases, wanted)
}

func number(variable string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil {
		return n
	}
	return otherwise
}

// server is a server to compare with.
type server struct {
	db     *sql.DB
	engine ddlparse.Engine
	kind   ddlparse.Kind
}

func serverUnderTest(t *testing.T, kind ddlparse.Kind, variable string) *server {
	t.Helper()
	dsn := os.Getenv(variable)
	if dsn == "" {
		t.Skipf("%s is not set: no server to compare with", variable)
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	var version string
	if err := db.QueryRowContext(t.Context(), "SELECT VERSION()").Scan(&version); err != nil {
		t.Fatal(err)
	}
	version, _, _ = strings.Cut(version, "-")
	return &server{db: db, kind: kind, engine: engine(t, string(kind)+" "+version)}
}

// question is a statement on tables that are made for it.
type question struct {
	setUp     []string
	statement string
}

// ask compares predictions with the server; at least wanted questions must be ones that the server runs.
func (s *server) ask(t *testing.T, cases []question, wanted int) {
	t.Helper()
	var group sync.WaitGroup
	var lock sync.Mutex
	taken, wrong := 0, 0
	queue := make(chan question)
	for w := range workers {
		group.Go(func() {
			asker := s.asker(t, fmt.Sprintf("onlineddl_test_%d_%d", os.Getpid()%1000, w))
			defer asker.close()
			for q := range queue {
				lock.Lock()
				enough := taken >= wanted && wanted >= 500
				lock.Unlock()
				if enough {
					continue
				}
				valid, differences := asker.ask(q)
				lock.Lock()
				if valid {
					taken++
				}
				if len(differences) > 0 {
					wrong++
					t.Errorf("%s\n%s\n  %s", strings.Join(q.setUp, ";\n"), q.statement, strings.Join(differences, "\n  "))
				}
				lock.Unlock()
			}
		})
	}
	for _, q := range cases {
		queue <- q
	}
	close(queue)
	group.Wait()
	t.Logf("%s: %d statements asked in %d ways each, %d predicted wrongly", s.engine, taken, len(ways[s.kind]), wrong)
	if taken < wanted {
		t.Errorf("only %d statements could be asked, want %d", taken, wanted)
	}
}

// asker has two connections: one asks, the other holds the table, so that what is not refused waits in vain
// for the table and changes nothing.
type asker struct {
	*server
	t            *testing.T
	conn, holder *sql.Conn
	database     string
}

func (s *server) asker(t *testing.T, database string) *asker {
	a := &asker{server: s, t: t, database: database, conn: s.connection(t), holder: s.connection(t)}
	a.run("DROP DATABASE IF EXISTS "+database, "CREATE DATABASE "+database+" CHARACTER SET utf8mb4", "USE "+database,
		"SET lock_wait_timeout="+map[ddlparse.Kind]string{ddlparse.MySQL: "1", ddlparse.MariaDB: "0"}[s.kind],
		"SET sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'")
	if _, err := a.holder.ExecContext(context.Background(), "USE "+database); err != nil {
		t.Error(err)
	}
	return a
}

func (s *server) connection(t *testing.T) *sql.Conn {
	c, err := s.db.Conn(context.Background())
	if err != nil {
		t.Error(err)
		panic(err)
	}
	return c
}

func (a *asker) close() {
	a.run("SET lock_wait_timeout=60", "DROP DATABASE "+a.database)
	a.conn.Close()
	a.holder.Close()
}

func (a *asker) run(statements ...string) {
	for _, s := range statements {
		if n := a.exec(s); n != 0 {
			a.t.Errorf("%s: error %d", s, n)
		}
	}
}

// exec gives the server's error number, 0 for none.
func (a *asker) exec(statement string) int { return a.on(a.conn, statement) }

func (a *asker) on(c *sql.Conn, statement string) int {
	_, err := c.ExecContext(context.Background(), statement)
	if failure := (*mysql.MySQLError)(nil); errors.As(err, &failure) {
		return int(failure.Number)
	}
	if err != nil {
		a.t.Errorf("%s: %v", statement, err)
		return -1
	}
	return 0
}

const lockWaitTimeout = 1205

// ask tries the statement in all ways, then as it is. A statement that fails as it is, and was not predicted
// to succeed in any other way, is no valid question.
func (a *asker) ask(q question) (valid bool, differences []string) {
	if !a.prepare(q) {
		return false, nil
	}
	a.hold(true)
	answers := map[string]int{}
	for _, way := range a.waysOf(q) {
		answers[way] = a.exec(with(q.statement, way))
		if temporary(q) && answers[way] == 0 {
			a.prepare(q)
		}
	}
	a.hold(false)
	before := a.tableID()
	n := a.exec(q.statement)
	if n != 0 && !slices.Contains(dataErrors, n) {
		if p := a.predict(q, ""); p.Refused == 0 && len(q.setUp) > 0 && a.surprising(n) {
			return false, []string{fmt.Sprintf("the server refuses it with %d, nothing was said", n)}
		}
		return false, nil
	}
	p := a.predict(q, "")
	if n != 0 && n == p.Refused {
		return false, nil // the definition is refused as predicted
	}
	if after := a.tableID(); n == 0 && before != 0 && after != 0 && p.Rebuilds != (before != after) && !strings.Contains(strings.Join(q.setUp, ""), "PARTITION") {
		differences = append(differences, fmt.Sprintf("rebuilt: %v, predicted %v (%s because %q)", before != after, p.Rebuilds, p.Algorithm, p.Reason))
	}
	if p.Refused != 0 || p.Unknown {
		return true, []string{fmt.Sprintf("the server takes it, but predicted: refused %d, unknown %v, because %q", p.Refused, p.Unknown, p.Reason)}
	}
	for _, way := range a.waysOf(q) {
		p, n := a.predict(q, way), answers[way]
		if n == lockWaitTimeout || slices.Contains(dataErrors, n) {
			n = 0
		}
		if n != p.Refused && !(either(n) && either(p.Refused)) {
			differences = append(differences, fmt.Sprintf("%s: error %d, predicted %d (%s/%s rebuild=%v because %q)", way, n, p.Refused, p.Algorithm, p.Lock, p.Rebuilds, p.Reason))
		}
	}
	return true, differences
}

// either reports whether a number is that of a refused algorithm or lock, with a reason or without.
func either(n int) bool { return n == notSupported || n == notSupportedReason }

// surprising reports whether a refusal is about the way a change is made, and not about the change.
func (a *asker) surprising(n int) bool { return either(n) }

// tableID is InnoDB's number for the table, which a rebuild changes; 0 when it isn't InnoDB's.
func (a *asker) tableID() (id int) {
	list := map[ddlparse.Kind]string{ddlparse.MySQL: "innodb_tables", ddlparse.MariaDB: "innodb_sys_tables"}[a.kind]
	row := a.conn.QueryRowContext(context.Background(), "SELECT table_id FROM information_schema."+list+" WHERE name IN (?, ?)", a.database+"/t", a.database+"/t2")
	if row.Scan(&id) != nil {
		return 0
	}
	return id
}

func temporary(q question) bool {
	return slices.ContainsFunc(q.setUp, func(s string) bool { return strings.HasPrefix(s, "CREATE TEMPORARY") })
}

// waysOf are the ways of a statement that takes ALGORITHM and LOCK.
func (a *asker) waysOf(q question) []string {
	if a.kind == ddlparse.MariaDB && strings.Contains(q.statement, " PARTITION") || strings.Contains(q.statement, "TABLESPACE") {
		return nil
	}
	if all := a.predictAll(q.statement, q); len(all) == 1 && all[0].Algorithm == None {
		return nil
	}
	return ways[a.kind]
}

// with puts the clauses in front, where every ALTER TABLE takes them.
func with(statement, way string) string {
	if way == "" {
		return statement
	}
	clauses := strings.TrimPrefix(statement, "ALTER TABLE t ")
	if strings.HasPrefix(clauses, "PARTITION BY") || strings.HasPrefix(clauses, "REMOVE") {
		return "ALTER TABLE t " + way + " " + clauses
	}
	return "ALTER TABLE t " + way + ", " + clauses
}

func (a *asker) predict(q question, way string) Prediction {
	all := a.predictAll(with(q.statement, way), q)
	if len(all) != 1 {
		return Prediction{Unknown: true}
	}
	return all[0]
}

func (a *asker) predictAll(statement string, q question) []Prediction {
	all, _ := last(a.t, a.engine, "CREATE DATABASE d CHARACTER SET utf8mb4; USE d;\n"+strings.Join(append(slices.Clone(q.setUp), statement), ";\n"))
	return all
}

// prepare makes the tables anew; false when the server doesn't.
func (a *asker) prepare(q question) bool {
	a.exec("SET foreign_key_checks=0")
	a.exec("DROP TABLE IF EXISTS ch, t, t2, x, x2, p, p2")
	a.exec("SET foreign_key_checks=1")
	for _, s := range q.setUp {
		if a.exec(s) != 0 {
			return false
		}
	}
	a.exec("INSERT INTO p VALUES (0, 0)")
	for _, insert := range rows {
		if a.exec(insert) == 0 {
			break
		}
	}
	return true
}

// rows are tried one after the other: an empty table is changed in other ways, as that costs nothing.
var rows = []string{
	"INSERT IGNORE INTO t () VALUES ()",
	"INSERT IGNORE INTO t (g) VALUES (ST_GeomFromText('POINT(1 1)'))",
	"INSERT IGNORE INTO t (d) VALUES (ST_GeomFromText('POINT(1 1)'))",
}

// dataErrors say that the way was taken and a row stood against it.
var dataErrors = []int{182, 1048, 1062, 1138, 1171, 1263, 1264, 1265, 1292, 1366, 1406, 1411, 1416, 1452, 1690, 3140, 3819, 4025}

// hold keeps a transaction open that has read the table, or ends it.
func (a *asker) hold(begin bool) {
	if !begin {
		a.on(a.holder, "COMMIT")
		return
	}
	a.on(a.holder, "BEGIN")
	a.on(a.holder, "SELECT 1 FROM t LIMIT 1")
}
