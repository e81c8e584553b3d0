package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// varcharTooLong speaks once for each table of the long columns that the change set gives it.
var varcharTooLong = &review.Rule{
	ID:       "varchar-too-long",
	Title:    "VARCHAR or VARBINARY is very long",
	Category: review.Types,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max", Default: 2048, Doc: "The longest VARCHAR in characters, or VARBINARY in bytes."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		long := func(t *ddlparse.Table, c *ddlparse.Column) bool {
			return (c.Type.Name == "varchar" || c.Type.Name == "varbinary") && c.Type.Length > limit && typeIsNew(p, t, c)
		}
		columnsOfTables(p, long, func(t *ddlparse.Table, list []*ddlparse.Column) {
			p.Report(review.Finding{
				Object:  objectOfColumns(t, list),
				Span:    list[0].TypeSpan,
				Places:  typePlaces(list),
				Problem: review.Msg("%s may be longer than %d: %s reserves the declared length when it sorts, and counts it in full towards the limit of 65,535 bytes a row.", columnPaths(t, list), limit, p.Engine.Title()),
				Advice:  review.Msg("Declare the length that values really have, or use TEXT for free text of any length."),
			})
		})
	},
}
