package onlineddl

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// generator makes random tables and random ALTER TABLEs on them; most of them are valid.
type generator struct {
	*rand.Rand
	engine ddlparse.Engine
	names  []string // columns of the table at hand
	kinds  map[string]string
	added  int
}

func newGenerator(e ddlparse.Engine, seed uint64) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 5)), engine: e}
}

func (g *generator) of(list ...string) string { return list[g.IntN(len(list))] }

func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

// question is a table, sometimes with a parent and a child, and a statement.
func (g *generator) question() question {
	g.names, g.kinds, g.added = nil, map[string]string{}, 0
	setUp := []string{"CREATE TABLE p (id INT PRIMARY KEY, x INT)"}
	table := g.table()
	q := question{setUp: append(setUp, table)}
	if g.chance(12) && !strings.Contains(table, "PARTITION") && strings.Contains(table, "PRIMARY KEY") && strings.HasPrefix(table, "CREATE TABLE") && !strings.Contains(table, "MyISAM") {
		q.setUp = append(q.setUp, "CREATE TABLE ch (id INT PRIMARY KEY, tid INT, CONSTRAINT fkch FOREIGN KEY (tid) REFERENCES t (id))")
	}
	if g.chance(6) {
		q.setUp = append(q.setUp, "SET foreign_key_checks=0")
	}
	for q.statement == "" || strings.Contains(q.statement, "fkb") && !strings.Contains(table, "fkb") ||
		strings.Contains(q.statement, "CONVERT") && strings.Contains(q.statement, "latin1") { // CONVERT TO wins, ddlparse lets MODIFY win
		q.statement = "ALTER TABLE t " + g.clauses()
	}
	return q
}

func (g *generator) table() string {
	var parts []string
	g.column(&parts, "id", "INT NOT NULL")
	g.column(&parts, "a", g.of("INT NOT NULL DEFAULT 0", "INT NULL", "BIGINT NOT NULL"))
	g.column(&parts, "b", "INT NULL")
	g.column(&parts, "c", g.of("VARCHAR(20) NOT NULL DEFAULT 'x'", "VARCHAR(63)", "VARCHAR(80) CHARACTER SET latin1", "VARCHAR(20) CHARACTER SET utf8mb3", "VARBINARY(20)"))
	g.column(&parts, "d", g.of("TEXT", "CHAR(10)", "DECIMAL(10,2)", "DATETIME", "ENUM('a','b')", "SET('a','b')", "VARCHAR(300)", "CHAR(10) CHARACTER SET utf8mb3", "BLOB", "TINYINT UNSIGNED", "BIT(4)"))
	if g.chance(15) {
		g.column(&parts, "v", "INT AS (a + 1) "+g.of("VIRTUAL", "VIRTUAL", "STORED"))
	}
	if g.chance(8) {
		g.column(&parts, "g", "GEOMETRY NOT NULL")
	}
	g.column(&parts, "z", "INT NULL")
	parts = append(parts, g.keys()...)
	start := "CREATE TABLE"
	if g.chance(3) {
		start = "CREATE TEMPORARY TABLE"
	}
	return start + " t (" + strings.Join(parts, ", ") + ")" + g.options(start)
}

func (g *generator) column(parts *[]string, name, definition string) {
	*parts = append(*parts, name+" "+definition)
	g.names = append(g.names, name)
	g.kinds[name] = definition
}

func (g *generator) keys() (keys []string) {
	if g.chance(90) {
		keys = append(keys, "PRIMARY KEY (id)")
	} else if g.chance(50) {
		keys = append(keys, "UNIQUE KEY uid (id)")
	}
	for _, k := range []struct {
		percent int
		key     string
	}{{20, "KEY ka (a)"}, {12, "KEY kab (a, b)"}, {12, "KEY kc (c)"}, {8, "UNIQUE KEY ub (b)"}, {8, "FULLTEXT KEY fc (c)"}, {8, "KEY kz (z)"}} {
		if g.chance(k.percent) && !(strings.HasPrefix(k.key, "FULL") && strings.HasPrefix(g.kinds["c"], "VARB")) {
			keys = append(keys, k.key)
		}
	}
	if g.has("v") && g.chance(40) {
		keys = append(keys, "KEY kv (v)")
	}
	if g.has("g") && g.chance(70) {
		keys = append(keys, "SPATIAL KEY sg (g)")
	}
	if g.chance(8) && g.engine.IsMySQL() {
		keys = append(keys, "KEY kf ((b + 1))")
	}
	if g.chance(8) {
		keys = append(keys, "CONSTRAINT ckz CHECK (z > 0)")
	}
	if g.chance(10) {
		keys = append(keys, "KEY kb (b), CONSTRAINT fkb FOREIGN KEY (b) REFERENCES p (id)"+g.of("", "", " ON DELETE CASCADE", " ON DELETE SET NULL"))
	}
	return keys
}

func (g *generator) options(start string) string {
	switch n := g.IntN(100); {
	case n < 4:
		return " ROW_FORMAT=COMPRESSED"
	case n < 7:
		return " ROW_FORMAT=REDUNDANT"
	case n < 10 && start == "CREATE TABLE":
		return " PARTITION BY HASH (id) PARTITIONS 3"
	case n < 12:
		return " ENGINE=MyISAM"
	case n < 16:
		return " DEFAULT CHARSET=utf8mb3"
	}
	return ""
}

func (g *generator) has(name string) bool { _, ok := g.kinds[name]; return ok }

// clauses are one to three clauses.
func (g *generator) clauses() string {
	n := 1
	if g.chance(45) {
		n = 2 + g.IntN(2)
	}
	var list []string
	for range n {
		list = append(list, g.clause())
	}
	return strings.Join(list, ", ")
}

func (g *generator) place() string {
	return g.of("", "", " FIRST", " AFTER a", " AFTER id", " AFTER c")
}

func (g *generator) fresh() string {
	g.added++
	return fmt.Sprintf("n%d", g.added)
}

func (g *generator) clause() string {
	switch g.IntN(22) {
	case 0, 1, 2:
		return "ADD COLUMN " + g.fresh() + " " + g.newType() + g.place()
	case 3:
		return "ADD COLUMN " + g.fresh() + " INT AS (a + 2) " + g.of("VIRTUAL", "VIRTUAL", "STORED") + g.of("", "", " AFTER a")
	case 4, 5:
		return "DROP COLUMN " + g.of(g.names...)
	case 6, 7, 8, 9, 10:
		return g.modify()
	case 11:
		return "ALTER COLUMN " + g.of("a", "b", "z") + g.of(" SET DEFAULT 5", " DROP DEFAULT")
	case 12, 13:
		return g.addIndex()
	case 14:
		return "DROP INDEX " + g.of("ka", "kab", "kc", "ub", "fc", "kz", "kv", "sg", "kf", "uid")
	case 15:
		return "RENAME INDEX " + g.of("ka", "kab", "kc", "ub", "kz") + " TO r" + g.fresh()
	case 16:
		return g.constraint()
	case 17:
		return g.option()
	case 18:
		return g.primary()
	case 19:
		return "RENAME COLUMN " + g.of("a", "b", "c", "d", "z", "id") + " TO r" + g.fresh()
	case 20:
		return g.of("FORCE", "ENGINE=InnoDB", "ORDER BY a", "RENAME TO t2", "DROP FOREIGN KEY fkb", "DROP CONSTRAINT ckz", "CONVERT TO CHARACTER SET utf8mb4", "CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
	}
	return "MODIFY COLUMN " + g.restated()
}

func (g *generator) newType() string {
	return g.of("INT", "INT NOT NULL", "INT NOT NULL DEFAULT 7", "VARCHAR(10)", "TEXT", "DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP", "JSON",
		"INT UNIQUE", "INT NOT NULL AUTO_INCREMENT UNIQUE", "INT DEFAULT (1 + 1)", "INT DEFAULT (a + 1)", "INT CHECK (a > 0)", "ENUM('x','y') NOT NULL", "INT COMMENT 'q'", "DECIMAL(8,2) NOT NULL", "INT INVISIBLE")
}

// restated is a column as it is, moved or with another default or comment.
func (g *generator) restated() string {
	name := g.of(g.names...)
	d := g.kinds[name]
	if !strings.Contains(d, " AS ") && g.chance(30) {
		d += " COMMENT 'new'"
	}
	return name + " " + d + g.of("", " FIRST", " AFTER a", " AFTER z", " AFTER c")
}

func (g *generator) modify() string {
	changes := map[string][]string{
		"id": {"BIGINT NOT NULL", "INT NOT NULL AUTO_INCREMENT", "INT UNSIGNED NOT NULL"},
		"a":  {"BIGINT NOT NULL DEFAULT 0", "INT NULL", "INT NOT NULL", "SMALLINT", "INT NOT NULL DEFAULT 9", "BIGINT NULL"},
		"b":  {"INT NOT NULL", "BIGINT NULL", "INT NULL DEFAULT 3", "INT UNSIGNED", "VARCHAR(20)"},
		"c": {
			"VARCHAR(40) NOT NULL DEFAULT 'x'", "VARCHAR(63)", "VARCHAR(64)", "VARCHAR(100)", "VARCHAR(10)", "VARCHAR(80) CHARACTER SET utf8mb4", "VARCHAR(20) CHARACTER SET utf8mb4",
			"VARCHAR(20) COLLATE utf8mb4_bin", "VARBINARY(20)", "VARBINARY(320)", "TEXT", "VARCHAR(80) CHARACTER SET latin1 NOT NULL", "VARCHAR(15)", "VARCHAR(63) NOT NULL",
		},
		"d": {
			"TEXT NOT NULL", "MEDIUMTEXT", "BLOB", "CHAR(20)", "CHAR(10) CHARACTER SET utf8mb4", "CHAR(10) COLLATE utf8mb4_bin", "BINARY(40)", "DECIMAL(12,2)", "DECIMAL(10,4)", "DATETIME(3)", "TIMESTAMP NULL",
			"ENUM('a','b','c')", "ENUM('b','a')", "SET('a','b','c')", "VARCHAR(400)", "TEXT COLLATE utf8mb4_bin", "ENUM('a','b') COLLATE utf8mb4_bin", "TINYINT UNSIGNED NOT NULL", "INT", "BIT(8)", "JSON", "ENUM('a','b') CHARACTER SET latin1",
		},
		"z": {"INT NOT NULL", "BIGINT", "INT NULL COMMENT 'z'", "DOUBLE"},
		"v": {"INT AS (a + 2) VIRTUAL", "BIGINT AS (a + 1) VIRTUAL", "INT AS (a + 1) STORED", "INT NULL", "INT AS (a + 1) VIRTUAL NOT NULL", "INT AS (a + 1) STORED NOT NULL"},
		"g": {"GEOMETRY NOT NULL COMMENT 'g'", "POINT NOT NULL"},
	}
	name := g.of(g.names...)
	to := g.of(changes[name]...)
	if g.chance(20) {
		return "CHANGE COLUMN " + name + " r" + g.fresh() + " " + to
	}
	return "MODIFY COLUMN " + name + " " + to + g.of("", "", "", "", " FIRST", " AFTER z")
}

func (g *generator) addIndex() string {
	name := "i" + g.fresh()
	last := g.names[len(g.names)-1]
	all := []string{"ADD INDEX " + name + " (b)", "ADD INDEX " + name + " (a, z)", "ADD UNIQUE " + name + " (b)", "ADD INDEX " + name + " (" + last + ")", "ADD FULLTEXT INDEX " + name + " (c)", "ADD INDEX " + name + " (b DESC)"}
	if g.added > 1 {
		all = append(all, "ADD INDEX "+name+" (n1)", "ADD UNIQUE "+name+" (n1)")
	}
	if g.has("v") {
		all = append(all, "ADD INDEX "+name+" (v)")
	}
	if g.has("g") {
		all = append(all, "ADD SPATIAL INDEX "+name+" (g)")
	}
	if g.engine.IsMySQL() {
		all = append(all, "ADD INDEX "+name+" ((a + b))", "ALTER INDEX ka INVISIBLE")
	} else {
		all = append(all, "ALTER INDEX ka IGNORED")
	}
	return g.of(all...)
}

func (g *generator) constraint() string {
	name := "k" + g.fresh()
	return g.of("ADD CONSTRAINT "+name+" FOREIGN KEY (b) REFERENCES p (id)", "ADD CONSTRAINT "+name+" FOREIGN KEY (z) REFERENCES p (id) ON DELETE SET NULL", "ADD CONSTRAINT "+name+" CHECK (a > 0)")
}

func (g *generator) primary() string {
	return g.of("DROP PRIMARY KEY", "DROP PRIMARY KEY, ADD PRIMARY KEY (id, a)", "DROP PRIMARY KEY, ADD PRIMARY KEY (a)", "ADD PRIMARY KEY (id)", "ADD PRIMARY KEY (b)")
}

func (g *generator) option() string {
	return g.of("COMMENT='q'", "ROW_FORMAT=DYNAMIC", "AUTO_INCREMENT=100", "STATS_PERSISTENT=0", "DEFAULT CHARSET=latin1", "KEY_BLOCK_SIZE=8", "ENGINE=MyISAM", "MAX_ROWS=1000")
}
