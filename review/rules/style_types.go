package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// typeStyle is what rules about the way a type is written have in common: they look at columns to which the
// change set gave their type, and speak once for each table.
type typeStyle struct {
	about func(*ddlparse.Table, *ddlparse.Column) bool
	say   func(columns string, list []*ddlparse.Column) (problem, advice review.Message)
	fix   func(*ddlparse.Table, *ddlparse.Column) *review.Edit // nil where no correction is mechanical
}

func (s typeStyle) check(p *review.Pass) {
	about := func(t *ddlparse.Table, c *ddlparse.Column) bool { return s.about(t, c) && typeIsNew(p, t, c) }
	columnsOfTables(p, about, func(t *ddlparse.Table, list []*ddlparse.Column) {
		f := review.Finding{Object: objectOfColumns(t, list), Span: list[0].TypeSpan, Places: typePlaces(list)}
		f.Problem, f.Advice = s.say(columnPaths(t, list), list)
		s.mend(&f, t, list)
		p.Report(f)
	})
}

// mend gives the corrections of all columns, or none: half a table in the old style helps nobody.
func (s typeStyle) mend(f *review.Finding, t *ddlparse.Table, list []*ddlparse.Column) {
	if s.fix == nil {
		return
	}
	var edits []review.Edit
	for _, c := range list {
		e := s.fix(t, c)
		if e == nil {
			return
		}
		edits = append(edits, *e)
	}
	f.Fix, f.PlaceFixes = &edits[0], edits[1:]
}
