package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unknownIndex reports DROP, RENAME and ALTER of an index that the table doesn't have.
var unknownIndex = &review.Rule{
	ID:       "unknown-index",
	Title:    "Index does not exist",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.UnknownIndex, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		problem = review.Msg("`%s` has no index `%s` when this statement runs; %s refuses it (error %s).", pr.Table.String(), pr.Name, p.Engine.Title(), review.Errno(pr.Number))
		if t := p.Final().Table(pr.Table); t.Column(pr.Name) != nil {
			return problem, review.Msg("Write the name of the index: `%s` is a column.", pr.Name)
		}
		return problem, review.Msg("Correct the name; one that was never written is chosen by the server, after the first column of the index.")
	}),
}

// unknownConstraint reports DROP and ALTER of a foreign key or check that the table doesn't have.
var unknownConstraint = &review.Rule{
	ID:       "unknown-constraint",
	Title:    "Constraint does not exist",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.UnknownConstraint, sayUnknownConstraint),
}

func sayUnknownConstraint(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	table, engine, number := pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "foreign key":
		return review.Msg("`%s` has no foreign key `%s` when this statement runs; %s refuses it (error %s).", table, pr.Name, engine, number),
			review.Msg("Correct the name; a foreign key that was never named is called `%s_ibfk_1` and so on.", pr.Table.Name)
	case "check":
		return review.Msg("`%s` has no check constraint `%s` when this statement runs; %s refuses it (error %s).", table, pr.Name, engine, number),
			review.Msg("Correct the name; a check that was never named is called `%s_chk_1` and so on.", pr.Table.Name)
	}
	return review.Msg("`%s` has no constraint `%s` when this statement runs; %s refuses it (error %s).", table, pr.Name, engine, number),
		review.Msg("Correct the name, or leave the clause out if the constraint is gone already.")
}

// dropMissingPrimaryKey reports DROP PRIMARY KEY of a table without one.
var dropMissingPrimaryKey = &review.Rule{
	ID:       "drop-missing-primary-key",
	Title:    "Primary key to drop does not exist",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.DropMissingPrimaryKey, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` has no primary key when this statement runs; %s refuses to drop it (error %s).", pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Leave DROP PRIMARY KEY out; if a UNIQUE key is meant, drop it by its name.")
	}),
}

// keyColumnNotFound reports keys over columns that the table doesn't have.
var keyColumnNotFound = &review.Rule{
	ID:       "key-column-not-found",
	Title:    "Key names a column that does not exist",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.KeyColumnNotFound, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		table, column, engine, number := pr.Table.String(), keyColumn(pr), p.Engine.Title(), review.Errno(pr.Number)
		if pr.Reason == "foreign-key" {
			return review.Msg("A foreign key of `%s` names the column `%s`, which the table does not have; %s refuses it (error %s).", table, column, engine, number),
				review.Msg("Correct the name, or add `%s` in an earlier clause or statement.", column)
		}
		return review.Msg("A key of `%s` names the column `%s`, which the table does not have; %s refuses it (error %s).", table, column, engine, number),
			review.Msg("Correct the name, or add `%s` in an earlier clause or statement.", column)
	}),
}

// keyColumn is the column that is missing.
func keyColumn(pr *ddlparse.Problem) string {
	if pr.Reason == "foreign-key" {
		return pr.Value
	}
	return pr.Name
}
