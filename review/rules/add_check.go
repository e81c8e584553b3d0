package rules

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// addCheckConstraint speaks of checks that rows must pass which nobody checked before.
var addCheckConstraint = &review.Rule{
	ID:       "add-check-constraint",
	Title:    "Check constraint is added to existing data",
	Category: review.DataDependent,
	Severity: review.Warning,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 16) || e.MariaDB(10, 2, 1) },
	Params: []review.Param{
		{Name: "suggest_violation_query", Default: true, Doc: "The advice holds a query that finds the rows that break the check."},
	},
	Check: func(p *review.Pass) {
		h := pastOf(p)
		for s, c := range review.Each[*ddlparse.AddCheck](p) {
			if !c.Check.Enforced || !h.holdsRows(s, c.Before) || !h.judgesOldValues(s, c) || heldAlready(p, c) || correction(p, s, &c.Clause, c.Check.Columns...) != nil {
				continue
			}
			number := review.Errno(3819)
			if p.Engine.IsMariaDB() {
				number = 4025
			}
			f := review.Finding{
				Object:  objectOf(c.Table, c.Check.Name),
				Span:    c.Check.Span,
				Problem: review.Msg("%s copies `%s` to check every row against `%s`, and stops with error %s at the first one that breaks it.", p.Engine.Title(), c.Table.String(), c.Check.Name, number),
				Advice:  review.Msg("Correct the rows that break it in an earlier migration, and make sure that running code writes none."),
			}
			if review.Value[bool](p, "suggest_violation_query") {
				f.Advice = review.Msg("Correct what `%s` finds in an earlier migration, and make sure that running code writes no such rows.", "SELECT * FROM "+sqlTable(c.Table)+" WHERE NOT ("+c.Check.Expr+")")
			}
			p.Report(f)
		}
	},
}

// judgesOldValues reports whether the check looks at a column whose values the change set neither made
// nor corrected.
func (h *past) judgesOldValues(s *ddlparse.Step, c *ddlparse.AddCheck) bool {
	if len(c.Check.Columns) == 0 {
		return false
	}
	for _, name := range c.Check.Columns {
		if h.prepared(s, c.Table, name) {
			return false
		}
	}
	return !slices.ContainsFunc(c.Check.Columns, func(name string) bool { return bornHere(h.p, c.After.Column(name)) })
}

// heldAlready reports whether the table had the same check before the statement, or before the change set.
func heldAlready(p *review.Pass, c *ddlparse.AddCheck) bool {
	equal := func(k *ddlparse.Check) bool { return k.Enforced && plainSQL(k.Expr) == plainSQL(c.Check.Expr) }
	if slices.ContainsFunc(c.Before.Checks, equal) {
		return true
	}
	start := startTable(p, c.Before)
	return start != nil && slices.ContainsFunc(start.Checks, equal)
}
