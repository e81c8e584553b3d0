package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// tableAlreadyExists reports CREATE and RENAME to a name that a table or view has. Tables and views share
// their names. Of tables that the history never created nothing is known.
var tableAlreadyExists = &review.Rule{
	ID:       "table-already-exists",
	Title:    "Table or view already exists",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.TableExists, sayTableExists),
}

func sayTableExists(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	name, engine, number := pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)
	switch {
	case pr.Number == 1347:
		return review.Msg("`%s` is a table, and CREATE OR REPLACE VIEW replaces only views; %s refuses it (error %s).", name, engine, number),
			review.Msg("Give the view another name, or drop or rename the table `%s` first.", name)
	case pr.Reason == "view":
		return review.Msg("`%s` exists already when this view is created; %s refuses it (error %s).", name, engine, number),
			review.Msg("Write CREATE OR REPLACE VIEW if this is the new definition of a view, or choose another name than `%s`.", name)
	}
	return review.Msg("`%s` exists already when this statement runs; %s refuses it (error %s).", name, engine, number),
		review.Msg("Choose another name, or drop or rename `%s` first if this table is to take its place.", name)
}
