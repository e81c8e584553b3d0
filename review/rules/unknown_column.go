package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unknownColumn reports columns that a statement names and its table doesn't have at that moment.
// Columns of a table that the history never created are not known, so they are never unknown.
var unknownColumn = &review.Rule{
	ID:       "unknown-column",
	Title:    "Column does not exist",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.UnknownColumn, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		problem = review.Msg("`%s` has no column `%s` when this statement runs; %s refuses it (error %s).", pr.Table.String(), pr.Name, p.Engine.Title(), review.Errno(pr.Number))
		return problem, review.Msg("Correct the name, or add `%s` in an earlier statement.", pr.Name)
	}),
}
