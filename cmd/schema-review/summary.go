package main

import (
	"fmt"
	"strings"

	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/message"
)

// count writes a number with its noun: "1 error", "2 errors".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// amount is a number with its noun in the printer's language. Both forms are keys of translations.
func amount(p *message.Printer, n int, one, many string) string {
	if n == 1 {
		return p.Sprintf(one, n)
	}
	return p.Sprintf(many, n)
}

// severityWord is how a severity is called.
func severityWord(s review.Severity, p *message.Printer) string {
	switch s {
	case review.Error:
		return p.Sprintf("error")
	case review.Warning:
		return p.Sprintf("warning")
	}
	return p.Sprintf("notice")
}

// worstOf is the worst severity that a rule gives, Off when none says anything.
func worstOf(r *review.Report) review.Severity {
	worst := review.Off
	for _, f := range r.Findings {
		if !f.ByModel {
			worst = max(worst, f.Severity)
		}
	}
	return worst
}

// scope says what was reviewed: "4 statements of 2 migrations".
func scope(r *review.Report, p *message.Printer) string {
	text := p.Sprintf("%s of %s", amount(p, r.Coverage.Statements, "%d statement", "%d statements"), amount(p, r.Coverage.Migrations, "%d migration", "%d migrations"))
	if n := edited(r); n > 0 {
		text += p.Sprintf(", ") + amount(p, n, "%d merged one edited, moved or deleted", "%d merged ones edited, moved or deleted")
	}
	return text
}

// edited counts the migrations of the base that the change set edits, moves or deletes.
func edited(r *review.Report) int {
	n := 0
	for _, p := range r.Plans {
		n += len(p.Edited)
	}
	return n
}

// assumption says that nobody told which server runs, "" when somebody did.
func assumption(r *review.Report, p *message.Printer) string {
	if r.EngineSource != "assumed" {
		return ""
	}
	return p.Sprintf("%s is assumed: say which server runs with --engine or `engine:` in %s", r.Engine.Title(), configPath)
}

// circumstances says for which server, from which schema, and how long it took.
func circumstances(r *review.Report, p *message.Printer) string {
	parts := []string{r.Engine.Title()}
	if n := r.Coverage.History; n > 0 {
		parts = append(parts, amount(p, n, "schema from %d earlier migration", "schema from %d earlier migrations"))
	}
	if r.Took > 0 {
		parts = append(parts, p.Sprintf("%.2f s", r.Took.Seconds()))
	}
	return strings.Join(parts, p.Sprintf(", "))
}
