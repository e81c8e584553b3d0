package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// Excerpt is what a change set is about without the rest of its repository: SQL that stands by itself.
type Excerpt struct {
	Base       string // definitions of the tables that it touches and of those around them, "" for none
	Migrations []ExcerptMigration
	LeftOut    []*ddlparse.Statement // that were not understood
}

// ExcerptMigration is the forward part of a migration.
type ExcerptMigration struct{ Path, SQL string }

// Excerpt takes a change set out of its repository. Values, and what looks like a secret in comments, are redacted
// as in a question for a model, unless the text is to be kept as it is.
func (p *Plan) Excerpt(keepText bool) Excerpt {
	x := excerpter{plan: p, redactor: newRedactor(p.Engine), keep: keepText}
	var out Excerpt
	for _, m := range p.Migrations {
		sql, left := x.migration(m)
		out.LeftOut = append(out.LeftOut, left...)
		if sql != "" {
			out.Migrations = append(out.Migrations, ExcerptMigration{m.Path, sql})
		}
	}
	out.Base = x.base()
	return out
}

type excerpter struct {
	plan     *Plan
	redactor *redactor
	keep     bool
}

func (x *excerpter) migration(m *ddlparse.Migration) (sql string, left []*ddlparse.Statement) {
	var b strings.Builder
	for _, s := range m.Statements {
		if s.NotUnderstood != "" {
			left = append(left, s)
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		b.WriteString(x.statement(s))
	}
	return b.String(), left
}

// statement is a statement with its comments and its end.
func (x *excerpter) statement(s *ddlparse.Statement) string {
	sql, behind := s.Span, ""
	for _, c := range s.Comments {
		switch {
		case c.Source != sql.Source:
		case c.Start < sql.Start:
			sql.Start = c.Start
		case c.Start >= sql.End:
			behind += " " + strings.TrimSpace(x.text(c, false))
		}
	}
	text := x.text(sql, definesTable(s.Verb))
	if strings.Contains(text, ";") {
		return "DELIMITER $$\n" + text + "$$" + behind + "\nDELIMITER ;\n"
	}
	return text + ";" + behind + "\n"
}

func (x *excerpter) text(s ddlparse.Span, definition bool) string {
	if x.keep {
		return s.Source.Text[s.Start:s.End]
	}
	return x.redactor.span(s, definition)
}

// base defines the tables that were there, parents first.
func (x *excerpter) base() string {
	tables := x.plan.baseTables()
	var b strings.Builder
	for _, t := range tables {
		ddl := x.redactor.table(t)
		if x.keep {
			ddl = t.DDL(x.plan.Engine)
		}
		b.WriteString(strings.TrimRight(ddl, "\n;") + ";\n")
	}
	return b.String()
}

// baseTables are the tables of before that a change set touches, their neighbours, and whatever foreign keys of
// these lead to.
func (p *Plan) baseTables() []*ddlparse.Table {
	subjects := make([]*subject, len(p.Steps))
	for i, s := range p.Steps {
		subjects[i] = &subject{step: s}
	}
	before, after := tablesOf(p, subjects)
	c := closure{start: p.Start, seen: map[*ddlparse.Table]bool{nil: true}}
	for _, t := range before {
		c.add(t)
	}
	for _, t := range slices.Concat(neighbours(p.Final, after), after) {
		c.add(p.Start.Table(t.Name))
		for _, f := range t.ForeignKeys {
			c.add(p.Start.Table(f.Parent))
		}
	}
	return c.tables
}

// closure collects tables with those that their foreign keys need, in an order in which they can be created.
type closure struct {
	start  ddlparse.Schema
	seen   map[*ddlparse.Table]bool
	tables []*ddlparse.Table
}

func (c *closure) add(t *ddlparse.Table) {
	if c.seen[t] || t.IsOpaque() || t.External {
		return
	}
	c.seen[t] = true
	for _, f := range sortedKeys(t) {
		c.add(c.start.Table(f.Parent))
	}
	c.tables = append(c.tables, t)
}

func sortedKeys(t *ddlparse.Table) []*ddlparse.ForeignKey {
	return slices.SortedFunc(slices.Values(t.ForeignKeys), func(a, b *ddlparse.ForeignKey) int {
		return cmp.Compare(a.Parent.String(), b.Parent.String())
	})
}
