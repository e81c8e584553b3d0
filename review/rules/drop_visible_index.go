package rules

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropVisibleIndex speaks of dropping an index that the optimizer could still choose until then. An
// index that was hidden before the change set has shown that no query misses it.
var dropVisibleIndex = &review.Rule{
	ID:       "drop-visible-index",
	Title:    "Index is dropped without being hidden first",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Engines:  func(e ddlparse.Engine) bool { return hidingWord(e) != "" },
	Params: []review.Param{
		{Name: "exempt_redundant", Default: true, Doc: "An index may go if another one starts with all of its columns."},
		{Name: "exempt_unique", Default: false, Doc: "Unique keys may be dropped at once."},
	},
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.DropIndex](p) {
			if !visibleTillNow(p, c) || exemptDrop(p, c) {
				continue
			}
			x := c.Index
			f := review.Finding{
				Object:  objectOf(c.Table, x.Name),
				Span:    c.Span,
				Problem: review.Msg("Queries of `%s` may still use the index `%s`; if one does, it scans the table on %s until the index has been built again.", c.Table.String(), x.Name, p.Engine.Title()),
				Advice:  review.Msg("Make `%s` %s now, which is undone in a moment, and drop it in a later migration.", x.Name, hidingWord(p.Engine)),
			}
			if x.Unique() {
				f.Advice = review.Msg("Make `%s` %s in a migration before this one, which is undone in a moment; it refuses duplicates until it is dropped here.", x.Name, hidingWord(p.Engine))
			} else {
				f.Fix = hideInstead(p.Engine, s, c)
			}
			p.Report(f)
		}
	},
}

// visibleTillNow reports whether the change set drops an index that was there before it, in sight.
func visibleTillNow(p *review.Pass, c *ddlparse.DropIndex) bool {
	x := c.Index
	if x == nil || x.Implicit || x.Kind == ddlparse.Primary || p.New(x.Origin) || p.Created(c.Before) {
		return false
	}
	if old := startTable(p, c.Before).Index(x.Name); old != nil && old.Invisible {
		return false
	}
	return !x.Invisible || p.New(x.Defined)
}

// exemptDrop: another index does its work afterwards, or its first column is gone too, and the queries
// that it served with it.
func exemptDrop(p *review.Pass, c *ddlparse.DropIndex) bool {
	x := c.Index
	if x.Unique() && review.Value[bool](p, "exempt_unique") {
		return true
	}
	t := p.Final().Table(c.Before.Name)
	if t == nil && c.After != nil {
		t = p.Final().Table(c.After.Name)
	}
	if t == nil || t.IsOpaque() {
		return true // the table went away, or nobody knows what became of it
	}
	if first := x.Columns(); len(first) > 0 && t.Known() && t.Column(first[0]) == nil {
		return true
	}
	return review.Value[bool](p, "exempt_redundant") && slices.ContainsFunc(t.Indexes, func(y *ddlparse.Index) bool {
		return !y.Invisible && indexType(x) == indexType(y) && beginsWith(y, x)
	})
}

// hideInstead hides the index where the statement would drop it.
func hideInstead(e ddlparse.Engine, s *ddlparse.Step, c *ddlparse.DropIndex) *review.Edit {
	clause := "ALTER INDEX " + sqlName(c.Index.Name) + " " + hidingWord(e)
	if s.Statement.Verb != "ALTER TABLE" {
		clause = "ALTER TABLE " + sqlTable(c.Table) + " " + clause
	}
	return &review.Edit{Title: "Hide the index first", Span: c.Span, New: clause}
}
