package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// implicitCommit speaks of explicit transactions that a statement ends before their COMMIT.
var implicitCommit = &review.Rule{
	ID:       "implicit-commit-in-transaction",
	Title:    "Statement commits the open transaction",
	Category: review.Hygiene,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			lookForCommits(p, steps)
		}
	},
}

// lookForCommits follows BEGIN and COMMIT. Behind an implicit commit no transaction is open, so one
// transaction is said once. It is an error where rows were changed before: they can't be rolled back.
func lookForCommits(p *review.Pass, steps []*ddlparse.Step) {
	begin := asksForTransaction(steps[0].Migration)
	open, wrote := !begin.IsZero(), false
	for _, s := range steps {
		if open && commits(s) {
			reportCommit(p, s, begin, wrote)
			open = false
		}
		for _, c := range s.Changes {
			switch c := c.(type) {
			case *ddlparse.Transaction:
				open, wrote, begin = c.Verb == "BEGIN", false, firstLine(c.Span)
			case *ddlparse.Write:
				wrote = wrote || open && !ownRows(p, c)
			}
		}
	}
}

// asksForTransaction finds dbmate's transaction:true, zero where nobody asked.
func asksForTransaction(m *ddlparse.Migration) ddlparse.Span {
	if m.Tool != ddlparse.Dbmate || m.NoTransaction {
		return ddlparse.Span{}
	}
	at := 0
	for line := range strings.Lines(m.Source.Text) {
		if words := strings.Fields(line); len(words) > 2 && words[0] == "--" && words[1] == "migrate:up" && words[2] == "transaction:true" {
			return firstLine(ddlparse.Span{Source: m.Source, Start: int32(at), End: int32(at + len(line))})
		}
		at += len(line)
	}
	return ddlparse.Span{}
}

func reportCommit(p *review.Pass, s *ddlparse.Step, begin ddlparse.Span, wrote bool) {
	f := review.Finding{
		Object:  s.Statement.Table.String(),
		Span:    firstLine(s.Statement.Span),
		Related: []review.Related{{Span: begin, Note: review.Msg("The transaction begins here")}},
		Problem: review.Msg("%s commits the open transaction before it runs this %s: what was changed since its start can't be rolled back, and what follows runs outside of it.", p.Engine.Title(), s.Statement.Verb),
		Advice:  review.Msg("Take the %s out of the transaction.", s.Statement.Verb),
	}
	if !wrote {
		f.Severity = review.Warning
		f.Problem = review.Msg("%s commits before and after this %s, so the transaction around it does nothing: a failure leaves the statements before it done.", p.Engine.Title(), s.Statement.Verb)
	}
	p.Report(f)
}
