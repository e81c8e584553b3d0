package rules

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// updateDeleteNoUsableIndex speaks of conditions that no index of the table can help with. What changes nearly all rows
// is left to the rules about that. MySQL 8.4 manual, "Locks Set by Different SQL Statements in InnoDB".
var updateDeleteNoUsableIndex = &review.Rule{
	ID:       "update-delete-no-usable-index",
	Title:    "UPDATE or DELETE finds its rows without an index",
	Category: review.Statements,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		about := func(w *ddlparse.Write) bool {
			return (w.Verb == "UPDATE" || w.Verb == "DELETE") && !w.Where.IsZero() && !w.Joined && !w.Limit && scansTable(p, w)
		}
		for _, g := range writesByTable(p, about) {
			severity := p.SeverityFor(g.table)
			if severity == review.Off {
				continue
			}
			f := g.finding()
			f.Severity = severity
			f.Problem = review.Msg("No index of `%s` begins with a column of the condition: %s reads all rows and keeps each one that it read locked until the transaction ends, so that other writers wait.", g.table.String(), p.Engine.Title())
			f.Advice = review.Msg("Pick the rows by primary key in batches, or add an index for the condition first.")
			p.Report(f)
		}
	},
}

// scansTable reports whether the condition surely has no column that an index begins with.
func scansTable(p *review.Pass, w *ddlparse.Write) bool {
	t := w.Before
	if t == nil || !t.Known() || !isInnoDB(t) || reachesAll(w) || coversMost(p, w) {
		return false
	}
	return !slices.ContainsFunc(t.Indexes, func(x *ddlparse.Index) bool {
		if len(x.Parts) == 0 {
			return false
		}
		first := x.Parts[0]
		return first.Column != "" && mentions(w.Where.Text(), first.Column) ||
			slices.ContainsFunc(first.Columns, func(c string) bool { return mentions(w.Where.Text(), c) })
	})
}
