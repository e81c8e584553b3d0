package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

var lockTablesInMigration = &review.Rule{
	ID: "lock-tables-in-migration", Title: "Migration locks tables by hand", Category: review.Locking, Severity: review.Error, Engines: withLocks,
	Check: func(p *review.Pass) {
		for s := range stepsOf(p, "LOCK", "FLUSH", "SELECT", "DO") {
			words := wordsOf(s.Statement.Text())
			f := review.Finding{
				Span:    firstLine(s.Statement.Span),
				Problem: review.Msg("This statement makes the application wait for its tables until the session of the migration ends or unlocks them."),
				Advice:  review.Msg("Leave it out: DDL takes the locks that it needs by itself."),
			}
			switch {
			case strings.HasPrefix(words, "LOCK INSTANCE "):
				f.Problem = review.Msg("LOCK INSTANCE FOR BACKUP stops all DDL of the server until the session of the migration ends.")
			case strings.HasPrefix(words, "LOCK TABLE"):
				if onlyNewTables(p, s) {
					continue
				}
			case strings.HasPrefix(words, "FLUSH ") && (strings.Contains(words, " READ LOCK") || strings.HasSuffix(words, " FOR EXPORT")):
			case hasCall(words, "GET_LOCK"):
				f.Severity = min(review.Warning, p.Rule.Severity)
				f.Problem = review.Msg("GET_LOCK keeps its lock until the session ends: if the migration tool dies, others wait for it until the server notices.")
				f.Advice = review.Msg("Leave locks between deployments to the migration tool, which has its own.")
			default:
				continue
			}
			p.Report(f)
		}
	},
}

// onlyNewTables reports whether all the tables that LOCK TABLES names were made by the change set, as in a dump.
func onlyNewTables(p *review.Pass, s *ddlparse.Step) bool {
	found := false
	for _, t := range ddlparse.Tokens(s.Statement.Span, p.Engine, false) {
		if t.Kind != ddlparse.WordToken && t.Kind != ddlparse.QuotedToken {
			continue
		}
		name := ddlparse.Name{Name: t.Text()}
		if t.Kind == ddlparse.QuotedToken {
			name.Name = t.Value()
		}
		table := s.Before.Table(name)
		if table != nil && !p.Created(table) {
			return false
		}
		found = found || table != nil
	}
	return found
}
