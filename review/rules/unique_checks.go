package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// uniqueChecksDisabled speaks of SET unique_checks = 0 where rows follow for a table with a unique key besides
// the primary one. MySQL 8.4 manual, "Server System Variables": unique_checks.
var uniqueChecksDisabled = &review.Rule{
	ID:       "unique-checks-disabled",
	Title:    "Unique keys are not checked",
	Category: review.Hygiene,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			for i, s := range steps {
				for _, c := range s.Changes {
					if v, ok := c.(*ddlparse.SetVariable); ok && switchesOff(v, "unique_checks") {
						reportUnchecked(p, v, steps[i+1:])
					}
				}
			}
		}
	},
}

func switchesOff(v *ddlparse.SetVariable, name string) bool {
	value := strings.ToUpper(v.Value)
	return v.Name == name && (value == "0" || value == "OFF" || value == "FALSE")
}

// reportUnchecked looks for rows up to the next SET of the variable.
func reportUnchecked(p *review.Pass, v *ddlparse.SetVariable, steps []*ddlparse.Step) {
	for _, s := range steps {
		for _, c := range s.Changes {
			switch c := c.(type) {
			case *ddlparse.SetVariable:
				if c.Name == v.Name {
					return
				}
			case *ddlparse.Write:
				if x := secondaryKey(c.Before); x != nil && c.Verb != "DELETE" && !p.Created(c.Before) {
					p.Report(review.Finding{
						Object:  v.Name,
						Span:    v.Span,
						Problem: review.Msg("Without unique_checks %s may write rows of `%s` that are equal in the unique key `%s`, and raises no error.", p.Engine.Title(), c.Table.String(), x.Name),
						Advice:  review.Msg("Leave unique_checks on: it only saves time in loads of many rows that are known to differ."),
						Related: []review.Related{{Span: firstLine(c.Span), Note: review.Msg("The rows of `%s` are written here", c.Table.String())}},
					})
					return
				}
			}
		}
	}
}

// secondaryKey is a unique key besides the primary one, or nil.
func secondaryKey(t *ddlparse.Table) *ddlparse.Index {
	if t == nil {
		return nil
	}
	for _, x := range t.Indexes {
		if x.Kind == ddlparse.Unique {
			return x
		}
	}
	return nil
}
