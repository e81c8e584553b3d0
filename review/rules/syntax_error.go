package rules

import (
	"sort"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// syntaxError reports what the judge calls a syntax error; what is merely not understood isn't one.
var syntaxError = &review.Rule{
	ID:       "syntax-error",
	Title:    "Statement is a syntax error",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithout(ddlparse.SyntaxError, saidElsewhere, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		advice = review.Msg("Correct the statement here: the migration stops at it, and the DDL before it in the file stays applied, since %s can't roll DDL back.", p.Engine.Title())
		if inDown(p, pr.Span) {
			advice = review.Msg("Correct the statement here: taking the migration back stops at it.")
		}
		if pr.Value == "" {
			return review.Msg("%s refuses this statement as a syntax error (error %s).", p.Engine.Title(), review.Errno(pr.Number)), advice
		}
		return review.Msg("%s refuses this statement: syntax error near `%s` (error %s).", p.Engine.Title(), pr.Value, review.Errno(pr.Number)), advice
	}),
}

// saidElsewhere reports whether another rule says what the server stumbles over: a mark of a merge conflict, or a
// character that nobody sees.
func saidElsewhere(p *review.Pass, pr *ddlparse.Problem) bool {
	return inConflict(pr.Span) || invisibleNear(p, pr.Span)
}

// inDown reports whether the place is in a part that only runs backwards.
func inDown(p *review.Pass, at ddlparse.Span) bool {
	for _, m := range p.Plan.Migrations {
		if m.Source != at.Source {
			continue
		}
		i := sort.Search(len(m.Down), func(i int) bool { return m.Down[i].Span.End >= at.End })
		if i < len(m.Down) && m.Down[i].Span.Contains(at) {
			return true
		}
	}
	return false
}
