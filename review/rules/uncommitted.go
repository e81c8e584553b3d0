package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// uncommittedTransaction speaks of rows that are written in a transaction which the file begins and doesn't end.
// MySQL 8.4 manual, "START TRANSACTION, COMMIT, and ROLLBACK Statements". Tools that end a transaction of
// their own behind the file are left out: they commit this one with it.
var uncommittedTransaction = &review.Rule{
	ID:       "uncommitted-transaction",
	Title:    "Transaction is not committed",
	Category: review.Hygiene,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			if steps[0].Migration.Tool != ddlparse.PlainSQL {
				continue
			}
			if begin, rows := openTransaction(steps); rows != nil {
				p.Report(review.Finding{
					Object:  rows.Table.String(),
					Span:    begin.Span,
					Problem: review.Msg("The file ends without COMMIT: when the connection closes, %s takes back what was written to `%s` and the rest since here, although the run looked successful.", p.Engine.Title(), rows.Table.String()),
					Advice:  review.Msg("End the file with COMMIT."),
					Related: []review.Related{{Span: firstLine(rows.Span), Note: review.Msg("The rows of `%s` are written here", rows.Table.String())}},
				})
			}
		}
	},
}

// openTransaction is the BEGIN that nothing ends, and the first rows written behind it. DDL commits.
func openTransaction(steps []*ddlparse.Step) (begin *ddlparse.Transaction, rows *ddlparse.Write) {
	for _, s := range steps {
		if commits(s) {
			begin, rows = nil, nil
		}
		for _, c := range s.Changes {
			switch c := c.(type) {
			case *ddlparse.Transaction:
				begin, rows = nil, nil
				if c.Verb == "BEGIN" {
					begin = c
				}
			case *ddlparse.Write:
				if begin != nil && rows == nil {
					rows = c
				}
			}
		}
	}
	return begin, rows
}
