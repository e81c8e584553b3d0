package ddlparse

import (
	"fmt"
	"strings"
)

// dialect is the family of databases that SQL is written for.
type dialect uint8

const (
	noDialect dialect = iota
	mysqlFamily
	postgres
	sqlite
	oracle
	sqlServer
	h2
	hsqldb
	derby
	db2
	clickHouse
	otherDialect
	dialectCount
)

// String is the name people know.
func (d dialect) String() string {
	return [dialectCount]string{
		"an unknown dialect", "MySQL", "PostgreSQL", "SQLite", "Oracle", "SQL Server", "H2", "HSQLDB", "Derby", "Db2", "ClickHouse", "another database",
	}[d]
}

// reason says why SQL of the dialect is left alone.
func (d dialect) reason() string { return fmt.Sprintf(reasonDialect, d) }

// foreign reports whether d is known and not ours.
func (d dialect) foreign() bool { return d > mysqlFamily }

// imitates reports whether the database reads much of MySQL's syntax, or any name of a type, so
// that such syntax proves nothing.
func (d dialect) imitates() bool { return d == h2 || d == hsqldb || d == derby || d == sqlite }

// dialectWord returns the dialect that a lower-case word of a path names.
func dialectWord(w string) dialect {
	switch w {
	case "mysql", "mariadb", "maria", "tidb", "aurora", "percona", "mysql5", "mysql8", "mysql57", "mysql80":
		return mysqlFamily
	case "postgres", "postgresql", "pgsql", "psql", "pg", "cockroach", "cockroachdb", "crdb", "yugabyte", "yugabytedb":
		return postgres
	case "sqlite", "sqlite3":
		return sqlite
	case "oracle":
		return oracle
	case "mssql", "sqlserver":
		return sqlServer
	case "h2":
		return h2
	case "hsqldb", "hsql":
		return hsqldb
	case "derby":
		return derby
	case "db2":
		return db2
	case "clickhouse":
		return clickHouse
	case "snowflake", "bigquery", "redshift", "spanner", "cassandra", "duckdb", "hive", "trino", "spark", "cql", "firebird", "sybase":
		return otherDialect
	}
	return noDialect
}

// dialectOfFolder returns the dialect that a directory's lower-case name tells: mysql,
// postgres-persistence, migration_sqlite. Short and everyday words must be the whole name.
func dialectOfFolder(name string) dialect {
	if d := dialectWord(name); d != noDialect {
		return d
	}
	if !strings.ContainsAny(name, "-_.") {
		return noDialect
	}
	for w := range fileWords(name) {
		if d := dialectWord(w); d != noDialect && !isEverydayWord(w) {
			return d
		}
	}
	return noDialect
}

// isEverydayWord reports whether a word that names a database often means something else: pg is a
// payment gateway, an oracle tells prices, a hive keeps bees.
func isEverydayWord(w string) bool {
	switch w {
	case "pg", "oracle", "aurora", "maria", "hive", "spark", "derby", "cassandra", "spanner":
		return true
	}
	return false
}

// cutDialect takes the dialect out of a name where dots set it off: 1_users.mysql -> 1_users.
func cutDialect(stem string) (dialect, string) {
	rest := stem
	for rest != "" {
		part := rest
		if i := strings.IndexByte(rest, '.'); i >= 0 {
			part = rest[:i]
		}
		at := len(stem) - len(rest)
		rest = strings.TrimPrefix(rest[len(part):], ".")
		if d := dialectWord(strings.ToLower(part)); d != noDialect {
			return d, strings.Trim(stem[:at]+rest, ".")
		}
	}
	return noDialect, stem
}

// dialectAtEdge returns the dialect that the first or last word names: mysql-schema, schema_h2.
func dialectAtEdge(stem string) dialect {
	var first, last string
	for w := range fileWords(stem) {
		if first == "" {
			first = w
		}
		last = w
	}
	if d := dialectWord(strings.ToLower(last)); d != noDialect {
		return d
	}
	return dialectWord(strings.ToLower(first))
}
