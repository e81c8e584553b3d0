package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// replayFailed speaks once per table of those that the change set is about and that earlier migrations left uncertain:
// then no rule says anything of them.
var replayFailed = &review.Rule{
	ID:       "replay-failed",
	Title:    "Earlier migrations leave it open what the table is",
	Category: review.Hygiene,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		said := map[string]bool{}
		for _, s := range p.Steps() {
			for _, c := range s.Changes {
				t := c.At().Before
				if !t.IsOpaque() || t == nil || said[t.Name.String()] || !beforeChangeSet(p, t) || !definesTable(c) {
					continue
				}
				said[t.Name.String()] = true
				p.Report(review.Finding{
					Object:  t.Name.String(),
					Span:    firstLine(c.At().Span),
					Related: []review.Related{{Span: firstLine(t.Opaque), Note: review.Msg("This statement was not understood")}},
					Problem: review.Msg("An earlier migration changes `%s` in a way that was not understood, so what this statement does to it was not checked.", t.Name.String()),
					Advice:  review.Msg("Check this statement by hand; a migration that writes the earlier change as plain SQL makes the table known again."),
				})
			}
		}
	},
}

// beforeChangeSet reports whether the table was uncertain already when the change set began.
func beforeChangeSet(p *review.Pass, t *ddlparse.Table) bool {
	start := p.Start().Table(t.Name)
	return start != nil && start.IsOpaque()
}

// definesTable leaves out changes of rows, and what takes the whole table away.
func definesTable(c ddlparse.Change) bool {
	switch c.(type) {
	case *ddlparse.Write, *ddlparse.TruncateTable, *ddlparse.DropTable, *ddlparse.CreateTrigger, *ddlparse.DropTrigger, *ddlparse.Unanalyzable:
		return false
	}
	return true
}
