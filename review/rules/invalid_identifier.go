package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// invalidIdentifier reports names that no server takes, and those that MySQL can't keep.
// https://dev.mysql.com/doc/refman/8.4/en/identifiers.html
var invalidIdentifier = &review.Rule{
	ID:       "invalid-identifier",
	Title:    "Name is not allowed",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblemsWithFix(ddlparse.InvalidIdentifier, sayIdentifier, trimName),
}

func sayIdentifier(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "primary":
		return review.Msg("The index of `%s` is named PRIMARY, which is the name of the primary key alone; %s refuses it (error %s).", pr.Table.String(), engine, number),
			review.Msg("Give the index another name.")
	case "empty":
		return review.Msg("A column of `%s` has an empty name; %s refuses it (error %s).", pr.Table.String(), engine, number),
			review.Msg("Give the column a name.")
	case "supplementary":
		advice = review.Msg("Use letters, digits and underscores only.")
		if pr.Number == 0 {
			return review.Msg("The name `%s` has a character beyond U+FFFF; %s keeps a question mark in its place.", pr.Name, engine), advice
		}
		return review.Msg("The name `%s` has a character beyond U+FFFF; %s refuses it (error %s).", pr.Name, engine, number), advice
	}
	return review.Msg("The name `%s` ends in a space; %s refuses it (error %s).", pr.Name, engine, number),
		review.Msg("Remove the space before the closing quote.")
}

// trimName removes the spaces at the end of a quoted name.
func trimName(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
	text := pr.Span.Text()
	if pr.Reason != "space" || len(text) < 3 || text[0] != '`' || text[1:len(text)-1] != pr.Name {
		return nil
	}
	return &review.Edit{Title: "Remove the space", Span: pr.Span, New: "`" + strings.TrimRight(pr.Name, " ") + "`"}
}
