package review

import (
	"context"
	"fmt"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
)

// lint lets every enabled rule look at every plan.
func (r *Reviewer) lint(ctx context.Context, plans []*Plan, c *Config) ([]Finding, []RuleError, error) {
	var found []Finding
	var broken []RuleError
	for _, plan := range plans {
		statements := statementsOf(plan)
		var inPlan []Finding
		for _, rule := range r.Rules {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			severity := c.Severity(rule)
			if severity == Off || rule.Check == nil || rule.Engines != nil && !rule.Engines(plan.Engine) {
				continue
			}
			findings, err := look(rule, plan, severity, c.Params(rule))
			if err != nil {
				broken = append(broken, RuleError{Rule: rule.ID, Set: plan.Set, Err: err.Error()})
			}
			inPlan = append(inPlan, findings...)
		}
		found = append(found, merge(inPlan, statements, r.category)...)
	}
	return found, broken, nil
}

// look runs one rule. What it found before it broke is kept: each finding was complete when reported.
func look(rule *Rule, plan *Plan, severity Severity, params map[string]any) (found []Finding, err error) {
	defer func() {
		if broke := recover(); broke != nil {
			err = fmt.Errorf("%v", broke)
		}
	}()
	p := &Pass{Rule: rule, Engine: plan.Engine, Plan: plan, params: params}
	p.report = func(f Finding) {
		if f.Severity == Off {
			f.Severity = severity
		}
		found = append(found, f)
	}
	rule.Check(p)
	return found, nil
}

func (r *Reviewer) category(id string) Category {
	for _, rule := range r.Rules {
		if rule.ID == id {
			return rule.Category
		}
	}
	return ""
}

// statementsOf lists all statements of the change set by file, in the order of their places.
func statementsOf(plan *Plan) map[*ddlparse.Source][]*ddlparse.Statement {
	all := map[*ddlparse.Source][]*ddlparse.Statement{}
	for m := range plan.written() {
		all[m.Source] = append(append(all[m.Source], m.Statements...), m.Down...)
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b *ddlparse.Statement) int { return int(a.Span.Start - b.Span.Start) })
	}
	return all
}
