package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropColumn speaks of columns with values that were there before the change set. A virtual column
// has none of its own, and a table born in the change set has no rows and no readers.
var dropColumn = &review.Rule{
	ID:       "drop-column",
	Title:    "Column is dropped",
	Category: review.Destructive,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "exempt_virtual", Default: true, Doc: "Virtual generated columns hold no data and may be dropped."},
	},
	Check: func(p *review.Pass) {
		heirs, replaced := *review.Memo(p, gatherHeirs), *review.Memo(p, gatherReplaced)
		for s, c := range review.Each[*ddlparse.DropColumn](p) {
			if heirs[c] != nil || replaced[c] != nil || p.Created(c.Before) || bornHere(p, c.Column) || !holdsValues(p, c.Column) || swapped(p, s, c) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` and every value in it are gone for good once %s has run this, and code that still reads or writes the column fails (error %s).", objectOf(c.Table, c.Name), p.Engine.Title(), review.Errno(1054)),
				Advice:  review.Msg("Release code that no longer uses `%s` first, then drop it in a later migration; a copy of the values is the only way back.", c.Name),
			})
		}
	},
}

// swapped reports whether the change set copied the values into a column that has the name in the end.
func swapped(p *review.Pass, s *ddlparse.Step, c *ddlparse.DropColumn) bool {
	t := p.Final().Table(c.Before.Name)
	if t == nil && c.After != nil {
		t = p.Final().Table(c.After.Name)
	}
	if t.Column(c.Name) == nil {
		return false
	}
	for w := range writesBefore(p, s, c.Table) {
		for _, a := range w.Set {
			if mentions(a.Value, c.Name) && !strings.EqualFold(a.Column, c.Name) && c.Before.Column(a.Column) != nil {
				return true
			}
		}
	}
	return false
}

// bornHere reports whether the change set itself added the column, so that no value is lost.
func bornHere(p *review.Pass, c *ddlparse.Column) bool { return c != nil && p.New(c.Origin) }

// holdsValues is false for columns that the server computes whenever they are read. Of a column of
// a table that the history never created nothing is known, so it may well hold some.
func holdsValues(p *review.Pass, c *ddlparse.Column) bool {
	virtual := c != nil && c.Generated != nil && !c.Generated.Stored
	return !virtual || !review.Value[bool](p, "exempt_virtual")
}
