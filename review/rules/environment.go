package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// environmentDependent speaks of values that each server and account answers in its own way, where they become rows or
// definitions. A look into information_schema for the own database is how migrations find out what is there.
var environmentDependent = &review.Rule{
	ID:       "environment-dependent-statement",
	Title:    "Statement does something else on every server",
	Category: review.Hygiene,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			if s.Migration.Role == ddlparse.Declarative || !makesRows(s) || len(s.Statement.Hidden) > 0 {
				continue
			}
			if at := serverValue(p, s.Statement); !at.IsZero() {
				p.Report(review.Finding{
					Object:  writtenTable(s),
					Span:    at,
					Problem: review.Msg("`%s` is different on every server or for every account: the same migration leaves different rows or definitions behind.", at.Text()),
					Advice:  review.Msg("Write the value that is meant, or let the deployment set it outside of the migration."),
				})
			}
		}
	},
}

// makesRows reports whether the statement writes rows or defines a table or view; what a routine or trigger does when
// it is called is its own matter.
func makesRows(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		switch c := c.(type) {
		case *ddlparse.Write:
			return c.Verb != "DELETE"
		case *ddlparse.CreateTable:
			return !c.Select.IsZero()
		}
	}
	return false
}

func writtenTable(s *ddlparse.Step) string {
	for _, c := range s.Changes {
		if n := c.At().Table; !n.IsZero() {
			return n.String()
		}
	}
	return ""
}

// serverVariables are those that tell one server from another.
var serverVariables = map[string]bool{
	"@@hostname": true, "@@server_id": true, "@@server_uuid": true, "@@port": true, "@@socket": true, "@@datadir": true, "@@version": true, "@@version_comment": true, "@@basedir": true, "@@report_host": true,
}

// accountCalls are the functions that tell one database or account from another.
var accountCalls = map[string]bool{"DATABASE": true, "SCHEMA": true, "USER": true, "CURRENT_USER": true, "SESSION_USER": true, "SYSTEM_USER": true, "CONNECTION_ID": true, "VERSION": true}

// serverValue finds the first of them in a statement, nothing where it reads information_schema.
func serverValue(p *review.Pass, s *ddlparse.Statement) ddlparse.Span {
	if !strings.Contains(s.Text(), "@@") && !strings.Contains(s.Text(), "(") || mentions(s.Text(), "information_schema") {
		return ddlparse.Span{}
	}
	toks := ddlparse.Tokens(s.Span, p.Engine, false)
	for i, t := range toks {
		if t.Kind != ddlparse.WordToken {
			continue
		}
		text := strings.ToLower(t.Text())
		for _, scope := range []string{"@@global.", "@@session."} {
			if rest, ok := strings.CutPrefix(text, scope); ok {
				text = "@@" + rest
			}
		}
		if serverVariables[text] {
			return t.Span
		}
		called := i+2 < len(toks) && toks[i+1].Text() == "(" && toks[i+2].Text() == ")"
		qualified := i > 0 && toks[i-1].Text() == "."
		if called && !qualified && accountCalls[strings.ToUpper(t.Text())] {
			return ddlparse.Span{Source: t.Span.Source, Start: t.Span.Start, End: toks[i+2].Span.End}
		}
	}
	return ddlparse.Span{}
}
