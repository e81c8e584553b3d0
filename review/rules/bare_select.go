package rules

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// bareSelect speaks of queries of tables whose result nobody sees. SELECT 1, SELECT … INTO and calls of functions do
// something, or are there to do nothing.
var bareSelect = &review.Rule{
	ID:       "bare-select",
	Title:    "Query whose result goes nowhere",
	Category: review.Statements,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			st := s.Statement
			if st == nil || st.Conditional || st.Verb != "SELECT" && st.Verb != "SHOW" || len(st.Hidden) > 0 {
				continue
			}
			tokens := ddlparse.Tokens(st.Span, p.Engine, false)
			if st.Verb == "SELECT" && (!hasWord(tokens, "FROM") || hasWord(tokens, "INTO") || hasWord(tokens, "UPDATE") || hasWord(tokens, "dual")) {
				continue
			}
			p.Report(review.Finding{
				Object:  st.Verb,
				Span:    firstLine(st.Span),
				Problem: review.Msg("The result of this %s goes nowhere, and some migration tools stop at a result that they don't expect.", st.Verb),
				Advice:  review.Msg("Leave the statement out."),
			})
		}
	},
}

func hasWord(tokens []ddlparse.Token, keyword string) bool {
	return slices.ContainsFunc(tokens, func(t ddlparse.Token) bool { return wordIs(t, keyword) })
}
