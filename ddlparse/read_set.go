package ddlparse

import "strings"

// set reads SET: assignments of variables, SET NAMES, SET PASSWORD and the rest.
func (r *reader) set() {
	if r.is("NAMES") || r.is("PASSWORD") || r.is("ROLE") || r.is("DEFAULT", "ROLE") || r.is("RESOURCE") || r.is("STATEMENT") ||
		r.is("TRANSACTION") || r.is("SESSION", "TRANSACTION") || r.is("GLOBAL", "TRANSACTION") || r.is("CHARACTER") || r.is("CHARSET") || r.is("CONSTRAINTS") {
		r.i = len(r.toks)
		return
	}
	for !r.end() {
		from := r.i
		v := &SetVariable{Scope: r.acceptAny("GLOBAL", "SESSION", "LOCAL", "PERSIST", "PERSIST_ONLY")}
		if v.Scope == "LOCAL" {
			v.Scope = "SESSION"
		}
		v.Name = strings.ToLower(r.ident())
		for r.acceptPunct(".") {
			v.Name += "." + strings.ToLower(r.ident())
		}
		v.splitScope()
		if !r.acceptPunct("=") && !r.acceptPunct(":=") {
			r.fail()
			return
		}
		at := r.i
		v.Value = r.setValue()
		v.Literal = r.i == at+1 && r.toks[at].kind == str
		v.Span = r.span(from)
		r.add(v)
		if !r.acceptPunct(",") {
			break
		}
	}
}

// splitScope takes apart @@session.sql_mode.
func (v *SetVariable) splitScope() {
	name, ok := strings.CutPrefix(v.Name, "@@")
	if !ok {
		return
	}
	if scope, rest, found := strings.Cut(name, "."); found {
		switch scope {
		case "global", "session", "persist", "persist_only":
			v.Scope, name = strings.ToUpper(scope), rest
		case "local":
			v.Scope, name = "SESSION", rest
		}
	}
	v.Name = name
}

// setValue reads up to the next comma outside parentheses; a single string is unquoted.
func (r *reader) setValue() string {
	from := r.i
	for !r.end() && !r.isPunct(",") {
		if r.isPunct("(") {
			r.skipParens()
			continue
		}
		r.i++
	}
	if r.i == from+1 && r.toks[from].kind == str {
		return unquote(r.text(from), false)
	}
	return r.span(from).Text()
}
