package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// toolDirective speaks of markers without which the tool refuses the file, or cuts a statement at the first semicolon:
// goose README ("SQL Migrations"), sql-migrate README ("Writing migrations"), dbmate README ("Creating Migrations"),
// Liquibase "Formatted SQL changelog".
var toolDirective = &review.Rule{
	ID:       "missing-tool-directive",
	Title:    "Marker that the migration tool needs is missing",
	Category: review.Hygiene,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for m := range newTexts(p) {
			switch marker := upMarker[m.Tool]; {
			case marker != "" && len(m.Statements) > 0 && !hasMarker(m.Source, marker):
				reportNoUp(p, m, marker)
			default:
				lookForBodies(p, m)
			}
		}
	},
}

// upMarker begins the part that runs forwards.
var upMarker = map[ddlparse.Tool]string{ddlparse.Goose: "+goose Up", ddlparse.SQLMigrate: "+migrate Up", ddlparse.Dbmate: "migrate:up"}

// hasMarker reports whether a comment line starts with the marker, in any case.
func hasMarker(src *ddlparse.Source, marker string) bool {
	for _, line := range linesOf(src) {
		if isMarker(line, marker) {
			return true
		}
	}
	return false
}

func isMarker(line, marker string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t\uFEFF"), "--")
	rest = strings.TrimSpace(rest)
	return ok && len(rest) >= len(marker) && strings.EqualFold(rest[:len(marker)], marker)
}

func reportNoUp(p *review.Pass, m *ddlparse.Migration, marker string) {
	p.Report(review.Finding{
		Span:    sourceStart(m),
		Problem: review.Msg("The file has no line `-- %s`: %s refuses it, and runs nothing.", marker, toolName(m.Tool)),
		Advice:  review.Msg("Write `-- %s` above the statements.", marker),
	})
}

// lookForBodies finds statements with semicolons inside that the tool isn't told to keep whole.
func lookForBodies(p *review.Pass, m *ddlparse.Migration) {
	if m.Tool != ddlparse.Goose && m.Tool != ddlparse.SQLMigrate && m.Tool != ddlparse.Liquibase {
		return
	}
	var list []ddlparse.Span
	for _, s := range statementsIn(p, m) {
		if holdsStatements(s) && !keptWhole(m, s.Span.Start) {
			list = append(list, firstLine(s.Span))
		}
	}
	if len(list) == 0 {
		return
	}
	f := review.Finding{
		Span: list[0], Places: list[1:],
		Problem: review.Msg("%s cuts this statement at its first semicolon, and %s refuses the pieces (error %s).", toolName(m.Tool), p.Engine.Title(), review.Errno(1064)),
	}
	switch m.Tool {
	case ddlparse.Goose:
		f.Advice = review.Msg("Put the statement between the lines `-- +goose StatementBegin` and `-- +goose StatementEnd`.")
	case ddlparse.SQLMigrate:
		f.Advice = review.Msg("Put the statement between the lines `-- +migrate StatementBegin` and `-- +migrate StatementEnd`.")
	default:
		f.Advice = review.Msg("Give the changeset splitStatements:false, or endDelimiter with another mark.")
	}
	p.Report(f)
}

// holdsStatements reports whether the statement has a body of several statements.
func holdsStatements(s *ddlparse.Statement) bool {
	switch s.Verb {
	case "CREATE PROCEDURE", "CREATE FUNCTION", "CREATE TRIGGER", "CREATE EVENT", "CREATE PACKAGE":
		return strings.Contains(wordsOf(s.Text()), ";")
	}
	return false
}

// keptWhole reports whether the last marker before the offset tells the tool not to cut.
func keptWhole(m *ddlparse.Migration, at int32) bool {
	prefix := map[ddlparse.Tool]string{ddlparse.Goose: "+goose", ddlparse.SQLMigrate: "+migrate", ddlparse.Liquibase: "changeset"}[m.Tool]
	if prefix == "" {
		return true
	}
	whole := false
	for start, line := range linesOf(m.Source) {
		switch lower := strings.ToLower(line); {
		case start >= at:
			return whole
		case m.Tool == ddlparse.Liquibase && isMarker(line, prefix):
			whole = strings.Contains(lower, "splitstatements:false") || strings.Contains(lower, "enddelimiter:")
		case m.Tool == ddlparse.Liquibase && isMarker(line, "rollback"), isMarker(line, prefix+" StatementBegin"):
			whole = true
		case isMarker(line, prefix+" StatementEnd"):
			whole = false
		}
	}
	return whole
}
