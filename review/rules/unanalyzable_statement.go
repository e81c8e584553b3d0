package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unanalyzableStatement reports statements after which the schema may be anything: SQL that is put
// together at run time, and calls of procedures that the history doesn't hold, once for each procedure
// and file. Statements that are
// merely not modelled are listed with the report, not here.
var unanalyzableStatement = &review.Rule{
	ID:       "unanalyzable-statement",
	Title:    "Effect of the statement can't be known",
	Category: review.Syntax,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "allow_statement_kinds", Default: []string{}, Doc: "Statements that may stay unknown, by their first words: EXECUTE, CALL or CALL with the name of a procedure."},
	},
	Check: func(p *review.Pass) {
		allowed := review.Value[[]string](p, "allow_statement_kinds")
		said := map[string]*review.Finding{}
		var order []*review.Finding
		for step, c := range review.Each[*ddlparse.Unanalyzable](p) {
			key := c.Span.Path() + " " + c.What
			switch f := said[key]; {
			case serverProcedure(c.What) || allows(allowed, c.What):
			case f != nil && c.Routine != "":
				f.Places = append(f.Places, c.Span)
			default:
				f := &review.Finding{Span: c.Span}
				f.Problem, f.Advice = sayUnanalyzable(step, c)
				said[key], order = f, append(order, f)
			}
		}
		for _, f := range order {
			p.Report(*f)
		}
	},
}

func sayUnanalyzable(s *ddlparse.Step, c *ddlparse.Unanalyzable) (problem, advice review.Message) {
	name, called := strings.CutPrefix(c.What, "CALL ")
	switch {
	case called && s.Before.Routine("PROCEDURE", ddlparse.Name{Name: c.Routine}) != nil:
		return review.Msg("The procedure `%s` puts its SQL together from its arguments, so nobody can tell what this call does to the schema; nothing of it was checked.", name),
			review.Msg("Write the statement itself into the migration.")
	case called:
		return review.Msg("No migration creates the procedure `%s`, so nobody can tell what this call does to the schema; nothing of it was checked.", name),
			review.Msg("Write the statements that the procedure runs into the migration, or create `%s` in an earlier one.", name)
	}
	return review.Msg("The SQL of this %s is put together at run time, so nobody can tell what it does to the schema; nothing of it was checked.", c.What),
		review.Msg("Write the statement itself into the migration, or PREPARE it from one string literal.")
}

// serverProcedure reports whether a call is of a procedure that servers bring along and that leaves schemas alone.
func serverProcedure(what string) bool {
	name := strings.ToLower(strings.TrimPrefix(what, "CALL "))
	return strings.HasPrefix(name, "mysql.") || strings.HasPrefix(name, "sys.")
}

func allows(allowed []string, what string) bool {
	verb, _, _ := strings.Cut(what, " ")
	return slices.ContainsFunc(allowed, func(a string) bool { return strings.EqualFold(a, what) || strings.EqualFold(a, verb) })
}
