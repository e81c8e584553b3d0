package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unknownDatabase reports databases that an earlier statement dropped. One that the history never
// creates was made elsewhere.
var unknownDatabase = &review.Rule{
	ID:       "unknown-database",
	Title:    "Database does not exist",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblems(ddlparse.UnknownDatabase, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("The database `%s` has been dropped before this statement runs; %s refuses it (error %s).", pr.Name, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Correct the name, or move the statement before the DROP DATABASE of `%s`.", pr.Name)
	}),
}

// databaseAlreadyExists reports CREATE DATABASE of one that an earlier statement created.
var databaseAlreadyExists = &review.Rule{
	ID:       "database-already-exists",
	Title:    "Database already exists",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.DatabaseExists, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("The database `%s` exists already; %s refuses to create it again (error %s).", pr.Name, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Remove the statement, or write CREATE DATABASE IF NOT EXISTS if the file must also run where `%s` is missing.", pr.Name)
	}, createIfNotExists),
}

// createIfNotExists inserts IF NOT EXISTS behind CREATE DATABASE or CREATE SCHEMA.
func createIfNotExists(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
	text := strings.ToUpper(pr.Span.Text())
	for _, word := range [...]string{"DATABASE", "SCHEMA"} {
		head, _, found := strings.Cut(text, word)
		if !found || strings.TrimSpace(head) != "CREATE" {
			continue
		}
		at := pr.Span
		at.Start += int32(len(head) + len(word))
		at.End = at.Start
		return &review.Edit{Title: "Add IF NOT EXISTS", Span: at, New: " IF NOT EXISTS"}
	}
	return nil
}
