package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateStatement speaks of statements that stand a second time in the change set and still run: rows are written
// twice, or a table is rebuilt twice. What the server refuses the second time, other rules say.
var duplicateStatement = &review.Rule{
	ID:       "duplicate-statement",
	Title:    "The same statement stands twice",
	Category: review.Hygiene,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		seen := map[string]map[string]*ddlparse.Step{} // by table and text
		for _, s := range p.Steps() {
			if s.Migration.Role != ddlparse.Versioned {
				continue
			}
			table, text := strings.ToLower(writtenTable(s)), ""
			if repeats(s) {
				text = s.Statement.Normalized()
			}
			first := seen[table][text]
			if !onlyInserts(s) {
				forgetTables(seen, s)
			}
			if text == "" {
				continue
			}
			if first != nil && len(s.Problems) == 0 {
				reportTwice(p, s, first)
			}
			if seen[table] == nil {
				seen[table] = map[string]*ddlparse.Step{}
			}
			seen[table][text] = s
		}
	},
}

// repeats reports whether a second run of the statement does something: INSERT of given rows that may be there
// already, and clauses of ALTER TABLE that define anew.
func repeats(s *ddlparse.Step) bool {
	if len(s.Statement.Hidden) > 0 || len(s.Changes) == 0 {
		return false
	}
	for _, c := range s.Changes {
		switch c := c.(type) {
		case *ddlparse.Write:
			return c.Verb == "INSERT" && !c.Ignore && !c.Upsert && !c.Select && !mentions(s.Statement.Text(), "last_insert_id")
		case *ddlparse.ModifyColumn, *ddlparse.SetOptions, *ddlparse.AlterMode:
		default:
			return false
		}
	}
	return true
}

// onlyInserts reports whether the statement leaves what was there as it is.
func onlyInserts(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		if w, ok := c.(*ddlparse.Write); !ok || w.Verb != "INSERT" {
			return false
		}
	}
	return true
}

// forgetTables forgets what was seen of tables that another statement changes.
func forgetTables(seen map[string]map[string]*ddlparse.Step, s *ddlparse.Step) {
	for _, c := range s.Changes {
		delete(seen, strings.ToLower(c.At().Table.String()))
		if r, ok := c.(*ddlparse.RenameTable); ok {
			delete(seen, strings.ToLower(r.To.String()))
		}
	}
}

func reportTwice(p *review.Pass, s, first *ddlparse.Step) {
	f := review.Finding{
		Object:  writtenTable(s),
		Span:    firstLine(s.Statement.Span),
		Related: []review.Related{{Span: firstLine(first.Statement.Span), Note: review.Msg("The same statement stands here")}},
		Problem: review.Msg("The change set runs this statement on `%s` twice.", writtenTable(s)),
		Advice:  review.Msg("Delete one of the two."),
	}
	if s.Statement.Verb == "INSERT" {
		f.Problem = review.Msg("The change set writes the same rows into `%s` twice: they are there twice then, or a key refuses the second time (error %s).", writtenTable(s), review.Errno(1062))
	}
	p.Report(f)
}
