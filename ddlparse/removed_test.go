package ddlparse

import (
	"slices"
	"strconv"
	"testing"
)

func TestRemovedSyntax(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		engine, sql string
		want        []string
	}{
		"function":                     {"mysql 8.4", "UPDATE u SET p = Password('x')", []string{"PASSWORD() 8.0.11 1305"}},
		"function still there":         {"mysql 5.7", "UPDATE u SET p = PASSWORD('x')", nil},
		"function of MariaDB":          {"mariadb 10.11", "UPDATE u SET p = PASSWORD('x')", nil},
		"function of TiDB":             {"tidb 8.5", "UPDATE u SET p = PASSWORD('x')", nil},
		"hash functions":               {"mysql 9.7", "UPDATE u SET a = MD5(b), c = sha1(b)", []string{"MD5() 9.6 1305", "SHA1() 9.6 1305"}},
		"hash functions on 8.4":        {"mysql 8.4", "UPDATE u SET a = MD5(b)", nil},
		"column named so":              {"mysql 8.4", "CREATE TABLE u (password VARCHAR(9), encode INT)", nil},
		"column with space":            {"mysql 8.4", "INSERT INTO u (password) VALUES ('x')", nil},
		"table named so":               {"mysql 8.4", "INSERT INTO encode(a) VALUES (1)", nil},
		"new table named so":           {"mysql 8.4", "CREATE TABLE IF NOT EXISTS encode(a INT, KEY decode(a))", nil},
		"index on a table named so":    {"mysql 8.4", "CREATE INDEX i ON encode(a)", nil},
		"function in a join":           {"mysql 8.4", "SELECT 1 FROM a JOIN b ON encode(a.x, 1) = b.x", []string{"ENCODE() 8.0.3 1305"}},
		"qualified routine":            {"mysql 8.4", "SELECT app.encode(1)", nil},
		"quoted routine":               {"mysql 8.4", "SELECT `encode`(1)", nil},
		"routine made":                 {"mysql 8.4", "CREATE FUNCTION encode(a INT) RETURNS INT RETURN 1", nil},
		"string and comment":           {"mysql 8.4", "SELECT 'PASSWORD(1)' /* encode(1) */", nil},
		"default":                      {"mysql 9.7", "CREATE TABLE t (a CHAR(32) DEFAULT (MD5(1)))", []string{"MD5() 9.6 1305"}},
		"generated":                    {"mysql 9.7", "ALTER TABLE t ADD h CHAR(32) AS (md5(a)) STORED", []string{"MD5() 9.6 1305"}},
		"mode":                         {"mysql 8.0", "SET SESSION sql_mode = 'STRICT_TRANS_TABLES, no_auto_create_user'", []string{"no_auto_create_user 8.0.11 1231"}},
		"mode of @@":                   {"mysql 8.0", "SET @@session.sql_mode='ORACLE'", []string{"ORACLE 8.0.11 1231"}},
		"mode on MariaDB":              {"mariadb 10.11", "SET sql_mode='ORACLE'", nil},
		"mode taken away":              {"mysql 8.0", "SET sql_mode = REPLACE(@@sql_mode, 'NO_AUTO_CREATE_USER', '')", nil},
		"variable":                     {"mysql 8.4", "SET GLOBAL x=1, tx_isolation = 'READ-COMMITTED'", []string{"tx_isolation 8.0.3 1193"}},
		"variable read":                {"mysql 8.4", "SELECT @@global.expire_logs_days", []string{"expire_logs_days 8.4 1193"}},
		"variable as column":           {"mysql 8.4", "UPDATE t SET old = 1, log_warnings = 2", nil},
		"user variable":                {"mysql 8.4", "SET @tx_isolation = 1", nil},
		"variable of old MariaDB":      {"mariadb 10.11", "SET GLOBAL innodb_large_prefix = 1", []string{"innodb_large_prefix 10.6 1193"}},
		"GROUP BY order":               {"mysql 8.4", "SELECT a FROM t GROUP BY a DESC, f(b, c) ASC ORDER BY a DESC", []string{"GROUP BY ... DESC 8.0.13 1064", "GROUP BY ... ASC 8.0.13 1064"}},
		"GROUP BY in parentheses":      {"mysql 8.4", "SELECT * FROM (SELECT a FROM t GROUP BY a) x ORDER BY a DESC", nil},
		"GROUP_CONCAT":                 {"mysql 8.4", "SELECT GROUP_CONCAT(a ORDER BY b DESC) FROM t GROUP BY c", nil},
		"GRANT makes a user":           {"mysql 8.0", "GRANT ALL ON d.* TO u IDENTIFIED BY 'x'", []string{"GRANT ... IDENTIFIED 8.0.11 1064"}},
		"GRANT on 5.7":                 {"mysql 5.7", "GRANT ALL ON d.* TO u IDENTIFIED BY 'x'", nil},
		"CREATE USER":                  {"mysql 9.7", "CREATE USER u IDENTIFIED BY 'x'", nil},
		"hash":                         {"mysql 8.0", "CREATE USER u IDENTIFIED BY PASSWORD '*A'", []string{"IDENTIFIED BY PASSWORD 8.0.11 1064"}},
		"native password":              {"mysql 9.0", "CREATE USER u IDENTIFIED WITH 'mysql_native_password' BY 'x'", []string{"mysql_native_password 9.0 1524"}},
		"native password on 8.4":       {"mysql 8.4", "CREATE USER u IDENTIFIED WITH mysql_native_password BY 'x'", nil},
		"replication":                  {"mysql 8.4", "/* c */ CHANGE /* d */ master TO MASTER_HOST='x'", []string{"CHANGE MASTER 8.4 1064"}},
		"replication on 8.0":           {"mysql 8.0", "SHOW SLAVE STATUS", nil},
		"query cache":                  {"mysql 8.0", "RESET QUERY CACHE", []string{"RESET QUERY CACHE 8.0.3 1064"}},
		"SQL_CACHE":                    {"mysql 8.0", "SELECT SQL_CACHE a FROM t", []string{"SQL_CACHE 8.0.3 1064"}},
		"AUTO_INCREMENT on DOUBLE":     {"mysql 8.4", "CREATE TABLE t (a INT, id DOUBLE(9,2) NOT NULL AUTO_INCREMENT KEY)", []string{"AUTO_INCREMENT on DOUBLE 8.4 1063"}},
		"AUTO_INCREMENT on FLOAT, 8.0": {"mysql 8.0", "CREATE TABLE t (id FLOAT AUTO_INCREMENT KEY)", nil},
		"AUTO_INCREMENT on BIGINT":     {"mysql 8.4", "CREATE TABLE t (a DOUBLE, id BIGINT AUTO_INCREMENT KEY) AUTO_INCREMENT=5", nil},
		"cut short":                    {"mysql 9.7", "GRANT ALL ON d.* TO u IDENTIFIED", nil},
		"nothing":                      {"mysql 9.7", "", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := factsEngine(t, tt.engine)
			src := &Source{Path: "x.sql", Text: tt.sql}
			var got []string
			for _, p := range removedSyntax(e, src, tokenize(src, 0, int32(len(tt.sql)), lexOptions{engine: e})) {
				got = append(got, p.Name+" "+p.Value+" "+strconv.Itoa(p.Number))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func BenchmarkRemovedSyntax(b *testing.B) {
	e := DefaultEngine()
	src := &Source{Text: "CREATE TABLE orders (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id BIGINT NOT NULL, note VARCHAR(255) DEFAULT '', KEY k (user_id)) ENGINE=InnoDB"}
	toks := tokenize(src, 0, int32(len(src.Text)), lexOptions{engine: e})
	b.ReportAllocs()
	for b.Loop() {
		removedSyntax(e, src, toks)
	}
}
