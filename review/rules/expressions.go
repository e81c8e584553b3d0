package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// generatedColumnInvalid reports generated columns and key parts whose expression the server refuses.
// https://dev.mysql.com/doc/refman/8.4/en/create-table-generated-columns.html
var generatedColumnInvalid = &review.Rule{
	ID:       "generated-column-invalid",
	Title:    "Expression of a generated column or key is not allowed",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.GeneratedInvalid, sayGenerated),
}

func sayGenerated(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "clause":
		return review.Msg("`%s` is a generated column with %s; %s refuses the two together (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Leave %s out: the expression gives the value.", pr.Value)
	case "missing":
		return review.Msg("The expression of `%s` names the column `%s`, which the table does not have; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Correct the name, or add `%s` first.", pr.Value)
	case "later":
		return review.Msg("The expression of `%s` names `%s`, a generated column that is not defined before it; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Define `%s` first, or write its expression here.", pr.Value)
	case "auto-increment":
		return review.Msg("The expression of `%s` names `%s`, which is AUTO_INCREMENT; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Compute the value in queries or in a view.")
	case "primary-key":
		return review.Msg("The primary key of `%s` has a generated column or expression that is not stored; %s refuses it (error %s).", pr.Table.String(), engine, number),
			review.Msg("Key the table by ordinary columns, and make a UNIQUE key of the expression.")
	case "fulltext":
		return review.Msg("The FULLTEXT index `%s` has an expression; %s refuses it (error %s).", pr.Object, engine, number),
			review.Msg("Add a stored generated column with this expression and index that.")
	}
	return review.Msg("The expression of `%s` uses `%s`, whose value is not always the same; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
		review.Msg("Let the application or a trigger set an ordinary column.")
}

// checkConstraintInvalid reports CHECK constraints whose condition the server refuses.
// https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html
var checkConstraintInvalid = &review.Rule{
	ID:       "check-constraint-invalid",
	Title:    "Condition of a CHECK constraint is not allowed",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.CheckInvalid, sayCheck),
}

func sayCheck(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "missing":
		return review.Msg("The check `%s` names the column `%s`, which the table does not have; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Correct the name, or add `%s` first.", pr.Value)
	case "other-column":
		return review.Msg("The check `%s` stands in the definition of one column and names another, `%s`; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Put a comma before CHECK, which makes it a check of the table.")
	case "auto-increment":
		return review.Msg("The check `%s` names `%s`, which is AUTO_INCREMENT; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Leave `%s` out of the condition.", pr.Value)
	case "subquery":
		return review.Msg("The check `%s` has a subquery; %s refuses it (error %s).", pr.Object, engine, number),
			review.Msg("Compare with columns of the same row only; a trigger can look at other rows.")
	case "variable":
		return review.Msg("The check `%s` uses the variable `%s`; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Write the value itself.")
	}
	return review.Msg("The check `%s` uses `%s`, whose value is not always the same; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
		review.Msg("Check that in the application or in a trigger.")
}

// checkOnForeignKeyAction reports checks of a column that a foreign key writes: what it writes isn't checked.
// https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html
var checkOnForeignKeyAction = &review.Rule{
	ID:       "check-on-foreign-key-action-column",
	Title:    "CHECK names a column that a foreign key writes",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: reportProblems(ddlparse.CheckForeignKeyColumn, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("The check `%s` names `%s`, which the foreign key `%s` changes by CASCADE or SET NULL; %s refuses it (error %s).", pr.Object, pr.Value, pr.Other, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Leave `%s` out of the condition, or let the foreign key RESTRICT.", pr.Value)
	}),
}
