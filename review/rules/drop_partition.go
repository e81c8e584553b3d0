package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropPartition speaks of DROP PARTITION, which deletes rows without saying so.
var dropPartition = &review.Rule{
	ID:       "drop-partition",
	Title:    "Partition is dropped with its rows",
	Category: review.Destructive,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_tables", Default: []string{}, Doc: "Tables whose partitions may be dropped, by name: logs, measurements."},
	},
	Check: func(p *review.Pass) {
		for c := range partitionsOf(p, "DROP PARTITION") {
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("%s deletes every row in the partitions %s of `%s`: no trigger fires, and the implicit commit leaves nothing to roll back.", p.Engine.Title(), quoted(c.Names), c.Table.String()),
				Advice:  review.Msg("Check what they hold with `%s` first; to keep the rows, move them out with EXCHANGE PARTITION or merge partitions with REORGANIZE PARTITION.", countPartition(c)),
			})
		}
	},
}

// truncatePartition speaks of TRUNCATE PARTITION, which looks the same afterwards.
var truncatePartition = &review.Rule{
	ID:       "truncate-partition",
	Title:    "Partition is emptied",
	Category: review.Destructive,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_tables", Default: []string{}, Doc: "Tables whose partitions may be emptied, by name: logs, measurements."},
	},
	Check: func(p *review.Pass) {
		for c := range partitionsOf(p, "TRUNCATE PARTITION") {
			f := review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("%s deletes every row in the partitions %s of `%s`: no trigger fires, and the implicit commit leaves nothing to roll back.", p.Engine.Title(), quoted(c.Names), c.Table.String()),
				Advice:  review.Msg("Check what they hold with `%s` first; to keep the rows, move them out with EXCHANGE PARTITION.", countPartition(c)),
			}
			if slices.Contains(c.Names, "ALL") {
				f.Problem = review.Msg("%s deletes every row of `%s`: no trigger fires, and the implicit commit leaves nothing to roll back.", p.Engine.Title(), c.Table.String())
				f.Advice = review.Msg("Name the partitions that are meant.")
			}
			p.Report(f)
		}
	},
}

// partitionsOf yields the clauses of that kind about tables that may hold rows, and are not allowed to lose them.
func partitionsOf(p *review.Pass, action string) func(yield func(*ddlparse.AlterPartitions) bool) {
	return func(yield func(*ddlparse.AlterPartitions) bool) {
		allowed := review.Value[[]string](p, "allow_tables")
		for s, c := range review.Each[*ddlparse.AlterPartitions](p) {
			if c.Action != action || c.Before != nil && !holdsRows(p, s, c.Before) || named(allowed, c.Table.Name) {
				continue
			}
			if !yield(c) {
				return
			}
		}
	}
}

// countPartition is a query that tells how many rows go.
func countPartition(c *ddlparse.AlterPartitions) string {
	names := make([]string, len(c.Names))
	for i, n := range c.Names {
		names[i] = sqlName(n)
	}
	return "SELECT COUNT(*) FROM " + sqlTable(c.Table) + " PARTITION (" + strings.Join(names, ", ") + ")"
}
