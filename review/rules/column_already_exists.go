package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// columnAlreadyExists reports a second column of one name, whatever its case: column names have none.
// https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html
var columnAlreadyExists = &review.Rule{
	ID:       "column-already-exists",
	Title:    "Column already exists",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.ColumnExists, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		problem = review.Msg("`%s` already has a column `%s`; %s refuses a second one (error %s).", pr.Table.String(), pr.Name, p.Engine.Title(), review.Errno(pr.Number))
		return problem, review.Msg("Drop this clause, or write MODIFY COLUMN if the definition of `%s` is to change.", pr.Name)
	}),
}
