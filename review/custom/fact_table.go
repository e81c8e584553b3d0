package custom

import (
	"cmp"
	"fmt"
	"sync"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// tables makes the facts of each table once, for all rules that look at a change set.
type tables struct {
	pass  *review.Pass
	known sync.Map // *ddlparse.Table -> Table
}

func tablesOf(p *review.Pass) *tables {
	return review.Memo(p, func(p *review.Pass) *tables { return &tables{pass: p} })
}

func (f *tables) of(t *ddlparse.Table) Table {
	if t == nil {
		return Table{}
	}
	if known, ok := f.known.Load(t); ok {
		return known.(Table)
	}
	facts := f.table(t)
	f.known.Store(t, facts)
	return facts
}

func (f *tables) table(t *ddlparse.Table) Table {
	facts := Table{
		Exists: true, Name: t.Name.Name, Database: t.Name.Database, Created: f.pass.Created(t), Known: t.Known(),
		Comment: t.Options.Comment, Engine: t.Options.Engine, Charset: t.Options.Charset, Collation: t.Options.Collation, RowFormat: t.Options.RowFormat,
	}
	for i, c := range t.Columns {
		facts.Columns = append(facts.Columns, f.column(c, i+1))
	}
	for _, x := range t.Indexes {
		if !x.Implicit {
			facts.Indexes = append(facts.Indexes, indexOf(x))
		}
	}
	if key := t.PrimaryKey(); key != nil {
		facts.PrimaryKey = key.Columns()
	}
	for _, k := range t.ForeignKeys {
		facts.ForeignKeys = append(facts.ForeignKeys, foreignKeyOf(k))
	}
	for _, c := range t.Checks {
		facts.Checks = append(facts.Checks, checkOf(c))
	}
	if by := t.Partitions; by != nil {
		facts.Partitioned, facts.PartitionMethod, facts.PartitionColumns = true, by.Method, by.Columns
	}
	return facts
}

// column is a column of a table, the zero Column for none.
func (f *tables) columnOf(t *ddlparse.Table, name string) Column {
	if t != nil {
		for i, c := range t.Columns {
			if c == t.Column(name) {
				return f.column(c, i+1)
			}
		}
	}
	return Column{}
}

func (f *tables) column(c *ddlparse.Column, position int) Column {
	facts := Column{
		Exists: true, Name: c.Name, Added: f.pass.New(c.Origin),
		Type: c.Type.Name, Definition: c.Type.String(), Length: c.Type.Length, Scale: c.Type.Scale, Unsigned: c.Type.Unsigned, Values: c.Type.Members,
		Nullable: c.Nullable(), OnUpdate: c.OnUpdate, AutoIncrement: c.AutoIncrement,
		Charset: c.Charset, Collation: c.Collation, Comment: c.Comment, Invisible: c.Invisible, Position: position,
	}
	if d := c.Default; d != nil {
		facts.HasDefault, facts.Default = true, d.Text
		if d.Kind == ddlparse.DefaultNull {
			facts.Default = "NULL"
		}
	}
	if g := c.Generated; g != nil {
		facts.Generated, facts.Stored = g.Expr, g.Stored
	}
	return facts
}

// serverOf is the server of a pass.
func serverOf(e ddlparse.Engine) Server {
	return Server{Kind: string(e.Kind), Version: fmt.Sprintf("%d.%d", e.Major, e.Minor), Major: e.Major, Minor: e.Minor}
}

// textOf is the statement at hand.
func textOf(kind string, span ddlparse.Span) Statement {
	return Statement{Kind: kind, Text: span.Text(), File: span.Path()}
}

// orSpan is the first place that is one.
func orSpan(spans ...ddlparse.Span) ddlparse.Span { return cmp.Or(spans...) }
