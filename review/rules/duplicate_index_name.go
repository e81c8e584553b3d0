package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateIndexName reports a second index of one name in a table. Names of indexes are compared
// without case, and only within their table.
var duplicateIndexName = &review.Rule{
	ID:       "duplicate-index-name",
	Title:    "Index name is already taken",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.DuplicateIndexName, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		problem = review.Msg("`%s` already has an index `%s`; %s refuses a second one (error %s).", pr.Table.String(), pr.Name, p.Engine.Title(), review.Errno(pr.Number))
		return problem, review.Msg("Give this index another name, or drop `%s` first in the same ALTER TABLE if this one replaces it.", pr.Name)
	}),
}
