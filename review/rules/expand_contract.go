package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// expandAndContract speaks of a column whose values the change set copies into another one before it drops it: the
// right steps, without the release in between. drop-column leaves such a column to this rule.
var expandAndContract = &review.Rule{
	ID:       "mixed-expand-and-contract",
	Title:    "Column is replaced in one change set",
	Category: review.Hygiene,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for d, n := range *review.Memo(p, gatherReplaced) {
			p.Report(review.Finding{
				Object:  objectOf(d.Table, d.Name),
				Span:    d.Span,
				Related: []review.Related{{Span: firstLine(n.Span), Note: review.Msg("`%s` is added here", objectOf(n.Table, n.Column.Name))}},
				Problem: review.Msg("`%s` is added, filled from `%s`, and `%s` dropped in one change set: the old release fails behind it and the new one before it, and what is written in between is lost.", n.Column.Name, d.Name, d.Name),
				Advice:  review.Msg("Add and fill `%s` here, release code that writes both and then only `%s`, and drop `%s` in a later change set.", n.Column.Name, n.Column.Name, d.Name),
			})
		}
	},
}

// replacedColumns are the dropped columns whose values the change set copied into a new column of the table.
type replacedColumns map[*ddlparse.DropColumn]*ddlparse.AddColumn

func gatherReplaced(p *review.Pass) *replacedColumns {
	found := replacedColumns{}
	for _, t := range trafficByTable(p) {
		for _, d := range t.dropped {
			if n := filledBy(p, t, d); n != nil && finalColumn(p, &n.Clause, n.Column.Name) != nil {
				found[d] = n
			}
		}
	}
	return &found
}

// filledBy is the added column that an UPDATE gives the values of the dropped one.
func filledBy(p *review.Pass, t *traffic, d *ddlparse.DropColumn) *ddlparse.AddColumn {
	for _, w := range pastOf(p).writes[strings.ToLower(d.Table.Name)] {
		if w.write.Verb != "UPDATE" || !writesTo(p, w.write, d.Table) {
			continue
		}
		for _, a := range w.write.Set {
			for _, n := range t.added {
				if strings.EqualFold(n.Column.Name, a.Column) && !strings.EqualFold(a.Column, d.Name) && mentions(a.Value, d.Name) {
					return n
				}
			}
		}
	}
	return nil
}
