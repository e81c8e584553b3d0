package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// foreignKeyChecksDisabled speaks once per migration. A migration that only makes new tables, drops what
// it makes anew, and switches the checks on again, leaves no row unchecked: dumps do so for the order.
var foreignKeyChecksDisabled = &review.Rule{
	ID:       "foreign-key-checks-disabled",
	Title:    "Foreign key checks are switched off",
	Category: review.ForeignKeys,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "allow_around_add_fk", Default: false, Doc: "The checks may be off while a foreign key is added, if they are switched on again: MySQL then needs no copy of the table."}},
	Check: func(p *review.Pass) {
		for i, s := range p.Steps() {
			if c := checksOff(s); c != nil && !s.NoForeignKeyChecks {
				reportChecksOff(p, c, p.Steps()[i+1:], s.Migration)
			}
		}
	},
}

// checksOff is the assignment of the step that switches the checks off, or nil.
func checksOff(s *ddlparse.Step) *ddlparse.SetVariable {
	for _, c := range s.Changes {
		if v, ok := c.(*ddlparse.SetVariable); ok && v.Name == "foreign_key_checks" && isOff(v.Value) {
			return v
		}
	}
	return nil
}

func isOff(value string) bool {
	switch strings.ToLower(value) {
	case "0", "off", "false":
		return true
	}
	return false
}

func reportChecksOff(p *review.Pass, c *ddlparse.SetVariable, rest []*ddlparse.Step, m *ddlparse.Migration) {
	harmless, adds, again := true, false, false
	for _, s := range rest {
		if s.Migration != m {
			break
		}
		if !s.NoForeignKeyChecks {
			again = true
			break
		}
		for _, change := range s.Changes {
			_, isAdd := change.(*ddlparse.AddForeignKey)
			adds = adds || isAdd
			harmless = harmless && leavesNothingUnchecked(p, change)
		}
		again = switchesChecksOn(s)
	}
	if again && (harmless || adds && review.Value[bool](p, "allow_around_add_fk")) {
		return
	}
	f := review.Finding{
		Object:  "foreign_key_checks",
		Span:    c.Span,
		Problem: review.Msg("With foreign_key_checks off %s takes rows without a parent and never looks at them again, also not when the checks are back on.", p.Engine.Title()),
		Advice:  review.Msg("Put the statements in an order that needs no exception, and leave the checks on."),
	}
	if !again {
		f.Problem = review.Msg("foreign_key_checks stays off after this migration: %s takes rows without a parent from every later statement of the connection.", p.Engine.Title())
		f.Advice = review.Msg("Leave the checks on, or write SET foreign_key_checks = 1 at the end.")
	}
	p.Report(f)
}

// switchesChecksOn reports whether the step is the end of the stretch.
func switchesChecksOn(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		if v, ok := c.(*ddlparse.SetVariable); ok && v.Name == "foreign_key_checks" && !isOff(v.Value) {
			return true
		}
	}
	return false
}

// leavesNothingUnchecked reports whether the change is about a table that the change set makes, or about none.
func leavesNothingUnchecked(p *review.Pass, change ddlparse.Change) bool {
	at := change.At()
	if at.Table.IsZero() {
		return true
	}
	switch change.(type) {
	case *ddlparse.DropTable, *ddlparse.CreateView, *ddlparse.DropView, *ddlparse.CreateTrigger, *ddlparse.DropTrigger, *ddlparse.CreateRoutine, *ddlparse.DropRoutine:
		return true // another rule speaks of what is dropped
	}
	return at.Before == nil && at.After == nil || p.Created(at.After) || p.Created(at.Before)
}
