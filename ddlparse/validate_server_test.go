package ddlparse

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
)

func TestValidateOnMySQL(t *testing.T)   { testValidate(t, MySQL, "TEST_MYSQL_DSN") }
func TestValidateOnMariaDB(t *testing.T) { testValidate(t, MariaDB, "TEST_MARIADB_DSN") }

// testValidate runs each case on a server: what it takes we must not refuse, and where we refuse it
// must give the same number.
func testValidate(t *testing.T, kind Kind, variable string) {
	conn, e := serverUnderTest(t, kind, variable)
	execAll(t, conn, []string{"DROP DATABASE IF EXISTS validate_cases", "CREATE DATABASE validate_cases CHARACTER SET utf8mb4", "USE validate_cases"})
	eachValidateCase(func(c validateCase) {
		ours, detail := refusedNumber(t, e.String(), c.sql)
		theirs := runCase(t, conn, c.sql)
		if ours != "ok" && ours != theirs {
			t.Errorf("%s: the server says %s, we say %s%s", c.sql, theirs, ours, detail)
		}
	})
	execAll(t, conn, []string{"DROP DATABASE validate_cases"})
}

// runCase returns the number of the first error, or ok.
func runCase(t *testing.T, conn *sql.Conn, script string) string {
	execAll(t, conn, []string{"SET foreign_key_checks=0", "DROP TEMPORARY TABLE IF EXISTS p, t", "DROP TABLE IF EXISTS c, t, p, q", "SET foreign_key_checks=1"})
	for statement := range strings.SplitSeq(script, "; ") {
		_, err := conn.ExecContext(t.Context(), statement)
		if failure := (*mysql.MySQLError)(nil); errors.As(err, &failure) {
			return fmt.Sprint(failure.Number)
		}
	}
	return "ok"
}
