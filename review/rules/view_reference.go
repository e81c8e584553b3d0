package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// viewInvalidReference reports views over columns that none of their tables has, and over themselves. Of tables that
// are gone unknown-table speaks.
var viewInvalidReference = &review.Rule{
	ID:       "view-invalid-reference",
	Title:    "View refers to what doesn't exist",
	Category: review.Objects,
	Severity: review.Error,
	Check: reportProblems(ddlparse.ViewReference, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		if pr.Reason == "self" {
			return review.Msg("The view `%s` reads itself; %s refuses it (error %s).", pr.Object, engine, number),
				review.Msg("Name the table that is meant in place of `%s`.", pr.Object)
		}
		return review.Msg("The view `%s` reads the column `%s`, which `%s` doesn't have when this statement runs; %s refuses it (error %s).", pr.Object, pr.Name, pr.Value, engine, number),
			review.Msg("Correct the name, or add `%s` in an earlier statement.", pr.Name)
	}),
}
