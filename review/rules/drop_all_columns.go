package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropAllColumns reports tables that would be left, or made, without any column.
var dropAllColumns = &review.Rule{
	ID:       "drop-all-columns",
	Title:    "Table would have no column",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.DropAllColumns, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		if pr.Reason == "none" {
			return review.Msg("`%s` is created without a column; %s refuses that (error %s).", pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)),
				review.Msg("Give `%s` at least one visible column.", pr.Table.String())
		}
		return review.Msg("This statement would leave `%s` without a column; %s refuses it (error %s).", pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Write DROP TABLE if `%s` is no longer needed, or add its new columns in the same ALTER TABLE.", pr.Table.String())
	}),
}
