package ddlparse

import (
	"fmt"
	"strings"
)

// ParseOptions says how to read a file.
type ParseOptions struct {
	Engine Engine
	// Check asks the judge about every statement, so that syntax errors are found. Files of the history
	// need no check: a server took them long ago.
	Check bool
}

// Parse reads a file into its migrations: one, or one per changeset of a Liquibase file. It never
// fails: what isn't understood is kept as a statement that says so.
func Parse(src *Source, l Located, o ParseOptions) []*Migration {
	p := &fileParser{src: src, options: o, lex: lexOptions{engine: o.Engine}, located: l}
	if o.Check {
		p.judge = newJudge(p.lex)
	}
	for _, piece := range split(src, l.Tool, p.lex) {
		p.piece(piece)
	}
	if len(p.migrations) == 0 {
		p.migration("")
	}
	return p.migrations
}

// fileParser reads the pieces of one file.
type fileParser struct {
	src        *Source
	options    ParseOptions
	lex        lexOptions
	located    Located
	judge      *judge
	migrations []*Migration
	changeset  string
	db         string            // selected by USE
	texts      map[string]string // of user variables
}

// migration returns the migration that the changeset belongs to.
func (p *fileParser) migration(changeset string) *Migration {
	if n := len(p.migrations); n > 0 && (changeset == "" || changeset == p.changeset) {
		return p.migrations[n-1]
	}
	m := &Migration{Path: p.src.Path, Source: p.src, Version: p.located.Version, Title: p.located.Title, Tool: p.located.Tool, Role: p.located.Role}
	if changeset != "" {
		m.Title = changeset
	}
	p.changeset, p.db, p.texts = changeset, "", nil
	p.migrations = append(p.migrations, m)
	return m
}

func (p *fileParser) piece(c piece) {
	if c.kind == pieceGap {
		return
	}
	m := p.migration(c.changeset)
	if c.kind == pieceClient {
		m.Skipped = append(m.Skipped, Skipped{c.span, c.reason})
		return
	}
	st := p.statement(c)
	if c.section == sectionDown || p.located.Down {
		m.Down = append(m.Down, st)
		return
	}
	m.NoTransaction = m.NoTransaction || c.noTx
	m.Statements = append(m.Statements, st)
}

// statement reads one statement and what is hidden in it.
func (p *fileParser) statement(c piece) *Statement {
	st := &Statement{Span: c.span, Comments: c.comments}
	st.Comments = append(st.Comments, c.inside...)
	r := p.read(st, c.tokens)
	if p.judge != nil {
		p.decide(r)
		p.checkText(r, c.tokens)
	} else if r.stuck {
		r.notUnderstood()
	}
	p.hidden(st, c.tokens)
	for _, change := range st.Changes {
		p.remember(change)
	}
	return st
}

// remember keeps what later statements of the file depend on.
func (p *fileParser) remember(c Change) {
	switch c := c.(type) {
	case *Use:
		p.db = c.Name
	case *SetVariable:
		if !strings.HasPrefix(c.Name, "@") || strings.HasPrefix(c.Name, "@@") {
			return
		}
		if p.texts == nil {
			p.texts = map[string]string{}
		}
		delete(p.texts, c.Name)
		if c.Literal {
			p.texts[c.Name] = c.Value
		} else if strings.EqualFold(c.Value, "DATABASE()") || strings.EqualFold(c.Value, "SCHEMA()") {
			p.texts[c.Name] = currentDatabase
		}
	}
}

func (p *fileParser) read(st *Statement, toks []token) *reader {
	r := &reader{src: st.Span.Source, toks: toks, engine: p.options.Engine, db: p.db, st: st, strict: p.judge != nil}
	if reason := guard(st.Span.Source, toks); reason != "" {
		r.stuck, st.NotUnderstood = true, reason
		return r
	}
	r.statement()
	return r
}

// hidden reads the statements in routine bodies and prepared strings. They may or may not run.
func (p *fileParser) hidden(st *Statement, toks []token) {
	if !mayHide[st.Verb] {
		return
	}
	for _, h := range hiddenStatements(st.Span.Source, toks, p.lex, p.texts) {
		inner := p.inner(h)
		if inner.NotUnderstood == "" || len(inner.Objects) > 0 {
			st.Hidden = append(st.Hidden, inner)
		}
	}
}

// inner reads a statement that another one holds.
func (p *fileParser) inner(h hiddenPiece) *Statement {
	st := &Statement{Span: h.span, Conditional: true}
	if h.literal {
		st.Span = Span{h.src, 0, int32(len(h.src.Text))}
	}
	if r := p.read(st, h.tokens); r.stuck {
		r.notUnderstood()
	}
	return st
}

// mayHide are the verbs of the statements that can hold others.
var mayHide = map[string]bool{
	"CREATE PROCEDURE": true, "CREATE FUNCTION": true, "CREATE EVENT": true, "CREATE PACKAGE": true,
	"SET": true, "PREPARE": true, "EXECUTE": true, "BEGIN": true, "SELECT": true, "CALL": true,
}

// notUnderstood gives up on a statement: what it names becomes opaque.
func (r *reader) notUnderstood() {
	st := r.st
	if st.NotUnderstood == "" {
		st.NotUnderstood = fmt.Sprintf(reasonSyntax, quoteShort(r.stuckText()))
	}
	st.Changes, st.Features = nil, nil
	st.Objects = r.tablesNamed()
}

// stuckText is the token that could not be placed, "" at the end of the statement.
func (r *reader) stuckText() string {
	if r.stuckI < len(r.toks) {
		return r.text(r.stuckI)
	}
	return ""
}

func quoteShort(s string) string {
	if s == "" {
		return "the end"
	}
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return "`" + strings.ReplaceAll(s, "`", "'") + "`"
}

// tablesNamed are the tables that a DDL statement seems to be about: the names behind the words TABLE, ON and
// the like.
func (r *reader) tablesNamed() []Name {
	if !changesSchema(r.st.Verb) {
		return nil
	}
	q := &reader{src: r.src, toks: r.toks, db: r.db, st: r.st}
	var names []Name
	for q.i < len(q.toks) {
		w := q.acceptAny("TABLE", "TABLES", "ON", "REFERENCES")
		if w == "" {
			q.i++
			continue
		}
		if w == "REFERENCES" {
			continue
		}
		q.accept("IF", "NOT", "EXISTS")
		q.accept("IF", "EXISTS")
		if q.isIdent() && !q.is("DELETE") && !q.is("UPDATE") && !q.is("DUPLICATE") && !q.is("SCHEDULE") && !q.is("COMPLETION") {
			names = appendName(names, q.name())
			q.stuck = false
		}
		if w == "ON" || r.st.Verb != "DROP TABLE" && r.st.Verb != "RENAME TABLE" {
			break
		}
	}
	return names
}

func changesSchema(verb string) bool {
	switch verb {
	case "CREATE TABLE", "ALTER TABLE", "DROP TABLE", "RENAME TABLE", "CREATE INDEX", "DROP INDEX", "TRUNCATE TABLE":
		return true
	}
	return false
}
