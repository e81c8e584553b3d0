package review

import (
	"slices"
	"time"

	"github.com/schema-review/schema-review/ddlparse"
)

// Report is everything that one review found, what it left out and why, and the verdict.
type Report struct {
	Engine       ddlparse.Engine
	EngineSource string // where the engine comes from: "--engine", ".github/schema-review.yml:1", "assumed"
	Findings     []Finding
	Suppressed   []Suppressed
	NotReviewed  []NotReviewed
	Coverage     Coverage
	FailOn       Severity // findings at or above it fail the review; Off = never
	Took         time.Duration
	RuleErrors   []RuleError
	Plans        []*Plan // one for each set of migrations that the change set touches

	Advice  *Advice   // what came of asking a model; nil: none was asked
	Dropped []Dropped // what the model claimed and could not be proven, or was too much

	suppressions *applier // what people accept, also of what nobody finds today
}

// RuleError is a rule that broke while it looked at a set: a bug of ours, never a finding. The
// other rules' findings stand.
type RuleError struct {
	Rule string
	Set  string
	Err  string // what the rule panicked with
}

// Suppressed is a finding that somebody decided to live with.
type Suppressed struct {
	Finding Finding
	Reason  string
	By      string // place of the suppression: "db/V3__x.sql:12", ".github/schema-review.yml:9"
}

// Coverage counts what a review looked at.
type Coverage struct {
	Statements, Migrations int // of the change set
	NotUnderstood          int // statements of the change set that were not understood
	History                int // earlier migrations that were replayed
	Tables                 int // tables in the schema that the change set starts from
}

// Failed reports whether a rule's finding is at or above FailOn. A model gates nothing.
func (r *Report) Failed() bool {
	for _, f := range r.Findings {
		if r.FailOn != Off && f.Severity >= r.FailOn && !f.ByModel {
			return true
		}
	}
	return false
}

// Count returns how many findings of rules have that severity: only they have a part in the verdict.
func (r *Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s && !f.ByModel {
			n++
		}
	}
	return n
}

// Suggestions returns how many findings are a model's.
func (r *Report) Suggestions() int {
	n := 0
	for _, f := range r.Findings {
		if f.ByModel {
			n++
		}
	}
	return n
}

// newReport is the report of a review that has found nothing yet.
func newReport(c *Config) *Report {
	r := &Report{FailOn: c.FailOn}
	r.Engine, r.EngineSource = engineOf(c)
	return r
}

// finish fills in what the stages found.
func (r *Report) finish(plans []*Plan, notReviewed []NotReviewed, found []Finding, broken []RuleError, c *Config, by *Reviewer) {
	r.Plans, r.NotReviewed, r.RuleErrors = plans, notReviewed, broken
	for _, p := range plans {
		r.NotReviewed = append(r.NotReviewed, p.NotReviewed...)
		r.Coverage.add(p)
	}
	slices.SortStableFunc(found, comparePlaces)
	r.suppressions = by.applier(plans, c)
	found, r.Suppressed = r.suppressions.apply(found)
	r.Findings = gather(found)
	number(r.Findings)
	slices.SortStableFunc(r.Findings, compareFindings)
	r.NotReviewed = withoutSaid(r.NotReviewed, r.Findings)
}

// applier knows the suppressions of a change set.
func (r *Reviewer) applier(plans []*Plan, c *Config) *applier {
	a := newApplier(suppressionsIn(plans), c, r.today())
	if r.Prompts != nil {
		a.guidelines = r.Prompts.Names()
	}
	return a
}

// suppressionsIn finds the suppressions in the texts of the change set.
func suppressionsIn(plans []*Plan) []Suppression {
	var found []Suppression
	for _, p := range plans {
		for _, src := range p.sources() {
			found = append(found, FindSuppressions(src)...)
		}
	}
	return found
}

// withoutSaid leaves out the statements whose syntax error is a finding: nothing is said twice.
func withoutSaid(list []NotReviewed, findings []Finding) []NotReviewed {
	said := map[*ddlparse.Statement]bool{}
	for _, f := range findings {
		if f.Rule == string(ddlparse.SyntaxError) {
			said[f.Statement] = true
		}
	}
	return slices.DeleteFunc(list, func(n NotReviewed) bool { return n.Statement != nil && said[n.Statement] })
}

func (c *Coverage) add(p *Plan) {
	c.Migrations += len(p.Migrations)
	c.History += len(p.History)
	for _, m := range p.Migrations {
		c.Statements += len(m.Statements)
		for _, s := range m.Statements {
			if s.NotUnderstood != "" {
				c.NotUnderstood++
			}
		}
	}
	for range p.Start.Tables() {
		c.Tables++
	}
}
