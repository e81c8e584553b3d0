package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// The rules of this file report foreign keys that the server refuses for what they are, or for what they refer to.
// https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html

// foreignKeyColumnMissing reports columns that the parent doesn't have; the child's are key-column-not-found's.
var foreignKeyColumnMissing = &review.Rule{
	ID:       "foreign-key-column-missing",
	Title:    "Foreign key refers to a column that does not exist",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: reportProblems(ddlparse.ForeignKeyColumnMissing, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` refers to the column `%s`, which `%s` does not have; %s refuses the foreign key (error %s).", pr.Object, pr.Value, pr.Other, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Correct the name, or add `%s` to `%s` in an earlier statement.", pr.Value, pr.Other)
	}),
}

var foreignKeyColumnCount = &review.Rule{
	ID:       "foreign-key-column-count-mismatch",
	Title:    "Foreign key has more columns on one side",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: reportProblems(ddlparse.ForeignKeyColumns, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` has %d columns here and %d in the parent; %s refuses it (error %s).", pr.Object, atoi(pr.Value), atoi(pr.Other), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("List as many columns behind REFERENCES as behind FOREIGN KEY, in the same order.")
	}),
}

var foreignKeySetNullOnNotNull = &review.Rule{
	ID:       "foreign-key-set-null-on-not-null",
	Title:    "SET NULL on a column that is NOT NULL",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: reportProblems(ddlparse.ForeignKeySetNull, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` sets `%s` to NULL, which is NOT NULL; %s refuses the foreign key (error %s).", pr.Object, pr.Value, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Let `%s` take NULL, or choose RESTRICT or CASCADE.", pr.Value)
	}),
}

var foreignKeyPartitioned = &review.Rule{
	ID:       "foreign-key-on-partitioned-table",
	Title:    "Foreign key and partitions on one table",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: reportProblems(ddlparse.ForeignKeyPartitioned, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		switch pr.Reason {
		case "child":
			return review.Msg("`%s` is a foreign key of a partitioned table; %s refuses it (error %s).", pr.Object, engine, number),
				review.Msg("Leave the foreign key out, or the partitions.")
		case "parent":
			return review.Msg("`%s` refers to the partitioned table `%s`; %s refuses it (error %s).", pr.Object, pr.Other, engine, number),
				review.Msg("Leave the foreign key out, or the partitions of `%s`.", pr.Other)
		case "alter-child":
			return review.Msg("`%s` has the foreign key `%s`; %s refuses to partition it (error %s).", pr.Table.String(), pr.Other, engine, number),
				review.Msg("Drop the foreign key in an earlier statement, or leave the partitions out.")
		}
		return review.Msg("The foreign key `%s` refers to `%s`; %s refuses to partition it (error %s).", pr.Other, pr.Table.String(), engine, number),
			review.Msg("Drop the foreign key in an earlier statement, or leave the partitions out.")
	}),
}

// foreignKeyEngine leaves a child of another storage engine to engine-lacks-feature: there the clause is forgotten.
var foreignKeyEngine = &review.Rule{
	ID:       "foreign-key-engine-mismatch",
	Title:    "Foreign key between tables that can't have one",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check:    reportProblems(ddlparse.ForeignKeyEngine, sayForeignKeyEngine),
}

func sayForeignKeyEngine(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "engine":
		return review.Msg("`%s` refers to `%s`, which InnoDB does not keep; %s refuses it (error %s).", pr.Object, pr.Other, engine, number),
			review.Msg("Move `%s` to ENGINE=InnoDB in an earlier statement.", pr.Other)
	case "alter-child", "alter-parent":
		return review.Msg("`%s` takes part in the foreign key `%s`, which only InnoDB has; %s refuses to change its storage engine (error %s).", pr.Table.String(), pr.Other, engine, number),
			review.Msg("Leave the table in InnoDB, or drop the foreign key in an earlier statement.")
	}
	return review.Msg("The foreign key `%s` has a TEMPORARY table on one side; %s refuses it (error %s).", pr.Object, engine, number),
		review.Msg("Leave the foreign key out: a temporary table is gone with its connection.")
}

var foreignKeyGenerated = &review.Rule{
	ID:       "foreign-key-on-generated-column",
	Title:    "Foreign key on a generated column or its source",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: reportProblems(ddlparse.ForeignKeyGenerated, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		switch pr.Reason {
		case "virtual":
			return review.Msg("`%s` has the virtual generated column `%s`; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
				review.Msg("Make the column STORED, or an ordinary one.")
		case "base":
			return review.Msg("`%s` may write `%s`, of which a stored generated column is computed; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
				review.Msg("Let the foreign key RESTRICT, or make the generated column VIRTUAL.")
		}
		return review.Msg("`%s` would write the generated column `%s`; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("Let the foreign key RESTRICT: a generated column has no value of its own.")
	}),
}

var foreignKeyText = &review.Rule{
	ID:       "foreign-key-on-text-or-prefix",
	Title:    "Foreign key on a TEXT, BLOB or JSON column",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: reportProblems(ddlparse.ForeignKeyText, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` has a column of type %s, which InnoDB can't index as a whole; %s refuses the foreign key (error %s).", pr.Object, pr.Value, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Use VARCHAR or VARBINARY on both sides, or refer to a shorter key of `%s`.", pr.Other)
	}),
}

var foreignKeyReferencesView = &review.Rule{
	ID:       "foreign-key-references-view",
	Title:    "Foreign key refers to a view",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: reportProblems(ddlparse.ForeignKeyView, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` refers to `%s`, which is a view; %s refuses it (error %s).", pr.Object, pr.Other, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Refer to the table behind the view.")
	}),
}

// dropIndexNeeded reports indexes that a foreign key can't do without, on either side.
var dropIndexNeeded = &review.Rule{
	ID:       "drop-index-needed-by-foreign-key",
	Title:    "Dropped index is needed by a foreign key",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: reportProblems(ddlparse.ForeignKeyIndexDropped, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("The foreign key `%s` needs `%s`, and no other index starts with its columns; %s refuses to drop it (error %s).", pr.Other, pr.Object, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Add the index that replaces it in the same statement, or drop the foreign key first.")
	}),
}

// alterForeignKeyColumn reports changes of one side of a foreign key.
var alterForeignKeyColumn = &review.Rule{
	ID:       "alter-foreign-key-column",
	Title:    "Column of a foreign key is changed on one side",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: reportProblems(ddlparse.ForeignKeyColumnChanged, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		advice = review.Msg("Drop `%s` first, change the columns of both sides, and add it again.", pr.Other)
		switch pr.Reason {
		case "null":
			return review.Msg("`%s` becomes NOT NULL, and the foreign key `%s` sets it to NULL; %s refuses it (error %s).", pr.Object, pr.Other, engine, number),
				review.Msg("Leave the column nullable, or add `%s` anew with RESTRICT or CASCADE.", pr.Other)
		case "pair":
			return review.Msg("The change gives `%s` another type or collation than the column on the other side of the foreign key `%s` has; %s refuses it (error %s).", pr.Object, pr.Other, engine, number), advice
		}
		return review.Msg("The change stores `%s` anew, and the foreign key `%s` uses it; %s refuses that while foreign_key_checks is on (error %s).", pr.Object, pr.Other, engine, number), advice
	}),
}
