package rules

import (
	"regexp"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dateText is a bound that people read as a date.
var dateText = regexp.MustCompile(`['"](?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[ T][\d:.]+)?|(?:19|20)\d{4}(?:\d{2})?)['"]`)

// nativePartitionDateString: MySQL 9.7 and MariaDB 10.11 put '2024-9-30' behind '2024-11-01' (error 1526).
var nativePartitionDateString = &review.Rule{
	ID:       "native-partition-date-string",
	Title:    "Partitions compare dates as text",
	Category: review.Partitions,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			c := datesAsText(t)
			if c == nil || datesAsText(startTable(p, t)) != nil {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    t.Partitions.ColumnsSpan,
				Problem: review.Msg("The partitions of `%s` compare dates in `%s` as text on %s: what isn't written exactly like the bounds, such as `2024-9-30`, lands in another partition or in none.", t.Name.String(), c.Name, p.Engine.Title()),
				Advice:  review.Msg("Make `%s` DATE or DATETIME.", c.Name),
				Related: []review.Related{{Span: c.Span, Note: review.Msg("`%s` is defined here", objectOf(t.Name, c.Name))}},
			})
		}
	},
}

// datesAsText is the first text column by whose ranges the table is partitioned, if a bound is a date.
func datesAsText(t *ddlparse.Table) *ddlparse.Column {
	if t == nil || t.Partitions == nil || t.Partitions.Method != "RANGE COLUMNS" {
		return nil
	}
	if !slices.ContainsFunc(t.Partitions.Parts, func(part ddlparse.Partition) bool { return dateText.MatchString(part.Values) }) {
		return nil
	}
	for _, name := range t.Partitions.Columns {
		if c := t.Column(name); c != nil && c.Type.IsText() {
			return c
		}
	}
	return nil
}
