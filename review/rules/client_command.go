package rules

import (
	"regexp"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// clientCommand speaks of commands of the mysql client in files that a driver runs. Flyway and Atlas understand
// DELIMITER by themselves; plain files may be run by the client.
var clientCommand = &review.Rule{
	ID:       "client-command-in-migration",
	Title:    "Command of the mysql client in a migration",
	Category: review.Hygiene,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "run_by_client", Default: false, Doc: "The mysql client runs the migrations, so its commands are understood."},
	},
	Check: func(p *review.Pass) {
		if review.Value[bool](p, "run_by_client") {
			return
		}
		for m := range newTexts(p) {
			if !driverRuns[m.Tool] {
				continue
			}
			list := clientLines(p, m)
			if len(list) == 0 || historyHasCommands(p, m) {
				continue
			}
			f := review.Finding{
				Span:    list[0],
				Places:  list[1:],
				Problem: review.Msg("`%s` is a command of the mysql client: %s sends it to the server, and %s refuses it (error %s).", commandOf(list[0]), toolName(m.Tool), p.Engine.Title(), review.Errno(1064)),
				Advice:  review.Msg("Leave the command out, and write what it stands for as SQL."),
			}
			if strings.EqualFold(commandOf(list[0]), "DELIMITER") {
				f.Advice = delimiterAdvice(m.Tool)
			}
			p.Report(f)
		}
	},
}

// driverRuns are the tools that hand statements to a driver.
var driverRuns = map[ddlparse.Tool]bool{
	ddlparse.GolangMigrate: true, ddlparse.Goose: true, ddlparse.Dbmate: true, ddlparse.SQLMigrate: true, ddlparse.Prisma: true, ddlparse.Liquibase: true, ddlparse.Flyway: true, ddlparse.Atlas: true,
}

func delimiterAdvice(t ddlparse.Tool) review.Message {
	switch t {
	case ddlparse.Goose:
		return review.Msg("Put the statement between the lines -- +goose StatementBegin and -- +goose StatementEnd, and leave DELIMITER out.")
	case ddlparse.SQLMigrate:
		return review.Msg("Put the statement between the lines -- +migrate StatementBegin and -- +migrate StatementEnd, and leave DELIMITER out.")
	case ddlparse.Liquibase:
		return review.Msg("Give the changeset endDelimiter or splitStatements:false, and leave DELIMITER out.")
	}
	return review.Msg("Leave DELIMITER out: give the statement with the body a file of its own.")
}

var (
	delimiterLine = regexp.MustCompile(`(?i)^[ \t]*DELIMITER[ \t]+\S`)
	clientWord    = regexp.MustCompile(`(?i)^(SOURCE|SYSTEM|TEE|NOTEE|PAGER|NOPAGER|PROMPT|EXIT|QUIT|WARNINGS|NOWARNING|\\[a-z.!])`)
)

// clientLines are the places of the commands in a file.
func clientLines(p *review.Pass, m *ddlparse.Migration) []ddlparse.Span {
	var list []ddlparse.Span
	for _, s := range m.Skipped {
		if clientWord.MatchString(s.Span.Text()) {
			list = append(list, firstLine(s.Span))
		}
	}
	if m.Tool == ddlparse.Flyway || m.Tool == ddlparse.Atlas || !mentions(m.Source.Text, "delimiter") {
		return list
	}
	statements, comments := statementSpans(statementsIn(p, m)), ddlparse.Comments(m.Source, p.Engine)
	for at, line := range linesOf(m.Source) {
		if delimiterLine.MatchString(line) {
			if span := lineSpan(m.Source, at, line); !around(statements, span.Start) && !around(comments, span.Start) {
				list = append(list, span)
			}
		}
	}
	return list
}

// historyHasCommands reports whether merged files hold such commands too: then something understands them.
func historyHasCommands(p *review.Pass, m *ddlparse.Migration) bool {
	for _, h := range p.Plan.History {
		if h.Source == m.Source {
			continue
		}
		for _, s := range h.Skipped {
			if clientWord.MatchString(s.Span.Text()) {
				return true
			}
		}
		if m.Tool != ddlparse.Flyway && mentions(h.Source.Text, "delimiter") {
			for _, line := range linesOf(h.Source) {
				if delimiterLine.MatchString(line) {
					return true
				}
			}
		}
	}
	return false
}

func commandOf(at ddlparse.Span) string {
	word, _, _ := strings.Cut(at.Text(), " ")
	return strings.TrimRight(word, ";")
}
