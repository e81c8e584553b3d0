package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// fullwidthPunctuation reports marks that look like SQL's and are letters of a name to the server. The
// whole span from the first to the last mark of a statement is one finding with one correction.
var fullwidthPunctuation = &review.Rule{
	ID:       "fullwidth-punctuation",
	Title:    "Full-width punctuation outside a string",
	Category: review.Syntax,
	Severity: review.Error,
	Check: reportProblemsWithFix(ddlparse.FullwidthPunctuation, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		if pr.Other == " " {
			return review.Msg("A full-width space (U+3000) stands here outside a string; %s takes it for a letter of a name.", p.Engine.Title()),
				review.Msg("Write an ordinary space.")
		}
		return review.Msg("The character %s stands here outside a string; %s takes it for a letter of a name.", pr.Name, p.Engine.Title()),
			review.Msg("Write the ASCII character %s.", pr.Other)
	}, func(_ *review.Pass, pr *ddlparse.Problem) *review.Edit {
		return &review.Edit{Title: "Write ASCII punctuation", Span: pr.Span, New: pr.Value}
	}),
}
