package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// discardTablespace speaks of tables whose file is deleted; until another is imported every use of the
// table fails. MySQL 8.4 manual, "Importing InnoDB Tables". A table made for an import is what it is for.
var discardTablespace = &review.Rule{
	ID:       "discard-tablespace",
	Title:    "File of a table is deleted",
	Category: review.Destructive,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AlterMode](p) {
			if c.Option != "DISCARD TABLESPACE" || c.Before != nil && !holdsRows(p, s, c.Before) {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("%s deletes the file with the rows of `%s`; until another one is imported every statement that reads them fails (error %s).", p.Engine.Title(), c.Table.String(), review.Errno(1814)),
				Advice:  review.Msg("Import into a new table of the same definition, and swap it with `%s` by RENAME TABLE.", c.Table.Name),
			})
		}
	},
}

// exchangePartitionWithoutValidation speaks of rows that may end up in a partition they don't belong to.
// MySQL 8.4 manual, "Exchanging Partitions and Subpartitions with Tables".
var exchangePartitionWithoutValidation = &review.Rule{
	ID:       "exchange-partition-without-validation",
	Title:    "Partition is exchanged without validation",
	Category: review.Destructive,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.AlterPartitions](p) {
			at := withoutValidation(c)
			if at.IsZero() {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    at,
				Problem: review.Msg("%s does not look whether the rows of `%s` belong into the partition: queries that name a partition's range miss the ones that don't.", p.Engine.Title(), c.With.String()),
				Advice:  review.Msg("Exchange WITH VALIDATION, or check the rows of `%s` before.", c.With.String()),
				Fix:     &review.Edit{Title: "Validate the rows", Span: at, New: "WITH VALIDATION"},
			})
		}
	},
}

// withoutValidation is the place of WITHOUT VALIDATION, zero where it isn't written.
func withoutValidation(c *ddlparse.AlterPartitions) ddlparse.Span {
	at := c.Span
	if c.Action != "EXCHANGE PARTITION" {
		return ddlparse.Span{}
	}
	text := strings.ToUpper(at.Text())
	i := strings.LastIndex(text, "WITHOUT")
	if i < 0 || strings.Join(strings.Fields(text[i:]), " ") != "WITHOUT VALIDATION" || len(text) != len(at.Text()) {
		return ddlparse.Span{}
	}
	at.Start += int32(i)
	return at
}
