package ddlparse

import "strings"

// removedSyntax finds what the statement of these tokens uses that the server no longer has. Each
// problem has the name, in Value the version that removed it and in Other what to write instead.
func removedSyntax(e Engine, src *Source, toks []token) []*Problem {
	if e.IsTiDB() {
		return nil
	}
	s := removedScan{engine: e, src: src, toks: toks}
	s.prefixes()
	for i, t := range toks {
		if t.kind == word {
			s.word(i)
		}
	}
	return s.found
}

// removedScan walks over one statement. Comments may stand between its tokens.
type removedScan struct {
	engine Engine
	src    *Source
	toks   []token
	found  []*Problem
}

// word looks at one unquoted word: functions where a parenthesis follows, else clauses and variables.
func (s *removedScan) word(i int) {
	text := s.toks[i].text(s.src)
	switch {
	case strings.HasPrefix(text, "@@"):
		s.variable(i)
	case strings.HasPrefix(text, "@"):
	case s.calls(i):
		s.name(removedFunction, text, i)
	default:
		s.clause(i)
	}
}

// calls reports whether the word is the name of a function being called: "(" follows at once, and
// neither a qualifier nor a word that introduces a name of another kind stands before it.
func (s *removedScan) calls(i int) bool {
	if i+1 >= len(s.toks) || !s.toks[i+1].isPunct(s.src, "(") || s.toks[i+1].start != s.toks[i].end {
		return false
	}
	p := s.before(i)
	if p < 0 || s.toks[p].kind == quoted || s.toks[p].isPunct(s.src, ".") || s.toks[p].isPunct(s.src, ")") {
		return false
	}
	if s.toks[p].is(s.src, "ON") {
		return !s.starts("CREATE") && !s.starts("DROP")
	}
	return !s.isAny(p, "TABLE", "INTO", "INDEX", "KEY", "UNIQUE", "FULLTEXT", "SPATIAL", "REFERENCES", "PROCEDURE",
		"FUNCTION", "CALL", "VIEW", "WITH", "RECURSIVE", "AS", "EXISTS", "CONSTRAINT", "JOIN", "FROM", "IGNORE")
}

// clause looks at words that begin a removed clause or an assignment.
func (s *removedScan) clause(i int) {
	switch t := s.toks[i]; {
	case t.is(s.src, "GROUP"):
		s.groupBy(i)
	case t.is(s.src, "IDENTIFIED"):
		s.identified(i)
	case t.is(s.src, "AUTO_INCREMENT"):
		s.autoIncrement(i)
	case t.is(s.src, "SQL_CACHE") && s.isAny(s.before(i), "SELECT", "DISTINCT", "ALL"):
		s.syntax("SQL_CACHE", "8.0.3", "", i, i)
	case t.is(s.src, "ANALYSE") && s.isAny(s.before(i), "PROCEDURE"):
		s.syntax("PROCEDURE ANALYSE", "8.0.1", "", s.before(i), i)
	case s.starts("SET"):
		s.variable(i)
	}
}

// variable looks at a system variable that is assigned or read.
func (s *removedScan) variable(i int) {
	text := s.toks[i].text(s.src)
	name := strings.TrimPrefix(text, "@@")
	name = name[strings.LastIndexByte(name, '.')+1:]
	next := s.after(i)
	assigned := next > 0 && (s.toks[next].isPunct(s.src, "=") || s.toks[next].isPunct(s.src, ":="))
	if len(name) == len(text) && (!assigned || !s.assignable(i)) {
		return
	}
	if assigned && strings.EqualFold(name, "sql_mode") {
		s.modes(s.after(next))
		return
	}
	s.name(removedVariable, name, i)
}

// assignable reports whether a variable may stand behind what precedes the word.
func (s *removedScan) assignable(i int) bool {
	p := s.before(i)
	return p >= 0 && (s.toks[p].isPunct(s.src, ",") || s.toks[p].isPunct(s.src, ".") ||
		s.isAny(p, "SET", "GLOBAL", "SESSION", "LOCAL", "PERSIST", "PERSIST_ONLY"))
}

// modes looks at the modes in a string that is assigned to sql_mode.
func (s *removedScan) modes(i int) {
	if i < 0 || s.toks[i].kind != str {
		return
	}
	for mode := range strings.SplitSeq(strings.Trim(s.toks[i].text(s.src), `'"`), ",") {
		s.name(removedMode, strings.TrimSpace(mode), i)
	}
}

func (s *removedScan) name(kind removedKind, name string, i int) {
	version, instead, ok := s.engine.removed(kind, name)
	if !ok {
		return
	}
	if kind == removedFunction {
		name = strings.ToUpper(name) + "()"
	}
	s.report(removedNumbers[kind], name, version, instead, i, i)
}

// syntax reports a removed piece of MySQL's syntax from one token to another.
func (s *removedScan) syntax(name string, version since, instead string, from, to int) {
	if s.engine.IsMySQL() && s.engine.reached(version) {
		s.report(errSyntax, name, string(version), instead, from, to)
	}
}

func (s *removedScan) report(number int, name, version, instead string, from, to int) {
	s.found = append(s.found, &Problem{
		Kind: RemovedSyntax, Number: number, Object: name, Name: name, Value: version, Other: instead,
		Span: Span{s.src, s.toks[from].start, s.toks[to].end},
	})
}
