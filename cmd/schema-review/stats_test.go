package main

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
)

func TestStatsOfMySQL(t *testing.T)   { testStats(t, "TEST_MYSQL_DSN") }
func TestStatsOfMariaDB(t *testing.T) { testStats(t, "TEST_MARIADB_DSN") }

// testStats writes the sizes of a server's tables, and reads them.
func testStats(t *testing.T, variable string) {
	t.Parallel()
	dsn := os.Getenv(variable)
	if dsn == "" {
		t.Skipf("%s is not set: no server to ask", variable)
	}
	fillServer(t, dsn)
	var out, problems bytes.Buffer
	c := console{out: &out, err: &problems, getenv: func(string) string { return dsn }}
	if code := run(t.Context(), []string{"stats", "--schema", "stats_test"}, c); code != exitFine {
		t.Fatal(problems.String())
	}
	s, wrong := review.ReadStats(review.File{Path: "stats.yml", Data: out.Bytes()})
	if len(wrong) > 0 || len(s.Tables) != 1 || s.Tables[0].Name.String() != "stats_test.orders" || s.Tables[0].Bytes <= 0 {
		t.Errorf("%v in\n%s", wrong, out.String())
	}
	out.Reset()
	if code := run(t.Context(), []string{"stats", "--schema", "stats_test", "--percent"}, c); code != exitFine || !strings.Contains(out.String(), "stats_test.orders: {percent: 100}") {
		t.Errorf("%s%s", problems.String(), out.String())
	}
}

func fillServer(t *testing.T, dsn string) {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP DATABASE stats_test"); err != nil {
			t.Error(err)
		}
		db.Close()
	})
	for _, s := range []string{"DROP DATABASE IF EXISTS stats_test", "CREATE DATABASE stats_test", "CREATE TABLE stats_test.orders (id INT PRIMARY KEY)"} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}
