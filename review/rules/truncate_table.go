package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// truncateTable speaks of TRUNCATE of tables that were there before the change set.
var truncateTable = &review.Rule{
	ID:       "truncate-table",
	Title:    "Table is truncated",
	Category: review.Destructive,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_tables", Default: []string{}, Doc: "Tables that may be truncated, by name: caches, staging tables."},
	},
	Check: func(p *review.Pass) {
		allowed := review.Value[[]string](p, "allow_tables")
		for _, c := range review.Each[*ddlparse.TruncateTable](p) {
			if c.Before != nil && (c.Before.Temporary || p.Created(c.Before)) || slices.ContainsFunc(allowed, func(n string) bool { return strings.EqualFold(n, c.Table.Name) }) {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("%s removes every row of `%s` at once: no trigger fires, AUTO_INCREMENT starts anew, and the implicit commit leaves nothing to roll back.", p.Engine.Title(), c.Table.String()),
				Advice:  review.Msg("Delete the rows that are meant, in batches and with a WHERE clause, or empty `%s` by hand after a backup.", c.Table.Name),
			})
		}
	},
}
