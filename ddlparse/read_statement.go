package ddlparse

import "sync"

// statement reads one statement: its verb, and what it changes.
func (r *reader) statement() {
	for r.acceptPunct("(") { // (SELECT …) UNION …
	}
	verb := r.keyword(0)
	r.st.Verb = verb
	if verb == "" {
		r.fail()
		return
	}
	if read, ok := verbs()[verb]; ok {
		r.i++
		read(r)
	} else if harmless[verb] {
		r.i = len(r.toks)
	} else {
		r.fail()
	}
	if !r.stuck && r.i < len(r.toks) {
		r.fail()
	}
}

// harmless are the verbs of statements that change neither schema nor rows, as far as a review goes.
var harmless = wordSet(`SELECT SHOW DESCRIBE DESC EXPLAIN GRANT REVOKE FLUSH ANALYZE OPTIMIZE CHECK CHECKSUM REPAIR LOCK UNLOCK KILL RESET
	SAVEPOINT RELEASE DO HELP VALUES TABLE WITH XA INSTALL UNINSTALL CACHE PURGE CHANGE STOP SIGNAL RESIGNAL GET HANDLER SHUTDOWN RESTART
	DECLARE FETCH OPEN CLOSE LEAVE ITERATE RETURN BINLOG CLONE IMPORT SPLIT BATCH RECOVER ADMIN REFRESH BACKUP RESTORE TRACE PLAN CANCEL ALLOW`)

// verbs are the readers of the statements that change something, from behind the verb.
var verbs = sync.OnceValue(verbReaders)

func verbReaders() map[string]func(*reader) {
	return map[string]func(*reader){
		"CREATE":     (*reader).create,
		"ALTER":      (*reader).alter,
		"DROP":       (*reader).drop,
		"RENAME":     (*reader).rename,
		"TRUNCATE":   (*reader).truncate,
		"USE":        (*reader).use,
		"SET":        (*reader).set,
		"INSERT":     func(r *reader) { r.insert("INSERT") },
		"REPLACE":    func(r *reader) { r.insert("REPLACE") },
		"UPDATE":     (*reader).update,
		"DELETE":     (*reader).delete,
		"LOAD":       (*reader).load,
		"BEGIN":      func(r *reader) { r.transaction("BEGIN") },
		"START":      (*reader).start,
		"COMMIT":     func(r *reader) { r.transaction("COMMIT") },
		"ROLLBACK":   func(r *reader) { r.transaction("ROLLBACK") },
		"CALL":       (*reader).call,
		"EXECUTE":    (*reader).execute,
		"PREPARE":    (*reader).prepare,
		"DEALLOCATE": func(r *reader) { r.i = len(r.toks) },
	}
}

func (r *reader) create() {
	from := r.i - 1
	orReplace := r.accept("OR", "REPLACE")
	replaced := func(feature string) {
		if orReplace {
			r.st.Features = append(r.st.Features, Feature{feature, Span{r.src, r.toks[from+1].start, r.toks[from+2].end}})
		}
	}
	temporary := r.accept("TEMPORARY") || r.accept("GLOBAL", "TEMPORARY")
	r.viewWords()
	k := r.keyword(0)
	r.st.Verb = "CREATE " + k
	switch k {
	case "TABLE":
		r.i++
		replaced("or-replace-table")
		c := &CreateTable{New: &Table{Temporary: temporary}, OrReplace: orReplace}
		c.Span = r.st.Span
		r.createTable(c)
		r.add(c)
	case "INDEX":
		replaced("or-replace-index")
		r.createIndex(Plain, orReplace)
	case "UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR":
		r.i++
		r.st.Verb = "CREATE INDEX"
		replaced("or-replace-index")
		r.accept("ONLINE")
		if k == "SPATIAL" {
			if r.is("REFERENCE") {
				r.other()
				return
			}
			r.feature("spatial-index", r.i-1)
		}
		r.createIndex(map[string]IndexKind{"UNIQUE": Unique, "FULLTEXT": Fulltext, "SPATIAL": Spatial, "VECTOR": Vector}[k], orReplace)
	case "ONLINE":
		r.i++
		r.createIndex(Plain, orReplace)
	case "VIEW":
		r.i++
		r.createView(orReplace)
	case "TRIGGER":
		r.i++
		replaced("or-replace-trigger")
		r.feature("trigger", r.i-1)
		r.createTrigger(orReplace)
	case "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE", "LIBRARY":
		r.i++
		feature := routineFeature[k]
		replaced("or-replace-" + feature)
		r.feature(feature, r.i-1)
		r.createRoutine(k, orReplace)
	case "AGGREGATE":
		r.i++
		r.expect("FUNCTION")
		r.st.Verb = "CREATE FUNCTION"
		r.createRoutine("FUNCTION", orReplace)
	case "DATABASE", "SCHEMA":
		r.i++
		r.st.Verb = "CREATE DATABASE"
		r.createDatabase(orReplace, from+1)
	case "USER", "ROLE", "SERVER", "TABLESPACE", "UNDO", "LOGFILE", "RESOURCE", "BINDING", "STATISTICS", "PLACEMENT", "SEQUENCE", "JSON", "MASKING":
		if k == "SEQUENCE" {
			r.feature("sequence", r.i)
		}
		r.other()
	default:
		r.fail()
	}
}

var routineFeature = map[string]string{"PROCEDURE": "routine", "FUNCTION": "routine", "EVENT": "event", "PACKAGE": "package", "LIBRARY": "library"}

// other goes past a statement that is about something other than tables: users, servers, tablespaces.
func (r *reader) other() { r.i = len(r.toks) }

// viewWords goes past ALGORITHM=…, DEFINER=…, SQL SECURITY … in front of VIEW, TRIGGER and routines.
func (r *reader) viewWords() {
	for !r.end() {
		switch {
		case r.is("ALGORITHM") && r.isPunctAt(1, "="):
			r.i += 2
			r.ident()
		case r.accept("DEFINER"):
			r.expectPunct("=")
			r.account()
		case r.accept("SQL", "SECURITY"):
			r.ident()
		default:
			return
		}
	}
}

// account reads user@host, CURRENT_USER or a role, in whatever tokens it comes.
func (r *reader) account() {
	for !r.end() {
		switch r.keyword(0) {
		case "VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "SQL", "AGGREGATE", "PACKAGE", "TABLE":
			return
		}
		r.i++
	}
}

func (r *reader) alter() {
	from := r.i
	if r.accept("ONLINE") {
		r.feature("alter-online", from)
	}
	if at := r.i; r.accept("IGNORE") {
		r.feature("alter-ignore", at)
	}
	r.viewWords()
	k := r.keyword(0)
	r.st.Verb = "ALTER " + k
	r.i++
	switch k {
	case "TABLE":
		r.alterTable()
	case "DATABASE", "SCHEMA":
		r.st.Verb = "ALTER DATABASE"
		r.alterDatabase()
	case "VIEW":
		r.ifExists("")
		r.createView(true)
	case "PROCEDURE", "FUNCTION", "EVENT", "USER", "ROLE", "SERVER", "TABLESPACE", "INSTANCE", "LOGFILE", "UNDO", "RESOURCE", "SEQUENCE", "PLACEMENT", "LIBRARY", "RANGE":
		r.other()
	default:
		r.i--
		r.fail()
	}
}

func (r *reader) drop() {
	temporary := r.accept("TEMPORARY")
	k := r.keyword(0)
	r.st.Verb = "DROP " + k
	r.i++
	switch k {
	case "TABLE", "TABLES":
		r.st.Verb = "DROP TABLE"
		r.dropTables(temporary)
	case "INDEX", "KEY":
		r.st.Verb = "DROP INDEX"
		r.dropIndex()
	case "VIEW":
		r.dropViews()
	case "TRIGGER":
		r.dropTrigger()
	case "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE", "LIBRARY":
		r.dropRoutine(k)
	case "DATABASE", "SCHEMA":
		r.st.Verb = "DROP DATABASE"
		r.dropDatabase()
	case "PREPARE", "USER", "ROLE", "SERVER", "TABLESPACE", "UNDO", "LOGFILE", "SPATIAL", "RESOURCE", "SEQUENCE", "PLACEMENT", "BINDING", "STATS", "STATISTICS", "GLOBAL", "SESSION":
		r.other()
	default:
		r.i--
		r.fail()
	}
}

func (r *reader) rename() {
	if r.accept("USER") {
		r.other()
		return
	}
	if r.acceptAny("TABLE", "TABLES") == "" {
		r.fail()
		return
	}
	r.st.Verb = "RENAME TABLE"
	r.renameTables()
}

func (r *reader) truncate() {
	r.st.Verb = "TRUNCATE TABLE"
	r.accept("TABLE")
	c := &TruncateTable{}
	c.Table, c.Span = r.name(), r.st.Span
	r.waitClause("truncate-wait")
	r.add(c)
}

func (r *reader) use() {
	c := &Use{Name: r.ident()}
	c.Span = r.st.Span
	r.add(c)
}

func (r *reader) transaction(verb string) {
	if r.accept("NOT", "ATOMIC") {
		r.other()
		return
	}
	r.accept("WORK")
	if verb == "ROLLBACK" && (r.accept("TO") || r.is("PREPARED")) {
		r.other()
		return
	}
	for r.acceptAny("AND", "NO", "CHAIN", "RELEASE", "OPTIMISTIC", "PESSIMISTIC") != "" {
	}
	c := &Transaction{Verb: verb}
	c.Span = r.st.Span
	r.add(c)
}

func (r *reader) start() {
	if !r.accept("TRANSACTION") {
		r.other() // START SLAVE, START REPLICA, START GROUP_REPLICATION
		return
	}
	r.st.Verb = "START TRANSACTION"
	r.i = len(r.toks)
	c := &Transaction{Verb: "BEGIN"}
	c.Span = r.st.Span
	r.add(c)
}

func (r *reader) call() {
	n := r.name()
	c := &Unanalyzable{What: "CALL " + n.String(), Routine: n.Name}
	c.Span = r.st.Span
	for r.acceptPunct("("); !r.end() && !r.isPunct(")"); r.acceptPunct(",") {
		c.Arguments = append(c.Arguments, r.argument())
	}
	r.i = len(r.toks)
	r.add(c)
}

// argument reads an argument of a call, and gives the text of a literal.
func (r *reader) argument() string {
	from := r.i
	for !r.end() && !r.isPunct(",") && !r.isPunct(")") {
		if r.isPunct("(") {
			r.skipParens()
			continue
		}
		r.i++
	}
	if kind := r.toks[from].kind; r.i == from+1 && (kind == str || kind == number) {
		return unquote(r.text(from), false)
	}
	return ""
}

func (r *reader) execute() {
	c := &Unanalyzable{What: "EXECUTE"}
	c.Span = r.st.Span
	if from := r.i; r.accept("IMMEDIATE") {
		r.feature("execute-immediate", from)
		c.What = "EXECUTE IMMEDIATE"
	}
	if c.What == "EXECUTE" && r.isIdent() {
		c.Statement = r.ident()
	} else if r.isKind(str) {
		c.Statement = literalStatement
	}
	r.i = len(r.toks)
	r.add(c)
}

// literalStatement is the name of a statement that is executed from a string literal.
const literalStatement = "a literal"

func (r *reader) prepare() {
	c := &Prepare{Name: r.ident()}
	c.Span = r.st.Span
	r.expect("FROM")
	if r.isKind(str) {
		c.From = literalStatement
		r.str()
	} else {
		c.From = r.ident()
	}
	r.add(c)
}
