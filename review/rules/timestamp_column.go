package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// timestampColumn speaks once for each table. MariaDB from 11.5 on reaches 2106 on 64-bit systems:
// https://mariadb.com/kb/en/timestamp/
var timestampColumn = &review.Rule{
	ID:       "timestamp-column",
	Title:    "Column is TIMESTAMP",
	Category: review.Types,
	Severity: review.Notice,
	Engines:  func(e ddlparse.Engine) bool { return !e.MariaDB(11, 5, 0) },
	Check: func(p *review.Pass) {
		ends := func(t *ddlparse.Table, c *ddlparse.Column) bool {
			return c.Type.Name == "timestamp" && typeIsNew(p, t, c)
		}
		columnsOfTables(p, ends, func(t *ddlparse.Table, list []*ddlparse.Column) {
			p.Report(review.Finding{
				Object:  objectOfColumns(t, list),
				Span:    list[0].TypeSpan,
				Places:  typePlaces(list),
				Problem: review.Msg("%s can't hold a time after 2038-01-19 on %s, and what is read depends on the time zone of the session.", columnPaths(t, list), p.Engine.Title()),
				Advice:  review.Msg("Use DATETIME and store UTC, unless every connection sets its time zone and 2038 is out of reach."),
			})
		})
	},
}
