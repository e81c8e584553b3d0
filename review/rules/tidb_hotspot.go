package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// tidbHotspot speaks of tables whose rows TiDB stores in the order of a counter.
// https://docs.pingcap.com/tidb/stable/troubleshoot-hot-spot-issues
var tidbHotspot = &review.Rule{
	ID:       "tidb-auto-increment-hotspot",
	Title:    "Clustered AUTO_INCREMENT key sends all inserts to one region",
	Category: review.PrimaryKeys,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.TiDB),
	Check: func(p *review.Pass) {
		for t := range p.CreatedTables() {
			c, key := counter(t), t.PrimaryKey()
			if t.Temporary || c == nil || key == nil || key.Clustered == "NONCLUSTERED" || t.Partitions != nil || len(key.Parts) == 0 || !strings.EqualFold(key.Parts[0].Column, c.Name) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    c.Span,
				Fix:     randomInstead(t, c),
				Problem: review.Msg("%s stores the rows of `%s` in the order of `%s`, which counts up: every insert goes to the same region, and one store has all the work.", p.Engine.Title(), t.Name.String(), c.Name),
				Advice:  review.Msg("If many rows are inserted at a time, use AUTO_RANDOM, or PRIMARY KEY … NONCLUSTERED with SHARD_ROW_ID_BITS."),
			})
		}
	},
}

// randomInstead gives AUTO_RANDOM where TiDB takes it: a clustered BIGINT key of one column without a counter's start.
func randomInstead(t *ddlparse.Table, c *ddlparse.Column) *review.Edit {
	at := c.Attribute("AUTO_INCREMENT")
	if at.IsZero() || c.Type.Name != "bigint" || len(t.PrimaryKey().Parts) != 1 || t.Options.AutoIncrement != 0 || len(t.Options.Other) > 0 {
		return nil
	}
	return &review.Edit{Title: "Use AUTO_RANDOM", Span: at, New: "AUTO_RANDOM"}
}
