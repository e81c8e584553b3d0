package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// stringNullDefault speaks of DEFAULT 'NULL', which is a word of four letters.
var stringNullDefault = &review.Rule{
	ID:       "string-null-default",
	Title:    "Default is the word NULL in quotes",
	Category: review.Defaults,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for t, c := range p.Columns() {
			d := c.Default
			if d == nil || d.Kind != ddlparse.DefaultString || !strings.EqualFold(d.Text, "NULL") || !c.Type.IsText() || c.Type.Members != nil {
				continue
			}
			if old := oldColumn(p, t, c); old != nil && old.Default != nil && old.Default.Text == d.Text && old.Default.Kind == d.Kind {
				continue
			}
			f := review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    d.Span,
				Problem: review.Msg("The default of `%s` is the word 'NULL' in quotes: %s stores four letters, which IS NULL doesn't find.", objectOf(t.Name, c.Name), p.Engine.Title()),
				Advice:  review.Msg("Write DEFAULT NULL without quotes."),
			}
			if c.NotNull {
				f.Advice = review.Msg("Leave the DEFAULT clause out, or write the value that is meant.")
			} else {
				f.Fix = &review.Edit{Title: "Write NULL without quotes", Span: d.Span, New: "NULL"}
			}
			p.Report(f)
		}
	},
}
