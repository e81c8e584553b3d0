package ddlparse

import (
	"fmt"
	"strings"
	"testing"
)

func TestValueRows(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"INSERT INTO a VALUES (1, 'x,y', NULL), (-2, NOW(), DEFAULT)":             "1|'x,y'|NULL; -2|NOW()*|DEFAULT!",
		"INSERT INTO a (b, c) VALUES (CONCAT('a', ')'), _utf8'x')":                "CONCAT('a', ')')*|_utf8'x'*",
		"INSERT INTO a () VALUES ()":                                              "",
		"REPLACE a (`values`) VALUE (TRUE) ON DUPLICATE KEY UPDATE b = 2":         "TRUE",
		"INSERT INTO a SET b = 1, c = UPPER('x')":                                 "1|UPPER('x')*",
		"INSERT INTO a VALUES ROW(1, /* two, three */ 2), ROW(3, 4)":              "1|2; 3|4",
		"INSERT INTO a SELECT 1":                                                  "",
		"INSERT INTO a PARTITION (p) (b) VALUES ((SELECT MAX(x) FROM b))":         "(SELECT MAX(x) FROM b)*",
		"UPDATE a SET b = 1":                                                      "",
		"INSERT INTO a VALUES ('a' 'b', 1 + 1), ":                                 "'a' 'b'*|1 + 1*",
		"INSERT INTO a (b) VALUES (1) AS new ON DUPLICATE KEY UPDATE b=VALUES(b)": "1",
	} {
		w := writeOf(t, sql)
		var rows []string
		for row := range w.ValueRows() {
			var values []string
			for _, v := range row {
				text := v.Span.Text()
				switch {
				case v.Default:
					text += "!"
				case v.Literal == nil:
					text += "*"
				}
				values = append(values, text)
			}
			rows = append(rows, strings.Join(values, "|"))
		}
		if got := strings.Join(rows, "; "); got != want {
			t.Errorf("%s: got %s, want %s", sql, got, want)
		}
	}
}

func writeOf(t *testing.T, sql string) *Write {
	t.Helper()
	m := Parse(&Source{Path: "a.sql", Text: sql + ";"}, Located{Path: "a.sql"}, ParseOptions{Engine: DefaultEngine()})[0]
	w, ok := m.Statements[0].Changes[0].(*Write)
	if !ok {
		t.Fatalf("%s: not a write", sql)
	}
	return w
}

// TestRefusedValue has what MySQL 9.7 and MariaDB 10.11 said to these literals; / stands between them where they differ.
func TestRefusedValue(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"v VARCHAR(3) = 'abcd'": "1406", "v VARCHAR(3) = 'abc   '": "0", "v VARCHAR(3) = 12345": "1406", "v VARCHAR(3) = '${name}'": "0",
		"e ENUM('a','b') = 'c'": "1265", "e ENUM('a','b') = 'A'": "0", "e ENUM('a','b') = 'a '": "0", "e ENUM('a','b') = '2'": "0", "e ENUM('a','b') = '3'": "1265",
		"e ENUM('a','b') = ''": "1265", "e ENUM('a','b') = 0": "1265", "e ENUM('a','b') = 2": "0", "e ENUM('a','b') = 3": "1265",
		"s SET('x','y') = 'x,z'": "1265", "s SET('x','y') = ''": "0", "s SET('x','y') = 'y,x'": "0", "s SET('x','y') = '3'": "0", "s SET('x','y') = 4": "1265",
		"i TINYINT = 128": "1264", "i TINYINT = -129": "1264", "i TINYINT = 127.4": "0", "i TINYINT = '128'": "1264", "i TINYINT = 'abc'": "1366", "i TINYINT = ''": "1366", "i TINYINT = '1a'": "1265",
		"u TINYINT UNSIGNED = -1": "1264", "u TINYINT UNSIGNED = 256": "1264", "d DECIMAL(4,2) = 100": "1264", "d DECIMAL(4,2) = 99.994": "0", "d DECIMAL(4,2) = 99.995": "1264", "d DECIMAL(4,2) = 'abc'": "1366",
		"d DATE = '2024-02-30'": "1292", "d DATE = '2024-13-01'": "1292", "d DATE = '0000-00-00'": "1292/0", "d DATE = '2024-00-01'": "1292/0", "d DATE = 'abc'": "1292", "d DATE = ''": "1292",
		"d DATE = 20240102": "0", "d DATE = '2024-1-2'": "0", "d DATE = '2024-01-02 10:11:12'": "0",
		"d DATETIME = '2024-01-02 25:00:00'": "1292", "d DATETIME = '2024-01-02T10:00:00'": "0",
		"d TIMESTAMP = '2040-01-01 00:00:00'": "1292", "d TIMESTAMP = '1960-01-01 00:00:00'": "1292",
		"y YEAR = 1900": "1264", "y YEAR = 2156": "1264", "b BINARY(2) = 'abc'": "1406", "b BIT(2) = 4": "1406", "b BIT(2) = b'111'": "1406", "t TIME = '900:00:00'": "1292",
		"id BIGINT AUTO_INCREMENT = 5": "0", "t TEXT = 'x'": "0", "j JSON = '{}'": "0",
	} {
		mysql, mariadb, differ := strings.Cut(want, "/")
		if !differ {
			mariadb = mysql
		}
		for engine, want := range map[string]string{"mysql 9.7": mysql, "mariadb 10.11": mariadb} {
			e, err := ParseEngine(engine)
			if err != nil {
				t.Fatal(err)
			}
			column, literal, _ := strings.Cut(value, " = ")
			m := Parse(&Source{Path: "a.sql", Text: "CREATE TABLE t (" + column + ");"}, Located{Path: "a.sql"}, ParseOptions{Engine: e})[0]
			c := m.Statements[0].Changes[0].(*CreateTable).New.Columns[0]
			c.Charset = "utf8mb4"
			for row := range writeOf(t, "INSERT INTO t VALUES ("+literal+")").ValueRows() {
				if got := fmt.Sprint(c.RefusedValue(e, row[0].Literal)); got != want {
					t.Errorf("%s: %s: got %s, want %s", engine, value, got, want)
				}
			}
		}
	}
}
