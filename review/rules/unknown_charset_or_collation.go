package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// unknownCharset reports names of character sets and collations that the server doesn't have, and collations of
// another character set.
var unknownCharset = &review.Rule{
	ID:       "unknown-charset-or-collation",
	Title:    "Character set or collation is unknown or does not match",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.UnknownCharset, sayUnknownCharset),
}

func sayUnknownCharset(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "charset":
		return review.Msg("%s has no character set `%s` and refuses the statement (error %s).", engine, pr.Value, number),
			review.Msg("Correct the name; `utf8mb4` is the one for all of Unicode.")
	case "mismatch":
		return review.Msg("The collation `%s` does not belong to the character set `%s`; %s refuses the two together (error %s).", pr.Value, pr.Other, engine, number),
			review.Msg("Choose a collation whose name starts with `%s`, or leave one of the two clauses out.", pr.Other)
	}
	problem = review.Msg("%s has no collation `%s` and refuses the statement (error %s).", engine, pr.Value, number)
	if usual := p.Engine.DefaultCollation("utf8mb4"); usual != "" {
		return problem, review.Msg("Choose one that this server has, for example its default for utf8mb4, `%s`.", usual)
	}
	return problem, review.Msg("Choose a collation that this server has.")
}
