package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unknownTable reports tables that are gone, or not there yet, when a statement names them. A table
// that the history never mentions was made elsewhere: nothing is said of it.
var unknownTable = &review.Rule{
	ID:       "unknown-table",
	Title:    "Table does not exist",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.UnknownTable, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		table, engine, number := pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)
		switch pr.Reason {
		case "dropped":
			return review.Msg("`%s` has been dropped before this statement runs; %s refuses it (error %s).", table, engine, number),
				review.Msg("Remove the statement, or move it before the DROP TABLE of `%s`.", table)
		case "renamed":
			return review.Msg("`%s` has another name by the time this statement runs; %s refuses it (error %s).", table, engine, number),
				review.Msg("Use the new name of `%s`.", table)
		case "created-later":
			return review.Msg("`%s` is created only after this statement; %s refuses it (error %s).", table, engine, number),
				review.Msg("Move the CREATE TABLE of `%s` before this statement.", table)
		}
		return review.Msg("`%s` doesn't exist when this statement runs; %s refuses it (error %s).", table, engine, number),
			review.Msg("Correct the name, or create `%s` in an earlier statement.", table)
	}),
}
