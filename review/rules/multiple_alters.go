package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// multipleAltersSameTable speaks of statements that each copy the same table, where one ALTER TABLE
// would copy it once. Only clauses that rebuild for sure count: joining an instant clause with one of
// them would make it slow.
var multipleAltersSameTable = &review.Rule{
	ID:       "multiple-alters-same-table",
	Title:    "Table is rebuilt several times",
	Category: review.Hygiene,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		var runs []*rebuilds
		for _, s := range p.Steps() {
			runs = follow(p, runs, s)
		}
		for _, r := range runs {
			if len(r.steps) > 1 {
				reportRebuilds(p, r)
			}
		}
	},
}

// rebuilds are the statements that rebuild one table with nothing between them that they depend on.
type rebuilds struct {
	table  ddlparse.Name
	steps  []*ddlparse.Step
	closed bool
}

// follow adds the step to its table's run. Rows that are changed in between end it: the statements
// around them can't be joined.
func follow(p *review.Pass, runs []*rebuilds, s *ddlparse.Step) []*rebuilds {
	for _, c := range s.Changes {
		at := c.At()
		switch {
		case onlyWrites(c):
			for _, r := range runs {
				r.closed = r.closed || p.Start().Same(r.table, at.Table)
			}
		case !at.Skipped && !at.Before.IsOpaque() && holdsRows(p, s, at.Before) && rebuildsTable(c):
			r := openRun(p, &runs, at.Table)
			if n := len(r.steps); n == 0 || r.steps[n-1] != s {
				r.steps = append(r.steps, s)
			}
		}
	}
	return runs
}

func onlyWrites(c ddlparse.Change) bool {
	switch c.(type) {
	case *ddlparse.Write, *ddlparse.RenameTable, *ddlparse.DropTable, *ddlparse.TruncateTable:
		return true
	}
	return false
}

func openRun(p *review.Pass, runs *[]*rebuilds, table ddlparse.Name) *rebuilds {
	for _, r := range *runs {
		if !r.closed && p.Start().Same(r.table, table) {
			return r
		}
	}
	r := &rebuilds{table: table}
	*runs = append(*runs, r)
	return r
}

// rebuildsTable reports whether every version of the server copies or rebuilds the table for the change.
func rebuildsTable(c ddlparse.Change) bool {
	switch c := c.(type) {
	case *ddlparse.ModifyColumn:
		return c.Old != nil && c.New != nil && changesStorage(c.Old, c.New)
	case *ddlparse.SetOptions:
		return c.Options.Engine != "" || c.Convert && hasIndexedText(c.Before)
	case *ddlparse.AlterMode:
		return c.Option == "FORCE"
	case *ddlparse.DropIndex:
		return strings.EqualFold(c.Name, ddlparse.PrimaryName)
	case *ddlparse.AddIndex:
		return c.Index.Kind == ddlparse.Primary
	}
	return false
}

// changesStorage leaves out what some server changes in place: strings, members, display widths,
// virtual columns.
func changesStorage(before, after *ddlparse.Column) bool {
	counted := func(t ddlparse.Type) bool { return t.IsNumeric() || t.IsTemporal() }
	if before.Generated != nil || after.Generated != nil || !counted(before.Type) || !counted(after.Type) {
		return false
	}
	if before.Type.IsInteger() && after.Type.IsInteger() {
		return before.Type.Name != after.Type.Name || before.Type.Unsigned != after.Type.Unsigned
	}
	return before.Type.Name != after.Type.Name
}

func hasIndexedText(t *ddlparse.Table) bool {
	for _, x := range t.Indexes {
		for _, name := range x.Columns() {
			if c := t.Column(name); c != nil && c.Type.IsText() {
				return true
			}
		}
	}
	return false
}

func reportRebuilds(p *review.Pass, r *rebuilds) {
	f := review.Finding{
		Object:  r.table.String(),
		Span:    firstLine(r.steps[1].Statement.Span),
		Problem: review.Msg("%d statements rebuild `%s`, one after the other: %s copies all its rows each time.", len(r.steps), r.table.String(), p.Engine.Title()),
		Advice:  review.Msg("Join them in one ALTER TABLE, which copies the rows once."),
		Related: []review.Related{{Span: firstLine(r.steps[0].Statement.Span), Note: review.Msg("The first of them")}},
	}
	for _, s := range r.steps[2:] {
		f.Places = append(f.Places, firstLine(s.Statement.Span))
	}
	p.Report(f)
}
