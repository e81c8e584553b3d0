package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// renameAndReuseName speaks of names that mean another column behind the change set: code that is still running
// finds no error. A generated column under the old name only repeats the values.
var renameAndReuseName = &review.Rule{
	ID:       "rename-and-reuse-name",
	Title:    "Name of a renamed column is given to another one",
	Category: review.Compatibility,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			to := renamedTo(c)
			if to == "" || c.Old == nil || !holdsRows(p, s, c.Before) || bornHere(p, c.Old) {
				continue
			}
			now, start := finalColumn(p, &c.Clause, c.Name), startTable(p, c.Before).Column(c.Name)
			if now == nil || now.Generated != nil || start == nil || start.Origin != c.Old.Origin || now.Origin == c.Old.Origin && !swapsNames(s, c) || filledFrom(p, c, now) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` becomes `%s`, and another column gets the name: code that is still running reads and writes the wrong column, and %s raises no error.", objectOf(c.Table, c.Name), to, p.Engine.Title()),
				Advice:  review.Msg("Give the other column a name that was never used."),
				Related: []review.Related{{Span: now.Span, Note: review.Msg("`%s` is defined here", now.Name)}},
			})
		}
	},
}

// swapsNames reports whether the statement gives the name to another column that was there.
func swapsNames(s *ddlparse.Step, c *ddlparse.ModifyColumn) bool {
	for _, other := range s.Changes {
		if o, ok := other.(*ddlparse.ModifyColumn); ok && o != c && strings.EqualFold(renamedTo(o), c.Name) && o.Table == c.Table {
			return true
		}
	}
	return false
}

// filledFrom reports whether the change set writes the column that has the name now: then it goes on with
// the old values.
func filledFrom(p *review.Pass, c *ddlparse.ModifyColumn, now *ddlparse.Column) bool {
	for _, x := range pastOf(p).writes[strings.ToLower(c.Table.Name)] {
		if writesTo(p, x.write, c.Table) && assigns(x.write, now.Name) {
			return true
		}
	}
	return false
}

// crossDatabaseRename speaks of tables that leave their database. A table with triggers can't. Tried on MySQL
// 9.7 and MariaDB 10.11. rename-table leaves these to this rule.
var crossDatabaseRename = &review.Rule{
	ID:       "cross-database-rename",
	Title:    "Table is moved to another database",
	Category: review.Compatibility,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.RenameTable](p) {
			if !movesAway(c) || c.Before == nil || c.Before.Temporary || p.Created(c.Before) {
				continue
			}
			f := review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("`%s` moves to `%s`: code that looks for it where it was fails (error %s), and %s takes no grant along.", c.Table.String(), c.To.String(), review.Errno(1146), p.Engine.Title()),
				Advice:  review.Msg("Create the table there, let code write both, copy the rows, and drop `%s` in a later migration.", c.Table.String()),
			}
			for t := range s.Before.TriggersOf(c.Before.Name) {
				f.Problem = review.Msg("`%s` has the trigger `%s`: %s refuses to move the table to another database (error %s).", c.Table.String(), t.Name.String(), p.Engine.Title(), review.Errno(1435))
				f.Advice = review.Msg("Drop the trigger `%s` in an earlier statement, and create it again behind.", t.Name.String())
				f.Related = []review.Related{{Span: firstLine(t.Span), Note: review.Msg("The trigger `%s` is defined here", t.Name.String())}}
				break
			}
			p.Report(f)
		}
	},
}

// movesAway reports whether both names say a database, and not the same. Where one doesn't, the tool's own
// database may be the one that is named.
func movesAway(c *ddlparse.RenameTable) bool {
	return c.Table.Database != "" && c.To.Database != "" && !strings.EqualFold(c.Table.Database, c.To.Database)
}
