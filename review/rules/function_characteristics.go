package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// functionCharacteristics speaks of functions that say nothing of what they do. MySQL 8.4 manual, "Stored Program
// Binary Logging". A history that holds such functions runs where they are trusted.
var functionCharacteristics = &review.Rule{
	ID:       "function-missing-characteristics",
	Title:    "Stored function doesn't say what it does to data",
	Category: review.Objects,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params: []review.Param{
		{Name: "trusted", Default: false, Doc: "The server runs with log_bin_trust_function_creators, so that functions need no characteristic."},
	},
	Check: func(p *review.Pass) {
		if review.Value[bool](p, "trusted") {
			return
		}
		for r := range p.Start().Routines() {
			if saysNothing(r) {
				return
			}
		}
		for _, c := range review.Each[*ddlparse.CreateRoutine](p) {
			if saysNothing(c.Routine) {
				reportFunction(p, c.Routine)
			}
		}
	},
}

// saysNothing reports whether a stored function has none of the characteristics that the server wants. A loadable
// function (SONAME) has no body.
func saysNothing(r *ddlparse.Routine) bool {
	if r.Kind != "FUNCTION" {
		return false
	}
	words := " " + wordsOf(r.Body.Text()) + " "
	if !strings.Contains(words, " RETURNS ") || strings.Contains(words, " SONAME ") {
		return false
	}
	for _, w := range []string{" NO SQL ", " READS SQL DATA "} {
		if strings.Contains(words, w) {
			return false
		}
	}
	return !strings.Contains(strings.ReplaceAll(words, " NOT DETERMINISTIC ", " "), " DETERMINISTIC ")
}

func reportFunction(p *review.Pass, r *ddlparse.Routine) {
	f := review.Finding{
		Object:  r.Name.String(),
		Span:    firstLine(r.Span),
		Problem: review.Msg("The function `%s` is neither DETERMINISTIC nor NO SQL nor READS SQL DATA: %s refuses it where the binary log is on and log_bin_trust_function_creators is off (error %s).", r.Name.String(), p.Engine.Title(), review.Errno(1418)),
		Advice:  review.Msg("Write the one that is true behind RETURNS; a function that changes rows needs log_bin_trust_function_creators."),
	}
	if p.Engine.IsMariaDB() {
		f.Severity = review.Notice // the binary log is off by default there
	}
	p.Report(f)
}
