package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// replaceInto speaks of REPLACE where the row that it deletes matters to others. MySQL 8.4 manual,
// "REPLACE Statement".
var replaceInto = &review.Rule{
	ID:       "replace-into",
	Title:    "REPLACE deletes the row it replaces",
	Category: review.Statements,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		said := map[string]bool{}
		for s, w := range review.Each[*ddlparse.Write](p) {
			if w.Verb != "REPLACE" || ownRows(p, w) {
				continue
			}
			f := review.Finding{Object: w.Table.String(), Span: writeHead(w)}
			if !sayReplaced(p, s, w, &f) || said[f.Object] {
				continue
			}
			said[f.Object] = true
			f.Advice = review.Msg("Use INSERT … ON DUPLICATE KEY UPDATE, which changes the row in place.")
			p.Report(f)
		}
	},
}

// sayReplaced words the first of the reasons that there are: children, triggers, several keys.
func sayReplaced(p *review.Pass, s *ddlparse.Step, w *ddlparse.Write, f *review.Finding) bool {
	table := w.Table.String()
	if child, k := loneChild(p, s, w); child != nil {
		f.Related = []review.Related{{Span: k.Span, Note: review.Msg("`%s` refers to it here", child.Name.String())}}
		switch k.OnDelete {
		case "CASCADE":
			f.Problem = review.Msg("REPLACE deletes the row of `%s` before it inserts the new one: ON DELETE CASCADE takes the rows of `%s` along.", table, child.Name.String())
		case "SET NULL":
			f.Problem = review.Msg("REPLACE deletes the row of `%s` before it inserts the new one: ON DELETE SET NULL cuts the rows of `%s` off from it.", table, child.Name.String())
		default:
			f.Problem = review.Msg("REPLACE deletes the row of `%s` before it inserts the new one: %s refuses that while rows of `%s` refer to it (error %s).", table, p.Engine.Title(), child.Name.String(), review.Errno(1451))
		}
		return true
	}
	for t := range s.Before.TriggersOf(w.Table) {
		if t.Event == "DELETE" {
			f.Problem = review.Msg("REPLACE deletes the row of `%s` before it inserts the new one, so the trigger `%s` runs as for a DELETE.", table, t.Name.String())
			f.Related = []review.Related{{Span: firstLine(t.Span), Note: review.Msg("`%s` is defined here", t.Name.String())}}
			return true
		}
	}
	if keys := uniqueKeys(w.Before); len(keys) > 1 {
		f.Problem = review.Msg("`%s` has %d unique keys (%s): one REPLACE deletes every row that clashes with any of them, and columns that it doesn't list fall back to their defaults.", table, len(keys), quoted(keys))
		return true
	}
	return false
}

// loneChild finds a foreign key that the deletion reaches. From 9.0 MySQL is taken to change a row
// with the same primary key in place, as 9.7 does, so that only other keys can delete it.
func loneChild(p *review.Pass, s *ddlparse.Step, w *ddlparse.Write) (*ddlparse.Table, *ddlparse.ForeignKey) {
	if p.Engine.MySQL(9, 0, 0) && len(uniqueKeys(w.Before)) < 2 {
		return nil, nil
	}
	for child, k := range s.Before.Children(w.Table) {
		return child, k
	}
	return nil, nil
}

// uniqueKeys names the unique keys that are known of the table.
func uniqueKeys(t *ddlparse.Table) []string {
	if t == nil {
		return nil
	}
	var names []string
	for _, x := range t.Indexes {
		if x.Unique() {
			names = append(names, x.Name)
		}
	}
	return names
}
