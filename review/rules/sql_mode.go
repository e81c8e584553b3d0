package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// sqlModeWeakened speaks of a SET sql_mode that lets wrong values through, where statements about
// tables with rows follow. MySQL 8.4 manual, "Server SQL Modes".
var sqlModeWeakened = &review.Rule{
	ID:       "sql-mode-weakened",
	Title:    "sql_mode lets wrong values through",
	Category: review.Hygiene,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for i, s := range p.Steps() {
			for _, c := range s.Changes {
				v, ok := c.(*ddlparse.SetVariable)
				if !ok || v.Name != "sql_mode" {
					continue
				}
				lost := lostModes(p.Engine, v)
				if len(lost) > 0 && (stays(v) || reachesRows(p, p.Steps()[i+1:], s.Migration)) {
					reportMode(p, v, lost)
				}
			}
		}
	},
}

// strictMode stands for all modes that make wrong values errors.
const strictMode = "STRICT_TRANS_TABLES"

// checkingModes are those that the server has on by itself and that keep wrong values out.
func checkingModes(e ddlparse.Engine) []string {
	if e.IsMariaDB() {
		return []string{strictMode, "ERROR_FOR_DIVISION_BY_ZERO"}
	}
	return []string{strictMode, "NO_ZERO_DATE", "NO_ZERO_IN_DATE", "ERROR_FOR_DIVISION_BY_ZERO"}
}

// lostModes lists the modes that are off behind the SET. An expression takes away what REPLACE names;
// other expressions, such as a saved value, are not known to take any.
func lostModes(e ddlparse.Engine, v *ddlparse.SetVariable) []string {
	value := strings.ToUpper(v.Value)
	var lost []string
	switch {
	case v.Literal || value == "0" || value == "''":
		modes := strings.Split(strings.ReplaceAll(value, " ", ""), ",")
		for _, m := range checkingModes(e) {
			if !slices.Contains(modes, m) && !slices.Contains(modes, "TRADITIONAL") && !(m == strictMode && slices.Contains(modes, "STRICT_ALL_TABLES")) {
				lost = append(lost, m)
			}
		}
	case strings.Contains(value, "REPLACE("):
		for _, m := range []string{strictMode, "STRICT_ALL_TABLES", "NO_ZERO_DATE", "NO_ZERO_IN_DATE", "ERROR_FOR_DIVISION_BY_ZERO"} {
			if mentions(value, m) {
				lost = append(lost, m)
			}
		}
	}
	return lost
}

// stays reports whether the setting outlives the connection.
func stays(v *ddlparse.SetVariable) bool {
	return v.Scope == "GLOBAL" || strings.HasPrefix(v.Scope, "PERSIST")
}

// reachesRows reports whether, before the next SET sql_mode of the migration, a statement changes rows
// or columns of a table that was there before. What is new gets only what the change set gives it.
func reachesRows(p *review.Pass, steps []*ddlparse.Step, m *ddlparse.Migration) bool {
	for _, s := range steps {
		if s.Migration != m {
			return false
		}
		for _, c := range s.Changes {
			switch c := c.(type) {
			case *ddlparse.SetVariable:
				if c.Name == "sql_mode" {
					return false
				}
			case *ddlparse.Write:
				if c.Verb != "DELETE" && !ownRows(p, c) {
					return true
				}
			case *ddlparse.ModifyColumn, *ddlparse.AddColumn, *ddlparse.SetOptions:
				if holdsRows(p, s, c.At().Before) {
					return true
				}
			}
		}
	}
	return false
}

// reportMode is calmer where only dates and divisions go unchecked.
func reportMode(p *review.Pass, v *ddlparse.SetVariable, lost []string) {
	f := review.Finding{
		Object: v.Name, Span: v.Span,
		Problem: review.Msg("Without %s %s only warns of values that don't fit: it cuts strings, clips numbers and writes zero dates, so a wrong type change destroys data unseen.", lost[0], p.Engine.Title()),
		Advice:  review.Msg("Leave sql_mode as it is, and correct the rows that don't fit first."),
	}
	if !strings.HasPrefix(lost[0], "STRICT") {
		f.Severity = review.Warning
		f.Problem = review.Msg("Without %s %s takes values that it refuses elsewhere, such as zero dates or the NULL of a division by zero.", quoted(lost), p.Engine.Title())
	}
	p.Report(f)
}
