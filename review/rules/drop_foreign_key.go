package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropForeignKey speaks of references that nothing checks any more. One that only changes its name or its actions is
// back at the end.
var dropForeignKey = &review.Rule{
	ID:       "drop-foreign-key",
	Title:    "Foreign key is dropped",
	Category: review.ForeignKeys,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		eachDroppedKey(p, func(_ *ddlparse.Step, c *ddlparse.Clause, f *ddlparse.ForeignKey, t *ddlparse.Table) {
			if p.Final().Table(f.Parent) == nil || foreignKeyIgnored(p.Engine, t, f) {
				return
			}
			p.Report(review.Finding{
				Object: objectOf(c.Table, f.Name), Span: c.Span,
				Problem: review.Msg("Without `%s`, %s no longer keeps rows of `%s` from referring to rows that `%s` doesn't have.", f.Name, p.Engine.Title(), c.Table.String(), f.Parent.String()),
				Advice:  review.Msg("Make sure that the application deletes and checks such rows itself from now on."),
				Related: []review.Related{{Span: f.Span, Note: review.Msg("`%s` is defined here", f.Name)}},
			})
		})
	},
}

// eachDroppedKey yields the foreign keys that were there before the change set and are gone behind it, with their
// tables as they are left, of which all columns are still there.
func eachDroppedKey(p *review.Pass, found func(*ddlparse.Step, *ddlparse.Clause, *ddlparse.ForeignKey, *ddlparse.Table)) {
	look := func(s *ddlparse.Step, c *ddlparse.Clause, key *ddlparse.ForeignKey) {
		if key != nil && c.After != nil && !p.New(key.Origin) && !p.Created(c.Before) {
			if t := p.Final().Table(c.After.Name); t != nil && !t.IsOpaque() && allThere(t, key.Columns) && !refers(t, key.Columns) {
				found(s, c, key, t)
			}
		}
	}
	for s, c := range review.Each[*ddlparse.DropForeignKey](p) {
		look(s, &c.Clause, c.Key)
	}
	for s, c := range review.Each[*ddlparse.DropIndex](p) {
		if c.AnyConstraint && c.Index == nil && c.Before != nil {
			look(s, &c.Clause, c.Before.ForeignKey(c.Name))
		}
	}
}

// refers reports whether a foreign key of the table has these columns.
func refers(t *ddlparse.Table, columns []string) bool {
	return slices.ContainsFunc(t.ForeignKeys, func(f *ddlparse.ForeignKey) bool { return slices.EqualFunc(f.Columns, columns, strings.EqualFold) })
}

// dropForeignKeyLeavesIndex speaks of the index that the server once made for the foreign key. MySQL 9.7 and MariaDB 10.11
// keep it.
var dropForeignKeyLeavesIndex = &review.Rule{
	ID:       "drop-foreign-key-leaves-index",
	Title:    "Index of a dropped foreign key stays",
	Category: review.ForeignKeys,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		eachDroppedKey(p, func(s *ddlparse.Step, c *ddlparse.Clause, key *ddlparse.ForeignKey, t *ddlparse.Table) {
			x := implicitIndex(t, key.Columns)
			if x == nil || foreignKeyIgnored(p.Engine, t, key) {
				return
			}
			f := review.Finding{
				Object: objectOf(c.Table, x.Name), Span: c.Span,
				Problem: review.Msg("The index `%s`, which %s made for the foreign key `%s`, stays: every write goes on paying for it.", x.Name, p.Engine.Title(), key.Name),
				Advice:  review.Msg("Drop it too, unless queries use it: `%s`.", "DROP INDEX "+sqlName(x.Name)),
			}
			if s.Statement.Verb == "ALTER TABLE" && len(s.Changes) == 1 {
				at := c.Span
				at.Start = at.End
				f.Fix = &review.Edit{Title: "Drop the index too", Span: at, New: ", DROP INDEX " + sqlName(x.Name)}
			}
			p.Report(f)
		})
	},
}
