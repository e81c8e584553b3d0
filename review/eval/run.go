package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/sync/errgroup"
)

// Options says what is measured, and how.
type Options struct {
	Cases    []prompts.Case
	Rules    []*review.Rule
	Prompts  *prompts.Library
	Layers   []string // names of the library's layers
	Source   Source
	Model    string // id that is asked
	Runs     int    // of each case. Default 1
	Answer   int    // tokens that an answer may have. Default that of review.Limits
	Parallel int    // runs at a time. Default 1
	// Cost is what an answer cost, false where its price is unknown. nil: none is known.
	Cost     func(review.Answer) (float64, bool)
	Program  string // version of schema-review
	Now      func() time.Time
	Progress func(done, all int) // nil: nobody looks. It is called by one at a time
}

func (o Options) withDefaults() Options {
	o.Runs, o.Parallel = max(o.Runs, 1), max(o.Parallel, 1)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	return o
}

// Measure asks about every case as often as is wanted, and scores what is left of the answers. An error means that
// there is no result: a case that can't be reviewed, an answer that isn't recorded, or a model that lets nobody in.
func Measure(ctx context.Context, o Options) (*Result, error) {
	o = o.withDefaults()
	m := &measuring{options: o, known: o.knows}
	subjects, err := m.prepare(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.runAll(ctx, subjects); err != nil {
		return nil, err
	}
	done := make([]CaseDone, len(subjects))
	for i, s := range subjects {
		done[i] = s.done
	}
	slices.SortStableFunc(done, func(a, b CaseDone) int { return cmp.Compare(a.Name, b.Name) })
	return m.result(done), nil
}

// measuring is one run of Measure.
type measuring struct {
	options Options
	known   func(guideline string) bool

	mu       sync.Mutex
	finished int
	measured int
	outage   error // the first
	missing  []*MissingError
	answered map[string]bool
	from, to time.Time
}

func (o *Options) knows(guideline string) bool {
	_, known := o.Prompts.Guideline(guideline)
	return known
}

// runAll runs every subject as often as is wanted. All that is not recorded is found in one go.
func (m *measuring) runAll(ctx context.Context, subjects []*subject) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(m.options.Parallel)
	for run := range m.options.Runs {
		for _, s := range subjects {
			group.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return m.finish(s, run, m.run(ctx, s, run))
			})
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := m.allRecorded(); err != nil {
		return err
	}
	if m.measured == 0 && m.outage != nil {
		return fmt.Errorf("no case was measured: %w", m.outage)
	}
	return nil
}

// run asks about a case once.
func (m *measuring) run(ctx context.Context, s *subject, run int) *witness {
	w := &witness{source: m.options.Source, asking: Asking{Case: s.done.Name, Run: run + 1}}
	r := &review.Reviewer{Rules: m.options.Rules, Prompts: m.options.Prompts, Model: w, Limits: review.Limits{Answer: m.options.Answer}, Nonce: func() string { return s.nonce }}
	w.report = r.Advise(ctx, s.report, s.config, review.About{Tags: map[string]string{"use": "eval"}})
	return w
}

// finish keeps what came of a run.
func (m *measuring) finish(s *subject, run int, w *witness) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, err := range w.errs {
		if missing, ok := errors.AsType[*MissingError](err); ok {
			m.missing = append(m.missing, missing)
		} else if fatal(err) {
			return fmt.Errorf("case %s: %w", s.done.Name, err)
		}
	}
	if left := w.report.Advice; left != nil && len(left.LeftOut) > 0 {
		return fmt.Errorf("case %s: a model is not asked about all of it: make it smaller", s.done.Name)
	}
	m.note(w)
	s.done.Runs[run] = m.outcome(s, w)
	m.finished++
	if s.done.Runs[run].Measured {
		m.measured++
	} else {
		m.outage = cmp.Or(m.outage, errors.Join(w.errs...))
	}
	m.options.Progress(m.finished, len(s.done.Runs)*len(m.options.Cases))
	return nil
}

// fatal reports whether there is no point in asking on: somebody has to act first.
func fatal(err error) bool {
	failure, known := errors.AsType[*review.ModelError](err)
	if !known {
		return true
	}
	return failure.Kind == review.ModelDenied || failure.Kind == review.ModelMisused
}

// note remembers who answered, and when.
func (m *measuring) note(w *witness) {
	for _, g := range w.given {
		if m.answered == nil {
			m.answered = map[string]bool{}
		}
		if g.Model != "" {
			m.answered[g.Model] = true
		}
		if m.from.IsZero() || g.At.Before(m.from) {
			m.from = g.At
		}
		if g.At.After(m.to) {
			m.to = g.At
		}
	}
}

func (m *measuring) allRecorded() error {
	if len(m.missing) == 0 {
		return nil
	}
	slices.SortFunc(m.missing, func(a, b *MissingError) int {
		return cmp.Or(cmp.Compare(a.Case, b.Case), cmp.Compare(a.Run, b.Run))
	})
	first := *m.missing[0]
	first.Others = len(m.missing) - 1
	return &first
}
