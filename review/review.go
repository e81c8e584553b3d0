package review

import (
	"context"
	"slices"
	"time"

	"github.com/schema-review/schema-review/prompts"
)

// Reviewer reviews change sets with a list of rules.
type Reviewer struct {
	Rules []*Rule
	// Now tells what day it is, for suppressions that end on one; nil = the clock.
	Now func() time.Time

	// What Advise needs; without a Model there is no design feedback, and Review never asks for any.
	Model   Model
	Prompts *prompts.Library
	Limits  Limits
	Budget  Budget        // nil = no other bounds than Limits
	Nonce   func() string // nil = a random word
}

// Review reviews one change set with the rules. Its report is complete; Advise adds to it what a model
// suggests. An error means that it could not be reviewed; what was found is in
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
	stats, unread := sizesOf(cs, c)
	unknown, mistaken := unknownTables(stats, plans, cs)
	if mistaken {
		stats = nil
	}
	for _, p := range plans {
		p.measure(stats, c)
	}
	notReviewed = slices.Concat(notReviewed, unread, unknown)
	findings, broken, err := r.lint(ctx, plans, c)
	if err != nil {
		return nil, err
	}
	report.finish(plans, notReviewed, findings, broken, c, r)
	report.Took = time.Since(began)
	return report, nil
}

func (r *Reviewer) today() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}
