package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// primaryKeyExplicitNull reports primary key columns whose definition says NULL. MySQL makes a column
// NOT NULL if it says nothing, and refuses it if it says NULL; MariaDB never refuses.
var primaryKeyExplicitNull = &review.Rule{
	ID:       "primary-key-explicit-null",
	Title:    "Primary key column is declared NULL",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.PrimaryKeyNull, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` is part of the primary key and declared NULL; %s refuses that (error %s).", pr.Object, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Declare `%s` NOT NULL, or make the key UNIQUE if the column must take NULL.", pr.Name)
	}, func(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
		if text := strings.ToUpper(pr.Span.Text()); text != "NULL" && !strings.HasPrefix(text, "DEFAULT") {
			return nil
		}
		return &review.Edit{Title: "Declare the column NOT NULL", Span: pr.Span, New: "NOT NULL"}
	}),
}

// autoIncrementNotAKey reports AUTO_INCREMENT columns that the table can't have.
// https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html
var autoIncrementNotAKey = &review.Rule{
	ID:       "auto-increment-not-a-key",
	Title:    "AUTO_INCREMENT column is not a key",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblemsWithFix(ddlparse.AutoIncrementNotKey, sayAutoIncrement, fixAutoIncrement),
}

func sayAutoIncrement(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	if pr.Reason == "several" {
		return review.Msg("`%s` is the second AUTO_INCREMENT column of `%s` besides `%s`; %s allows one (error %s).", pr.Name, pr.Table.String(), pr.Other, engine, number),
			review.Msg("Remove AUTO_INCREMENT from one of the two columns.")
	}
	return review.Msg("`%s` is AUTO_INCREMENT and leads no key; %s refuses that (error %s).", pr.Object, engine, number),
		review.Msg("Make `%s` the primary key, or the first column of another key.", pr.Name)
}

// fixAutoIncrement makes the column a key of its own: the primary key where the table has none.
func fixAutoIncrement(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
	t := p.Final().Table(pr.Table)
	if pr.Reason != "no-key" || t == nil || !strings.EqualFold(pr.Span.Text(), "AUTO_INCREMENT") {
		return nil
	}
	at := pr.Span
	at.Start = at.End
	if t.PrimaryKey() == nil {
		return &review.Edit{Title: "Make it the primary key", Span: at, New: " PRIMARY KEY"}
	}
	return &review.Edit{Title: "Make it a key", Span: at, New: " UNIQUE"}
}

// autoIncrementMustBeInteger reports AUTO_INCREMENT on other types. MySQL before 8.4 and MariaDB take FLOAT and
// DOUBLE too. https://dev.mysql.com/doc/refman/8.4/en/example-auto-increment.html
var autoIncrementMustBeInteger = &review.Rule{
	ID:       "auto-increment-must-be-integer",
	Title:    "AUTO_INCREMENT column is no integer",
	Category: review.PrimaryKeys,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.AutoIncrementType, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` is %s with AUTO_INCREMENT; %s allows that for integer types only (error %s).", pr.Object, strings.ToUpper(pr.Value), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Make `%s` BIGINT UNSIGNED, or remove AUTO_INCREMENT.", pr.Name)
	}, func(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
		if c := p.Final().Table(pr.Table).Column(pr.Name); c == nil || c.TypeSpan != pr.Span {
			return nil
		}
		return &review.Edit{Title: "Make it BIGINT UNSIGNED", Span: pr.Span, New: "BIGINT UNSIGNED"}
	}),
}
