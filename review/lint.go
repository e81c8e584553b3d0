package review

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/schema-review/schema-review/ddlparse"
)

// lint lets every enabled rule look at every plan.
func (r *Reviewer) lint(ctx context.Context, plans []*Plan, c *Config) ([]Finding, []RuleError, error) {
	var found []Finding
	var broken []RuleError
	rules := slices.Concat(r.Rules, c.Custom)
	for _, plan := range plans {
		var inPlan []Finding
		for i, look := range looks(ctx, rules, plan, c) {
			inPlan = append(inPlan, look.found...)
			if look.broke != "" {
				broken = append(broken, RuleError{Rule: rules[i].ID, Set: plan.Set, Err: look.broke})
			}
		}
		found = append(found, merge(inPlan, statementsOf(plan), categories(rules))...)
	}
	return found, broken, ctx.Err()
}

// looked is what came of one rule's look at a plan.
type looked struct {
	found []Finding
	broke string // what it panicked with
}

// looks runs the rules on all processors; a plan is only read now. The results have the rules' order.
func looks(ctx context.Context, rules []*Rule, plan *Plan, c *Config) []looked {
	results := make([]looked, len(rules))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(rules)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(rules) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if rule := rules[i]; enabled(rule, plan.Engine, c) {
					results[i] = look(rule, plan, c)
				}
			}
		})
	}
	wg.Wait()
	return results
}

func enabled(r *Rule, e ddlparse.Engine, c *Config) bool {
	return r.Check != nil && c.Severity(r) != Off && (r.Engines == nil || r.Engines(e))
}

// look runs one rule. What it found before it broke is kept: each finding was complete when reported.
func look(rule *Rule, plan *Plan, c *Config) (result looked) {
	defer func() {
		if broke := recover(); broke != nil {
			result.broke = fmt.Sprint(broke)
		}
	}()
	severity := c.Severity(rule)
	p := &Pass{Rule: rule, Engine: plan.Engine, Plan: plan, Language: c.Language, params: c.Params(rule), severity: severity, configured: c.Rules[rule.ID].Severity != nil}
	p.report = func(f Finding) {
		if f.Severity == Off {
			f.Severity = severity
		}
		if f.Fix != nil && !f.Fix.fits() {
			f.Fix, f.PlaceFixes = nil, nil
		}
		result.found = append(result.found, f)
	}
	p.fail = func(err error) { result.broke = err.Error() }
	rule.Check(p)
	return result
}

// categories gives each rule's category by its id.
func categories(rules []*Rule) map[string]Category {
	categories := make(map[string]Category, len(rules))
	for _, rule := range rules {
		categories[rule.ID] = rule.Category
	}
	return categories
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
