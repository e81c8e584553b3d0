package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// checkNotEnforced speaks of checks that the server reads and forgets, and of those of new tables that are switched
// off. On a table with rows, NOT ENFORCED is the first of two steps. MySQL 8.0.16 release notes; MariaDB 10.2.1;
// https://docs.pingcap.com/tidb/stable/constraints
var checkNotEnforced = &review.Rule{
	ID:       "check-constraint-not-enforced",
	Title:    "CHECK constraint is not enforced",
	Category: review.Defaults,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "tidb_checks", Default: false, Doc: "The TiDB clusters run with tidb_enable_check_constraint switched on."}},
	Check: func(p *review.Pass) {
		forgets := forgetsChecks(p.Engine)
		if forgets && !(p.Engine.IsTiDB() && review.Value[bool](p, "tidb_checks")) {
			for _, c := range review.Each[*ddlparse.CreateTable](p) {
				if !c.Skipped {
					reportForgotten(p, &c.Clause, c.Forgotten)
				}
			}
			for _, c := range review.Each[*ddlparse.AddCheck](p) {
				reportForgotten(p, &c.Clause, []*ddlparse.Check{c.Check})
			}
			return
		}
		for t := range p.CreatedTables() {
			reportSwitchedOff(p, t)
		}
	},
}

// forgetsChecks reports whether the server, as it is set up, takes CHECK without a meaning.
func forgetsChecks(e ddlparse.Engine) bool {
	return e.IsMySQL() && !e.MySQL(8, 0, 16) || e.IsMariaDB() && !e.MariaDB(10, 2, 1) || e.IsTiDB()
}

// reportForgotten speaks of the checks as they are written: a server that forgets them leaves none behind.
func reportForgotten(p *review.Pass, at *ddlparse.Clause, checks []*ddlparse.Check) {
	if len(checks) == 0 || checks[0] == nil || p.Final().Table(at.Table) == nil {
		return
	}
	f := review.Finding{
		Object: at.Table.String(), Span: checks[0].Span, Places: checkPlaces(checks[1:]),
		Problem: review.Msg("%s reads the CHECK of `%s` and forgets it: it takes every row, whatever the constraint says.", p.Engine.Title(), at.Table.String()),
		Advice:  review.Msg("Check the values in the application or in triggers, or leave the constraint out."),
	}
	if p.Engine.IsTiDB() {
		f.Problem = review.Msg("%s reads the CHECK of `%s` and forgets it unless tidb_enable_check_constraint is on, which it isn't by default.", p.Engine.Title(), at.Table.String())
		f.Advice = review.Msg("Switch tidb_enable_check_constraint on before, or check the values in the application.")
	}
	p.Report(f)
}

func reportSwitchedOff(p *review.Pass, t *ddlparse.Table) {
	var off []*ddlparse.Check
	for _, k := range t.Checks {
		if !k.Enforced {
			off = append(off, k)
		}
	}
	if len(off) == 0 {
		return
	}
	p.Report(review.Finding{
		Object: t.Name.String(), Span: off[0].Span, Places: checkPlaces(off[1:]),
		Problem: review.Msg("The CHECK of `%s` is NOT ENFORCED: %s takes every row, whatever it says.", t.Name.String(), p.Engine.Title()),
		Advice:  review.Msg("Leave NOT ENFORCED out: the table has no rows yet that could break the rule."),
	})
}

func checkPlaces(list []*ddlparse.Check) []ddlparse.Span {
	var places []ddlparse.Span
	for _, k := range list {
		places = append(places, k.Span)
	}
	return places
}
