package ddlparse

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// featureTables is what the examples in testdata/features.csv work on.
var featureTables = []string{
	"ROLLBACK", // CREATE TABLE ... START TRANSACTION allows little else
	"DROP DATABASE IF EXISTS features_probe_c",
	"DROP DATABASE IF EXISTS features_probe_d",
	"DROP DATABASE IF EXISTS features_probe",
	"CREATE DATABASE features_probe",
	"USE features_probe",
	"CREATE TABLE p (id INT PRIMARY KEY, a INT)",
	"CREATE TABLE p2 (id INT, a INT)",
	"CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(40), c TEXT, j JSON, KEY k (a), CONSTRAINT c1 CHECK (a > 0))",
	"CREATE TABLE pt (a INT) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION px VALUES LESS THAN (20))",
	"CREATE TABLE px (a INT)",
	"CREATE TABLE sv (a INT)",
}

// refusals are the errors with which servers turn down syntax: a syntax error, an unknown algorithm,
// full-text parser, type or option. Other errors say that an example was understood.
var refusals = []uint16{1064, 1128, 1800, 1911, 4161}

func TestFeaturesOnMySQL(t *testing.T)   { testFeatures(t, MySQL, "TEST_MYSQL_DSN") }
func TestFeaturesOnMariaDB(t *testing.T) { testFeatures(t, MariaDB, "TEST_MARIADB_DSN") }

// testFeatures asks a server about every feature and compares with Supports.
func testFeatures(t *testing.T, kind Kind, variable string) {
	conn, e := serverUnderTest(t, kind, variable)
	for feature, example := range featureExamples(t) {
		execAll(t, conn, featureTables)
		_, err := conn.ExecContext(t.Context(), example)
		number := uint16(0)
		if failure := (*mysql.MySQLError)(nil); errors.As(err, &failure) {
			number = failure.Number
		}
		refused := slices.Contains(refusals, number)
		if refused == e.Supports(feature) {
			t.Errorf("%s: %s supports it: %v, but %q gives %v", feature, e, refused, example, err)
		}
		if want := e.refusalNumber(feature); refused && int(number) != want {
			t.Errorf("%s: error %d, want %d", feature, number, want)
		}
	}
	execAll(t, conn, featureTables[:4])
}

func TestReservedWordsOnMySQL(t *testing.T)   { testReserved(t, MySQL, "TEST_MYSQL_DSN") }
func TestReservedWordsOnMariaDB(t *testing.T) { testReserved(t, MariaDB, "TEST_MARIADB_DSN") }

// testReserved tries every word that any server reserves, and the server's own keywords, as a column.
func testReserved(t *testing.T, kind Kind, variable string) {
	conn, e := serverUnderTest(t, kind, variable)
	execAll(t, conn, []string{"CREATE DATABASE IF NOT EXISTS features_words", "USE features_words"})
	words := serverKeywords(t, conn)
	for word := range reserved() {
		words = append(words, word)
	}
	for _, word := range words {
		_, err := conn.ExecContext(t.Context(), "CREATE TEMPORARY TABLE w ("+word+" INT)")
		if got := err != nil; got != e.Reserved(word) {
			t.Errorf("%s reserved: %v, but the server says %v", word, e.Reserved(word), err)
		}
		execAll(t, conn, []string{"DROP TEMPORARY TABLE IF EXISTS w"})
	}
	execAll(t, conn, []string{"DROP DATABASE features_words"})
}

func serverKeywords(t *testing.T, conn *sql.Conn) (words []string) {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), "SELECT LOWER(word) FROM information_schema.keywords WHERE word REGEXP '^[A-Za-z_]+$'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var w string
		if err := rows.Scan(&w); err != nil {
			t.Fatal(err)
		}
		words = append(words, w)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return words
}

func TestCollationsOnMySQL(t *testing.T) {
	testCollations(t, MySQL, "TEST_MYSQL_DSN", "SELECT collation_name, character_set_name FROM information_schema.collations")
}

func TestCollationsOnMariaDB(t *testing.T) {
	testCollations(t, MariaDB, "TEST_MARIADB_DSN", "SELECT full_collation_name, character_set_name FROM information_schema.collation_character_set_applicability")
}

// testCollations compares the collations that a server lists with the ones known here, both ways.
func testCollations(t *testing.T, kind Kind, variable, query string) {
	conn, e := serverUnderTest(t, kind, variable)
	rows, err := conn.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	listed := map[string]bool{}
	for rows.Next() {
		var name, charset string
		if err := rows.Scan(&name, &charset); err != nil {
			t.Fatal(err)
		}
		listed[name] = true
		if got := e.CollationCharset(name); got != charset {
			t.Errorf("%s belongs to %q here, to %q on the server", name, got, charset)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for name := range collations() {
		if e.HasCollation(name) && !listed[name] {
			t.Errorf("%s is unknown to the server", name)
		}
	}
}

// serverUnderTest connects to the server that an environment variable names, or skips the test.
func serverUnderTest(t *testing.T, kind Kind, variable string) (*sql.Conn, Engine) {
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
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var version string
	if err := conn.QueryRowContext(t.Context(), "SELECT VERSION()").Scan(&version); err != nil {
		t.Fatal(err)
	}
	version, _, _ = strings.Cut(version, "-")
	return conn, factsEngine(t, string(kind)+" "+version)
}

func execAll(t *testing.T, conn *sql.Conn, statements []string) {
	t.Helper()
	for _, s := range statements {
		if _, err := conn.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
