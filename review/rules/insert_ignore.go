package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// insertIgnore speaks of INSERT IGNORE and UPDATE IGNORE. MySQL 8.4 manual, "Comparison of the IGNORE
// Keyword and Strict SQL Mode".
var insertIgnore = &review.Rule{
	ID:       "insert-ignore",
	Title:    "IGNORE turns errors into warnings",
	Category: review.Statements,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, g := range writesByTable(p, ignoresErrors) {
			f := g.finding()
			f.Problem = review.Msg("%s IGNORE makes warnings of all errors on `%s`, not only of duplicates: values that don't fit are cut, NULL in NOT NULL columns becomes 0 or '', rows without a parent are left out.", g.list[0].Verb, g.table.String())
			f.Advice = review.Msg("Use ON DUPLICATE KEY UPDATE with a column set to itself to pass over duplicates alone.")
			if g.list[0].Verb == "UPDATE" {
				f.Advice = review.Msg("Leave IGNORE out and correct the rows of `%s` that fail first.", g.table.String())
			}
			p.Report(f)
		}
	},
}

// ignoresErrors: LOAD DATA … IGNORE 1 LINES is another IGNORE.
func ignoresErrors(w *ddlparse.Write) bool {
	return w.Ignore && (w.Verb == "INSERT" || w.Verb == "UPDATE")
}
