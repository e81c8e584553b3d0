package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// tidbUnsupportedAlter reports ALTER TABLE clauses that MySQL takes and TiDB refuses.
// https://docs.pingcap.com/tidb/stable/sql-statement-alter-table/
var tidbUnsupportedAlter = &review.Rule{
	ID:       "tidb-unsupported-alter",
	Title:    "TiDB refuses this form of ALTER TABLE",
	Category: review.Syntax,
	Severity: review.Error,
	Engines:  review.On(ddlparse.TiDB),
	Check:    reportProblems(ddlparse.TiDBUnsupportedAlter, sayTiDBAlter),
}

func sayTiDBAlter(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	table, engine, number := pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "add-column-with-key":
		return review.Msg("`%s.%s` is added with PRIMARY KEY, UNIQUE or AUTO_INCREMENT; %s refuses that in ALTER TABLE (error %s).", table, pr.Name, engine, number),
			review.Msg("Add the column first and the key in a statement of its own; AUTO_INCREMENT is possible only in CREATE TABLE.")
	case "add-stored-column":
		return review.Msg("`%s.%s` is added as a stored generated column; %s refuses that in ALTER TABLE (error %s).", table, pr.Name, engine, number),
			review.Msg("Make the column VIRTUAL, or create a new table with it.")
	case "drop-clustered-primary-key":
		return review.Msg("The rows of `%s` are stored by its primary key; %s refuses to drop it (error %s).", table, engine, number),
			review.Msg("Create a new table with the key that is wanted and copy the rows.")
	case "charset":
		return review.Msg("`%s` is to change its character set from `%s` to `%s`; %s refuses that (error %s).", table, pr.Value, pr.Name, engine, number),
			review.Msg("Create a new table with that character set and copy the rows; only utf8mb3 and latin1 can become utf8mb4.")
	}
	return review.Msg("This statement changes `%s.%s` twice; %s refuses that (error %s).", table, pr.Name, engine, number),
		review.Msg("Write both changes into one clause, or into two statements.")
}
