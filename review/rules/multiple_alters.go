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
		open := map[string]*rebuilds{}
		var all []*rebuilds
		for _, s := range p.Steps() {
			all = follow(p, open, all, s)
		}
		for _, r := range all {
			if len(r.steps) > 1 {
				reportRebuilds(p, r)
			}
		}
	},
}

// rebuilds are the statements that rebuild one table with nothing between them that they depend on.
type rebuilds struct {
	table ddlparse.Name
	steps []*ddlparse.Step
}

// follow adds the step to its table's open run. Rows that are changed in between end it: the statements
// around them can't be joined.
func follow(p *review.Pass, open map[string]*rebuilds, all []*rebuilds, s *ddlparse.Step) []*rebuilds {
	for _, c := range s.Changes {
		at := c.At()
		key := strings.ToLower(at.Table.String())
		switch {
		case onlyWrites(c):
			delete(open, key)
		case !at.Skipped && !at.Before.IsOpaque() && rebuildsTable(c) && holdsRows(p, s, at.Before):
			if open[key] == nil {
				open[key] = &rebuilds{table: at.Table}
				all = append(all, open[key])
			}
			if r := open[key]; len(r.steps) == 0 || r.steps[len(r.steps)-1] != s {
				r.steps = append(r.steps, s)
			}
		}
	}
	return all
}

func onlyWrites(c ddlparse.Change) bool {
	switch c.(type) {
	case *ddlparse.Write, *ddlparse.RenameTable, *ddlparse.DropTable, *ddlparse.TruncateTable:
		return true
	}
	return false
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
