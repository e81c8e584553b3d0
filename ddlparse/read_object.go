package ddlparse

import (
	"slices"
	"strings"
)

// createView reads CREATE … VIEW from behind the word VIEW.
func (r *reader) createView(orReplace bool) {
	c := &CreateView{OrReplace: orReplace, IfNotExists: r.ifNotExists("view-if-not-exists")}
	c.Table, c.Span = r.name(), r.st.Span
	v := &View{Name: c.Table, Span: r.st.Span}
	if r.isPunct("(") {
		v.Columns = r.columnNames()
	}
	r.expect("AS")
	if !r.isQuery() {
		r.fail()
		return
	}
	body := r.toks[r.i:]
	v.Tables = fromTables(r, body)
	v.References = references(r.src, body)
	r.i = len(r.toks)
	c.View = v
	r.add(c)
}

// createTrigger reads CREATE … TRIGGER from behind the word TRIGGER.
func (r *reader) createTrigger(orReplace bool) {
	c := &CreateTrigger{OrReplace: orReplace, IfNotExists: r.ifNotExists("trigger-if-not-exists")}
	c.Span = r.st.Span
	t := &Trigger{Name: r.name(), Span: r.st.Span}
	t.Timing = r.acceptAny("BEFORE", "AFTER")
	t.Event = r.acceptAny("INSERT", "UPDATE", "DELETE")
	if t.Timing == "" || t.Event == "" {
		r.fail()
	}
	for r.accept("OR") || r.accept("OF") { // MariaDB 12: several events, columns
		r.i++
	}
	r.expect("ON")
	t.Table = r.name()
	r.expect("FOR", "EACH", "ROW")
	if r.acceptAny("FOLLOWS", "PRECEDES") != "" {
		r.ident()
	}
	if r.stuck {
		return
	}
	c.Table, c.Trigger = t.Table, t
	t.Body, t.References = r.rest(), references(r.src, r.toks[r.i:])
	r.i = len(r.toks)
	r.add(c)
}

// dynamicSQL are the words of statements that run text made at run time.
var dynamicSQL = wordSet("PREPARE EXECUTE")

// rest is the span from the current token to the end of the statement.
func (r *reader) rest() Span {
	if r.i >= len(r.toks) {
		return Span{r.src, r.st.Span.End, r.st.Span.End}
	}
	return Span{r.src, r.toks[r.i].start, r.toks[len(r.toks)-1].end}
}

// createRoutine reads CREATE PROCEDURE, FUNCTION, EVENT, PACKAGE or LIBRARY from behind that word.
func (r *reader) createRoutine(kind string, orReplace bool) {
	c := &CreateRoutine{OrReplace: orReplace, IfNotExists: r.ifNotExists(routineFeature[kind] + "-if-not-exists")}
	c.Span = r.st.Span
	if kind == "PACKAGE" {
		r.accept("BODY")
	}
	p := &Routine{Kind: kind, Name: r.name(), Span: r.st.Span}
	if r.stuck {
		return
	}
	p.Dynamic = r.hasAny(dynamicSQL)
	p.Body, p.References = r.rest(), references(r.src, r.toks[r.i:])
	r.i = len(r.toks)
	c.Routine = p
	r.add(c)
}

func (r *reader) dropTrigger() {
	c := &DropTrigger{IfExists: r.ifExists(""), Name: r.name()}
	c.Span = r.st.Span
	r.add(c)
}

func (r *reader) dropRoutine(kind string) {
	if kind == "PACKAGE" {
		r.accept("BODY")
	}
	c := &DropRoutine{Kind: kind, IfExists: r.ifExists(""), Name: r.name()}
	c.Span = r.st.Span
	r.add(c)
}

func (r *reader) createDatabase(orReplace bool, from int) {
	c := &CreateDatabase{IfNotExists: r.ifNotExists("") || orReplace, Database: &Database{Name: r.ident(), Span: r.st.Span}}
	if orReplace {
		r.feature("or-replace-database", from)
	}
	c.Span = r.st.Span
	c.Database.Charset, c.Database.Collation = r.databaseOptions()
	r.add(c)
}

func (r *reader) alterDatabase() {
	c := &AlterDatabase{}
	c.Span = r.st.Span
	if r.isIdent() && !r.is("DEFAULT") && !r.charsetAhead() && !r.is("COLLATE") {
		c.Name = r.ident()
	}
	c.Charset, c.Collation = r.databaseOptions()
	r.add(c)
}

func (r *reader) charsetAhead() bool {
	return r.is("CHARACTER", "SET") || r.is("CHARSET")
}

func (r *reader) databaseOptions() (charset, collation string) {
	for !r.end() {
		r.accept("DEFAULT")
		switch {
		case r.charsetWords():
			r.acceptPunct("=")
			charset = strings.ToLower(r.word())
		case r.accept("COLLATE"):
			r.acceptPunct("=")
			collation = strings.ToLower(r.word())
		case r.acceptAny("COMMENT", "ENCRYPTION") != "":
			r.acceptPunct("=")
			r.str()
		case r.accept("READ", "ONLY"), r.accept("PLACEMENT", "POLICY"):
			r.acceptPunct("=")
			r.i++
		default:
			r.fail()
		}
	}
	return charset, collation
}

func (r *reader) dropDatabase() {
	c := &DropDatabase{IfExists: r.ifExists(""), Name: r.ident()}
	c.Span = r.st.Span
	r.add(c)
}

// references lists the identifiers in the body of a view, trigger or routine.
func references(src *Source, toks []token) []Reference {
	var refs []Reference
	for i, t := range toks {
		if (t.kind != word && t.kind != quoted) || !maybeColumn(src, toks, i) {
			continue
		}
		ref := Reference{Name: identText(src, t), Span: Span{src, t.start, t.end}}
		if i >= 2 && src.Text[toks[i-1].start] == '.' && toks[i-1].kind == punct {
			ref.Qualifier = identText(src, toks[i-2])
		}
		refs = append(refs, ref)
	}
	return refs
}

// fromTables lists the tables named behind FROM and JOIN anywhere in a query.
func fromTables(r *reader, toks []token) []Name {
	q := &reader{src: r.src, toks: toks, db: r.db, st: r.st}
	var names []Name
	for q.i < len(toks) {
		if !q.accept("FROM") && !q.accept("JOIN") && !q.accept("STRAIGHT_JOIN") {
			q.i++
			continue
		}
		names = q.tableReferences(names)
	}
	return names
}

// tableReferences reads a comma list of names with their aliases; derived tables are walked later.
func (r *reader) tableReferences(names []Name) []Name {
	for {
		for r.acceptPunct("(") {
		}
		if !r.isIdent() || r.is("SELECT") || r.is("DUAL") || r.is("LATERAL") || r.is("WITH") {
			return names
		}
		n := r.name()
		if r.stuck {
			r.stuck = false
			return names
		}
		if !r.isPunct("(") { // not a table function
			names = appendName(names, n)
		}
		r.accept("AS")
		if r.isIdent() && !endsTableReference[r.keyword(0)] {
			r.i++
		}
		if !r.acceptPunct(",") {
			return names
		}
	}
}

var endsTableReference = wordSet(`WHERE SET JOIN LEFT RIGHT INNER CROSS NATURAL STRAIGHT_JOIN ON USING GROUP ORDER HAVING LIMIT UNION
	PARTITION FOR FORCE USE IGNORE INTO PROCEDURE LOCK WINDOW EXCEPT INTERSECT FROM VALUES SELECT RETURNING END THEN DO`)

func appendName(names []Name, n Name) []Name {
	if len(names) > 256 { // beyond any honest list; a name that stands twice does no harm
		return append(names, n)
	}
	if slices.Contains(names, n) {
		return names
	}
	return append(names, n)
}
