package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// createTableAsSelect speaks of tables that are made of a query's result. MySQL 8.4 manual, "CREATE TABLE ... SELECT
// Statement". A temporary table is gone with the connection.
var createTableAsSelect = &review.Rule{
	ID:       "create-table-as-select",
	Title:    "Table is made from a SELECT",
	Category: review.TableOptions,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() { // what a query gives is mostly not known, so that the table is opaque
			for _, change := range s.Changes {
				c, ok := change.(*ddlparse.CreateTable)
				if ok && !c.Skipped && !c.Select.IsZero() && !c.New.Temporary && len(s.Statement.Hidden) == 0 {
					reportSelected(p, c)
				}
			}
		}
	},
}

func reportSelected(p *review.Pass, c *ddlparse.CreateTable) {
	name := c.Table.String()
	f := review.Finding{
		Object:  name,
		Span:    firstLine(c.Span),
		Problem: review.Msg("`%s` takes the names and types of its columns from a query: %s copies no keys, no AUTO_INCREMENT, no foreign keys and no checks, and holds locks on the rows that it reads.", name, p.Engine.Title()),
		Advice:  review.Msg("Write CREATE TABLE with all columns and keys, then fill it with INSERT ... SELECT in batches."),
	}
	if p.Engine.IsTiDB() {
		f.Severity = review.Error
		f.Problem = review.Msg("%s has no CREATE TABLE ... SELECT and refuses the statement for `%s`.", p.Engine.Title(), name)
	}
	p.Report(f)
}
