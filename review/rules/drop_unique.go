package rules

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropUniqueConstraint speaks of unique keys that nothing replaces. The primary key has rules of its own.
var dropUniqueConstraint = &review.Rule{
	ID:       "drop-unique-constraint",
	Title:    "Unique key is dropped or widened",
	Category: review.Destructive,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.DropIndex](p) {
			x := c.Index
			if x == nil || x.Kind != ddlparse.Unique || p.New(x.Origin) || p.Created(c.Before) {
				continue
			}
			t := p.Final().Table(c.Before.Name)
			if t == nil && c.After != nil {
				t = p.Final().Table(c.After.Name)
			}
			if t != nil && !t.IsOpaque() && allThere(t, keyColumns(x)) && !slices.ContainsFunc(t.Indexes, func(y *ddlparse.Index) bool { return implies(y, x) }) {
				reportLostKey(p, c, t)
			}
		}
	},
}

func reportLostKey(p *review.Pass, c *ddlparse.DropIndex, t *ddlparse.Table) {
	x := c.Index
	f := review.Finding{
		Object:  objectOf(c.Table, x.Name),
		Span:    c.Span,
		Problem: review.Msg("Without the unique key `%s`, %s takes rows of `%s` that are equal in %s: INSERT … ON DUPLICATE KEY UPDATE adds rows where it updated, and the key can't come back once there are duplicates.", x.Name, p.Engine.Title(), c.Table.String(), partList(x)),
		Advice:  review.Msg("Drop it only once no code counts on %s being unique.", partList(x)),
	}
	wider := slices.IndexFunc(t.Indexes, func(y *ddlparse.Index) bool { return y.Unique() && implies(x, y) && p.New(y.Defined) })
	if wider >= 0 {
		y := t.Indexes[wider]
		f.Problem = review.Msg("The unique key `%s` is replaced by `%s` on %s: %s takes rows of `%s` that are equal in %s from then on.", x.Name, y.Name, partList(y), p.Engine.Title(), c.Table.String(), partList(x))
		f.Related = []review.Related{{Span: y.Span, Note: review.Msg("`%s` is defined here", y.Name)}}
	}
	p.Report(f)
}
