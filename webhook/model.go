package webhook

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/schema-review/schema-review/review"
)

// modelMeter is the model of one review, with an account of what was asked and what that cost.
type modelMeter struct {
	model    review.Model
	cost     func(review.Answer) (float64, bool)
	keep     bool
	observer Observer
	log      *slog.Logger

	mu       sync.Mutex
	total    float64
	unpriced bool
	texts    []string
}

// Complete asks the model. A panic of its is an error like others.
func (m *modelMeter) Complete(ctx context.Context, q review.Query) (answer review.Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			m.log.LogAttrs(ctx, slog.LevelError, "a model panicked", slog.String("panic", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	answer, err = m.model.Complete(ctx, q)
	m.note(q, answer)
	return answer, err
}

func (m *modelMeter) note(q review.Query, a review.Answer) {
	cost, priced := 0.0, false
	if m.cost != nil {
		cost, priced = m.cost(a)
	}
	m.observer.Answered(a, cost)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total += cost
	m.unpriced = m.unpriced || !priced && a.Usage.Calls > 0
	if m.keep {
		m.texts = append(m.texts, strings.Join([]string{q.System, q.Stable, q.Content}, "\n\n"))
	}
}

// account is what is kept of the model's part, nil when nobody was asked.
func (r *run) account() *Advice {
	a := r.result.Report.Advice
	if a == nil || r.asked == nil {
		return nil
	}
	kept := &Advice{
		Prompts: a.Prompts, Hashes: a.Hashes, Models: a.Models, Input: a.Usage.Input, Output: a.Usage.Output,
		CacheRead: a.Usage.CacheRead, CacheWrite: a.Usage.CacheWrite, Calls: a.Usage.Calls,
		Claims: a.Claims, Dropped: map[string]int{}, Complete: a.Complete(), Took: a.Took,
	}
	if !a.Missing.IsZero() {
		kept.Missing = a.Missing.In(r.printer())
	}
	for reason, n := range r.result.Report.CountDropped() {
		kept.Dropped[string(reason)] = n
	}
	r.asked.mu.Lock() // a question that was given up may still come back
	defer r.asked.mu.Unlock()
	kept.Cost, kept.Priced, kept.Texts = r.asked.total, !r.asked.unpriced, slices.Clone(r.asked.texts)
	return kept
}
