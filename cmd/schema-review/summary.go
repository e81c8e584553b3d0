package main

import (
	"fmt"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// count writes a number with its noun: "1 error", "2 errors".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// tally counts the findings: "2 errors, 1 warning, 3 design suggestions", or "No problems". What a model suggests is
// no problem.
func tally(r *review.Report) string {
	var parts []string
	for s := review.Error; s > review.Off; s-- {
		if n := ruled(r, s); n > 0 {
			parts = append(parts, count(n, s.String()))
		}
	}
	if len(parts) == 0 {
		parts = []string{"No problems"}
	}
	if n := suggestions(r); n > 0 {
		parts = append(parts, count(n, "design suggestion"))
	}
	return strings.Join(parts, ", ")
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

// scope says what was reviewed: "in 4 statements of 2 migrations".
func scope(r *review.Report) string {
	text := fmt.Sprintf("in %s of %s", count(r.Coverage.Statements, "statement"), count(r.Coverage.Migrations, "migration"))
	if n := edited(r); n > 0 {
		text += fmt.Sprintf(", %s edited, moved or deleted", count(n, "merged one"))
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
func assumption(r *review.Report) string {
	if r.EngineSource != "assumed" {
		return ""
	}
	return fmt.Sprintf("%s is assumed: say which server runs with --engine or `engine:` in %s", r.Engine.Title(), configPath)
}

// circumstances says for which server, from which schema, and how long it took.
func circumstances(r *review.Report) string {
	parts := []string{r.Engine.Title()}
	if n := r.Coverage.History; n > 0 {
		parts = append(parts, "schema from "+count(n, "earlier migration"))
	}
	if r.Took > 0 {
		parts = append(parts, fmt.Sprintf("%.2f s", r.Took.Seconds()))
	}
	return strings.Join(parts, ", ")
}
