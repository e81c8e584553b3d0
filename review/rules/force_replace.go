package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// createTableForceReplace speaks of CREATE OR REPLACE TABLE where a table with rows is. A DROP TABLE before
// a CREATE TABLE is drop-table's. MariaDB manual, "CREATE TABLE".
var createTableForceReplace = &review.Rule{
	ID:       "create-table-force-replace",
	Title:    "Table is replaced by an empty one",
	Category: review.Destructive,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.CreateTable](p) {
			if !c.OrReplace || c.New.Temporary || c.Before == nil || !holdsRows(p, s, c.Before) || copiesFrom(p, s, c.Table) {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    firstLine(c.Span),
				Problem: review.Msg("`%s` is there already: %s drops it with all its rows, and makes an empty table in its place.", c.Table.String(), p.Engine.Title()),
				Advice:  review.Msg("Change `%s` with ALTER TABLE; or make the new table beside it, copy the rows, and swap both with RENAME TABLE.", c.Table.Name),
				Related: []review.Related{{Span: firstLine(c.Before.NameSpan), Note: review.Msg("`%s` is defined here", c.Table.Name)}},
			})
		}
	},
}
