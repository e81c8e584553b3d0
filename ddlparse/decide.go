package ddlparse

// decide asks the judge about a statement of the change set. Red is never a guess: a syntax error is
// reported only when reader and judge both stumble, or when the judge stumbles over something that no
// dialect could mean.
func (p *fileParser) decide(r *reader) {
	st := r.st
	if r.stuck && st.NotUnderstood != "" { // refused by the guard
		r.notUnderstood()
		return
	}
	if r.reserved > 0 && (!r.stuck || r.reserved-1 <= r.stuckI) {
		t := r.toks[r.reserved-1]
		r.syntaxError(t.start, r.text(r.reserved-1))
		return
	}
	if !r.stuck && (bodyUnread[st.Verb] || r.beyondJudge()) {
		return
	}
	if !r.stuck && !r.lax && (r.isDDL() || plainDML[st.Verb]) {
		return // every token was placed by a rule of the grammar
	}
	ok, at, near := p.judge.check(r.src, st.Span, r.toks, r.edits())
	switch {
	case !r.stuck && (ok || !p.certain(r, at)):
	case !r.stuck:
		r.syntaxError(at, near)
	case ok || exotic(r):
		r.notUnderstood()
	case r.hasAny(otherDialects):
		r.notUnderstood()
		st.NotUnderstood = "syntax of another database"
	default:
		r.notUnderstood()
		if s := r.stuckOffset(); s > at || at > s && !r.isDDL() {
			at, near = s, r.stuckText()
		}
		r.syntaxError(at, near)
	}
}

// plainDML are the verbs whose statements the reader reads whole where it finds only plain expressions.
var plainDML = map[string]bool{"INSERT": true, "REPLACE": true, "UPDATE": true, "DELETE": true}

// bodyUnread are the statements of which only the head is read; the TiDB parser knows none of them.
var bodyUnread = map[string]bool{
	"CREATE TRIGGER": true, "CREATE PROCEDURE": true, "CREATE FUNCTION": true, "CREATE EVENT": true, "CREATE PACKAGE": true, "CREATE LIBRARY": true,
	"DROP TRIGGER": true, "DROP PROCEDURE": true, "DROP FUNCTION": true, "DROP EVENT": true, "DROP PACKAGE": true, "DROP LIBRARY": true,
	"ALTER VIEW": true, "RENAME TABLE": true, "ALTER EVENT": true, "ALTER PROCEDURE": true, "ALTER FUNCTION": true,
}

// beyondJudge reports whether the statement has a clause that only the reader knows and no edit can hide.
func (r *reader) beyondJudge() bool {
	for _, f := range r.st.Features {
		switch f.Name {
		case "application-period", "convert-partition", "without-overlaps", "clustering-key", "partition-system-time", "system-versioning",
			"partition-list-default", "vector-index", "encrypted", "generated-not-null":
			return true
		}
	}
	return r.engine.IsMariaDB() && r.hasAny(mariadbOnly)
}

// mariadbOnly are words of MariaDB's DDL that the judge doesn't know.
var mariadbOnly = wordSet("ENGINE_ATTRIBUTE SECONDARY_ENGINE_ATTRIBUTE PERIOD")

// certain reports whether the judge's objection to a statement that the reader took whole is a syntax
// error for sure: it stumbled over punctuation, a literal, or a word that is reserved on the server; and not in
// a kind of statement whose dialects the judge doesn't know.
func (p *fileParser) certain(r *reader, at int32) bool {
	if !r.isDDL() && (r.st.Verb != "INSERT" && r.st.Verb != "UPDATE" && r.st.Verb != "DELETE" && r.st.Verb != "REPLACE" || r.hasAny(dmlGaps)) {
		return false
	}
	for i, t := range r.toks {
		if t.start != at {
			continue
		}
		if t.kind == word {
			return p.options.Engine.Reserved(r.text(i)) && !hasDialect[upperWord(r.text(i))]
		}
		// An objection right behind a word that the judge took for something else.
		return i == 0 || r.toks[i-1].kind != word || p.options.Engine.Reserved(r.text(i-1)) || t.kind != punct
	}
	return false
}

// dmlGaps are words of queries that servers take and the TiDB parser doesn't.
var dmlGaps = wordSet("JSON_TABLE RETURNING INTO AS PORTION EXAMINED NESTED LATERAL MEMBER QUALIFY WINDOW FOR")

// hasDialect are reserved words that start clauses of some server which the reader has checked.
var hasDialect = wordSet("CHECK WITH SYSTEM AS IGNORE SET CHARACTER")

func (r *reader) isDDL() bool { return changesSchema(r.st.Verb) }

func (r *reader) hasAny(words map[string]bool) bool {
	for i, t := range r.toks {
		if t.kind == word && words[upperWord(r.text(i))] {
			return true
		}
	}
	return false
}

// exotic reports whether the statement has a word of syntax that is known to exist and isn't read.
func exotic(r *reader) bool {
	if r.isDDL() {
		return r.hasAny(exoticDDL)
	}
	return !r.isUnknownVerb()
}

// otherDialects are words that only other databases have: such a statement is rewritten before it runs, or
// runs elsewhere.
var otherDialects = wordSet("AUTOINCREMENT BIGSERIAL TIMESTAMPTZ JSONB BYTEA NVARCHAR2 VARCHAR2 IDENTITY")

var exoticDDL = wordSet("VERSIONING SYSTEM_TIME OVERLAPS PERIOD DUALITY EXCHANGE TTL PLACEMENT ATTRIBUTES STATS_OPTIONS SEQUENCE FOREIGN_SERVER")

// isUnknownVerb reports whether the statement starts with a word that no statement starts with, or makes,
// changes or drops something that no server knows: CREATE TABEL.
func (r *reader) isUnknownVerb() bool {
	return r.stuckI == 0 || r.stuckI <= 2 && (r.toks[0].is(r.src, "CREATE") || r.toks[0].is(r.src, "ALTER") || r.toks[0].is(r.src, "DROP"))
}

func (r *reader) stuckOffset() int32 {
	if r.stuckI < len(r.toks) {
		return r.toks[r.stuckI].start
	}
	return r.toks[len(r.toks)-1].end
}

// syntaxError records the server's 1064 at an offset.
func (r *reader) syntaxError(at int32, near string) {
	end := at + int32(len(near))
	if near == "" && at > r.st.Span.Start { // the end of the statement: point at its last byte
		at--
		end = at + 1
	}
	r.st.Problems = append(r.st.Problems, &Problem{
		Kind: SyntaxError, Number: 1064, Object: r.st.objectPath(), Value: near, Span: Span{r.src, at, end},
	})
	if r.st.NotUnderstood == "" {
		r.notUnderstood()
	}
	r.st.NotUnderstood = "syntax error"
}

// edits blank out the clauses that the reader understood and the judge doesn't know.
func (r *reader) edits() []edit {
	var list []edit
	for _, f := range r.st.Features {
		if e, ok := judgeEdit(f); ok {
			list = append(list, e)
		}
	}
	return list
}

// judgeEdit is the same-length text that the judge can read in place of a feature.
func judgeEdit(f Feature) (edit, bool) {
	n := int(f.Span.End - f.Span.Start)
	fill := func(s string) (edit, bool) {
		if len(s) > n {
			return edit{}, false
		}
		b := make([]byte, n)
		for i := range b {
			b[i] = ' '
		}
		copy(b, s)
		return edit{f.Span, string(b)}, true
	}
	switch f.Name {
	case "default-expression":
		return fill("(1)")
	case "default-function-bare":
		return fill("1")
	case "spatial-index":
		return fill("INDEX")
	case "rename-tables":
		return fill("TABLE")
	case "spatial", "uuid-type", "inet6-type", "inet4-type":
		return fill("blob")
	case "invisible-column", "visible-column", "srid", "ref-system-id", "engine-attribute", "secondary-engine-attribute", "compressed-column",
		"ignored-index", "wait-nowait", "drop-table-wait", "truncate-wait", "if-exists-alter-table", "rename-table-if-exists", "if-not-exists-in-alter", "if-exists-in-alter",
		"add-index-if-not-exists", "add-constraint-if-not-exists", "add-foreign-key-if-not-exists", "modify-column-if-exists", "change-column-if-exists",
		"rename-column-if-exists", "alter-column-if-exists", "drop-index-if-exists-in-alter", "drop-foreign-key-if-exists", "drop-constraint-if-exists",
		"rename-index-if-exists", "drop-partition-if-exists", "add-partition-if-not-exists", "trigger-if-not-exists",
		"or-replace-table", "or-replace-index", "or-replace-database", "alter-online", "view-if-not-exists", "start-transaction-option",
		"system-versioning", "without-overlaps":
		if f.Name == "system-versioning" && keywordSpan(f.Span, "ADD") || keywordSpan(f.Span, "DROP") {
			return fill("FORCE")
		}
		return fill("")
	case "page-compressed": // its value may be a string
		return fill("CHECKSUM=0")
	case "persistent-column":
		return fill("STORED")
	case "algorithm-nocopy":
		return fill("ALGORITHM=COPY")
	}
	return edit{}, false
}

func keywordSpan(s Span, keyword string) bool {
	text := s.Text()
	return len(text) >= len(keyword) && foldedEqual(text[:len(keyword)], keyword)
}
