package ddlparse

import "strings"

// databaseGone reports whether the history dropped the name's database. One that it never created may
// exist all the same.
func (a *applier) databaseGone(n Name) bool {
	return n.Database != "" && a.now.Database(n.Database) == nil && a.now.store.databases.last(a.now.fold(n.Database)) != nil
}

// unknownDatabase is the problem of a dropped database; nil when it was the last one reported in this session,
// so that a USE is not repeated by every statement behind it.
func (a *applier) unknownDatabase(name string, number int, at Span) *Problem {
	if a.quiet || a.goneDatabase == name {
		return nil
	}
	a.goneDatabase = name
	return &Problem{Kind: UnknownDatabase, Number: number, Object: name, Name: name, Span: at}
}

// wrongDatabase: names of databases can't end in a space.
func (a *applier) wrongDatabase(name string, at Span) *Problem {
	if !strings.HasSuffix(name, " ") {
		return nil
	}
	return &Problem{Kind: InvalidIdentifier, Number: wrongName["database"], Object: name, Name: name, Reason: "space", Span: at}
}

// unknownCharset looks at the character set and collation of a database.
func (a *applier) unknownCharset(name, charset, collation string, at Span) *Problem {
	p := &Problem{Kind: UnknownCharset, Object: name, Span: at}
	set, known := a.engine.charset(charset)
	found, ok := a.engine.collation(collation)
	switch {
	case charset != "" && charset != "default" && !known:
		p.Number, p.Reason, p.Value = 1115, "charset", charset
	case collation == "" || collation == "default":
		return nil
	case !ok:
		p.Number, p.Reason, p.Value = 1273, "collation", collation
	case known && found.Charset != "" && found.Charset != set.Name:
		p.Number, p.Reason, p.Value, p.Other = 1253, "mismatch", collation, set.Name
	default:
		return nil
	}
	if !isPlainWord(p.Value) {
		return nil // a placeholder of the migration tool
	}
	return p
}
