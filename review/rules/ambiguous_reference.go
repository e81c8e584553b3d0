package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// ambiguousReference reports names in queries that mean two things. Tables whose columns aren't known add
// none, so what is reported is ambiguous for sure.
var ambiguousReference = &review.Rule{
	ID:       "ambiguous-reference",
	Title:    "Column or alias is ambiguous",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.AmbiguousReference, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		if pr.Reason == "alias" {
			return review.Msg("The name `%s` stands for two tables of one FROM clause; %s refuses the statement (error %s).", pr.Name, engine, number),
				review.Msg("Give one of the two another alias.")
		}
		return review.Msg("Both `%s` and `%s` have a column `%s`; %s refuses the statement (error %s).", pr.Value, pr.Other, pr.Name, engine, number),
			review.Msg("Write the table or its alias before the column: `%s.%s` or `%s.%s`.", pr.Value, pr.Name, pr.Other, pr.Name)
	}),
}
