package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateConstraintName reports names of foreign keys and checks that are taken: MySQL compares them
// within the database, MariaDB within the table.
// https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html
var duplicateConstraintName = &review.Rule{
	ID:       "duplicate-constraint-name",
	Title:    "Constraint name is already taken",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.DuplicateConstraint, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		if p.Engine.IsMySQL() {
			return review.Msg("The constraint name `%s` is taken already, and %s wants it to be unique in the whole database: it refuses the one of `%s` (error %s).", pr.Name, p.Engine.Title(), pr.Table.String(), review.Errno(pr.Number)),
				review.Msg("Give the constraint another name, for example one that starts with the name of its table.")
		}
		return review.Msg("`%s` already has a constraint `%s`; %s refuses a second one (error %s).", pr.Table.String(), pr.Name, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Give the constraint another name.")
	}, renameConstraint),
}

// renameConstraint puts the table's name before the constraint's, where the outcome is free and no name of the
// table already.
func renameConstraint(p *review.Pass, pr *ddlparse.Problem) *review.Edit {
	at, ok := nameBehind(pr.Span, "CONSTRAINT", pr.Name)
	name := pr.Table.Name + "_" + pr.Name
	if strings.HasPrefix(strings.ToLower(pr.Name), strings.ToLower(pr.Table.Name)) {
		name = pr.Name + "_2"
	}
	if !ok || len(name) > 64 || constraintExists(p.Final(), name) {
		return nil
	}
	if strings.HasPrefix(at.Text(), "`") {
		name = "`" + name + "`"
	}
	return &review.Edit{Title: "Give the constraint another name", Span: at, New: name}
}

// nameBehind finds a name that stands right behind a keyword of a clause.
func nameBehind(clause ddlparse.Span, keyword, name string) (ddlparse.Span, bool) {
	text := clause.Text()
	from := strings.Index(strings.ToUpper(text), keyword)
	if from < 0 {
		return clause, false
	}
	from += len(keyword)
	from += len(text[from:]) - len(strings.TrimLeft(text[from:], " \t\r\n"))
	for _, written := range [...]string{"`" + name + "`", name} {
		if strings.HasPrefix(text[from:], written) {
			at := clause
			at.Start += int32(from)
			at.End = at.Start + int32(len(written))
			return at, true
		}
	}
	return clause, false
}

func constraintExists(s ddlparse.Schema, name string) bool {
	for t := range s.Tables() {
		if t.ForeignKey(name) != nil || t.Check(name) != nil {
			return true
		}
	}
	return false
}

// duplicateColumnInIndex reports keys that name a column twice.
var duplicateColumnInIndex = &review.Rule{
	ID:       "duplicate-column-in-index",
	Title:    "Column stands twice in one key",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.DuplicateColumnInIndex, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("The column `%s` stands twice in one key of `%s`; %s refuses it (error %s).", pr.Name, pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Name `%s` once, or the column that was meant.", pr.Name)
	}, removePart),
}

// removePart takes a key part out with the comma before it.
func removePart(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
	before := strings.TrimRight(pr.Span.Source.Text[:pr.Span.Start], " \t\r\n")
	if !strings.HasSuffix(before, ",") {
		return nil
	}
	at := pr.Span
	at.Start = int32(len(before) - 1)
	return &review.Edit{Title: "Name the column once", Span: at}
}

// multiplePrimaryKeys reports a second primary key of a table.
var multiplePrimaryKeys = &review.Rule{
	ID:       "multiple-primary-keys",
	Title:    "Table would have two primary keys",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.MultiplePrimaryKeys, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` has a primary key already; %s refuses a second one (error %s).", pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Write DROP PRIMARY KEY before it in the same ALTER TABLE if this one replaces it, or make it a UNIQUE key.")
	}),
}
