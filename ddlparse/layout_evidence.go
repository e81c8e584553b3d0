package ddlparse

import "strings"

// evidence counts what speaks for a dialect.
type evidence struct {
	hard, soft int // for MySQL: what only it has, and what others read too
	foreign    [dialectCount]int
}

// proof is the count from which a dialect is believed.
const proof = 4

func (e *evidence) add(o evidence) {
	e.hard += o.hard
	e.soft += o.soft
	for d, n := range o.foreign {
		e.foreign[d] += n
	}
}

// verdict returns the dialect that the evidence shows, given what the path says. What speaks for
// MySQL wins; without evidence it is ours, unless the path names another.
func (e *evidence) verdict(path dialect) dialect {
	best := noDialect
	for d := postgres; d < dialectCount; d++ {
		if e.foreign[d] >= proof && e.foreign[d] > e.foreign[best] {
			best = d
		}
	}
	switch {
	case path.imitates():
		return path
	case e.hard > 0 && best != clickHouse:
		return mysqlFamily
	case path.foreign():
		return path
	case e.soft > 0 && best != clickHouse, path == mysqlFamily:
		return mysqlFamily
	}
	return best
}

// word weighs a word with the two before it and the text behind it.
func (e *evidence) word(last [2]string, w, behind string) {
	switch w {
	case "auto_increment", "unsigned", "charset", "mediumtext", "longtext", "tinytext", "mediumblob", "longblob", "tinyblob",
		"mediumint", "innodb", "myisam", "delimiter", "zerofill", "utf8mb4", "utf8mb4_bin", "utf8mb4_unicode_ci", "utf8mb4_general_ci":
		e.hard++
	case "engine":
		e.engine(behind)
	case "duplicate":
		e.hardIf(last[1] == "on")
	case "current_timestamp":
		e.hardIf(last == [2]string{"on", "update"})
	case "comment":
		if strings.HasPrefix(behind, "'") {
			e.soft++
		}
	default:
		e.foreignWord(last, w, behind)
	}
}

func (e *evidence) hardIf(is bool) {
	if is {
		e.hard++
	}
}

// engine weighs ENGINE = name: the storage engines of MySQL, or the table engines of ClickHouse.
func (e *evidence) engine(behind string) {
	name := strings.ToLower(strings.TrimLeft(behind, "= "))
	for _, known := range [...]string{"innodb", "myisam", "memory", "aria", "ndb", "rocksdb", "archive", "csv", "heap", "federated"} {
		if strings.HasPrefix(name, known) {
			e.hard++
			return
		}
	}
	for _, known := range [...]string{
		"mergetree", "replacingmergetree", "summingmergetree", "aggregatingmergetree", "collapsingmergetree",
		"versionedcollapsingmergetree", "replicated", "distributed", "materializedview", "kafka", "null",
	} {
		if strings.HasPrefix(name, known) {
			e.foreign[clickHouse] += proof
		}
	}
}

// foreignWord weighs the words that speak for another dialect.
func (e *evidence) foreignWord(last [2]string, w, behind string) {
	switch w {
	case "timestamptz", "bytea", "jsonb", "bigserial", "smallserial", "plpgsql", "concurrently", "ilike", "tsvector", "search_path",
		"gen_random_uuid", "uuid_generate_v4", "to_tsvector", "pg_catalog", "citext":
		e.foreign[postgres] += proof
	case "extension", "type":
		e.count(postgres, last[1] == "create", proof)
	case "gin", "gist", "brin":
		e.count(postgres, last[1] == "using", proof)
	case "to":
		e.count(postgres, last[1] == "owner", proof)
	case "on":
		e.count(postgres, last[1] == "comment", 2)
	case "conflict", "returning", "varying", "zone", "setval", "nextval":
		e.foreign[postgres] += 2
	case "autoincrement", "rowid":
		e.foreign[sqlite] += proof
	case "pragma", "sqlite_sequence", "sqlite_master":
		e.foreign[sqlite] += proof
	case "varchar2", "nvarchar2", "sysdate", "systimestamp":
		e.foreign[oracle] += proof
	case "number":
		e.count(oracle, strings.HasPrefix(behind, "("), proof)
	default:
		e.serverWord(last, w, behind)
	}
}

// serverWord weighs the words of SQL Server and ClickHouse.
func (e *evidence) serverWord(last [2]string, w, behind string) {
	switch w {
	case "nonclustered": // TiDB has it behind the columns of a key
		next := strings.ToLower(strings.TrimLeft(behind, " \t\r\n"))
		e.count(sqlServer, strings.HasPrefix(next, "(") || strings.HasPrefix(next, "index") || strings.HasPrefix(next, "columnstore"), proof)
	case "datetime2", "uniqueidentifier", "datetimeoffset", "smalldatetime", "dbo", "getdate", "sysutcdatetime":
		e.foreign[sqlServer] += proof
	case "identity", "nvarchar":
		e.count(sqlServer, strings.HasPrefix(behind, "("), proof/2)
	case "max":
		e.count(sqlServer, last[0] == "nvarchar" || last[1] == "nvarchar", proof)
	case "lowcardinality", "mergetree", "replacingmergetree":
		e.foreign[clickHouse] += proof
	}
}

func (e *evidence) count(d dialect, is bool, weight int) {
	if is {
		e.foreign[d] += weight
	}
}

// quoted weighs a quoted identifier or string by its quote and the word before it.
func (e *evidence) quoted(q byte, before string) {
	switch {
	case q == '`':
		e.soft++
	case q == '"' && isNamePlace(before):
		e.foreign[postgres]++
	}
}

// isNamePlace reports whether a name follows the word in DDL.
func isNamePlace(before string) bool {
	switch before {
	case "table", "exists", "column", "index", "constraint", "add", "references", "on", "into", "type", "view", "schema", "rename", "to":
		return true
	}
	return false
}

// mark weighs the marks at the start of text.
func (e *evidence) mark(text string) {
	switch {
	case strings.HasPrefix(text, "$$"), strings.HasPrefix(text, "[]"):
		e.foreign[postgres] += proof
	case strings.HasPrefix(text, "::") && len(text) > 2 && isLetter(text[2]):
		e.foreign[postgres] += proof
	case text[0] == '[' && len(text) > 1 && isLetter(text[1]):
		e.foreign[sqlServer] += 2
	}
}
