package review

import (
	"context"
	"time"
)

// Reviewer reviews change sets with a list of rules.
type Reviewer struct {
	Rules []*Rule
	// Now tells what day it is, for suppressions that end on one; nil = the clock.
	Now func() time.Time
}

// Review reviews one change set. An error means that it could not be reviewed; what was found is in
// the report. A nil Config is the built-in one.
func (r *Reviewer) Review(ctx context.Context, cs *ChangeSet, c *Config) (*Report, error) {
	began := time.Now()
	if c == nil {
		c = DefaultConfig(r.Rules)
	}
	report := newReport(c)
	plans, notReviewed, err := plan(ctx, cs, c)
	if err != nil {
		return nil, err
	}
	findings, broken, err := r.lint(ctx, plans, c)
	if err != nil {
		return nil, err
	}
	// Advise and verify come here: the model's claims about these plans, told what the rules found,
	// and kept only where code can prove their footing (package documentation, advise.go).
	report.finish(plans, notReviewed, findings, broken, c, r.today())
	report.Took = time.Since(began)
	return report, nil
}

func (r *Reviewer) today() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}
