package eval

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/schema-review/schema-review/review"
)

// Source answers questions: a model, or what was recorded of one.
type Source interface {
	Answer(ctx context.Context, of Asking, q review.Query) (Given, error)
}

// Asking is what a question belongs to.
type Asking struct {
	Case string
	Run  int // from 1
}

// Given is an answer, and when it was given.
type Given struct {
	review.Answer
	At time.Time
}

// Live is a model that is asked now.
type Live struct {
	Model review.Model
	Now   func() time.Time
}

// Answer asks the model.
func (l Live) Answer(ctx context.Context, _ Asking, q review.Query) (Given, error) {
	answer, err := l.Model.Complete(ctx, q)
	return Given{Answer: answer, At: l.Now().UTC().Truncate(time.Second)}, err
}

// MissingError is a question that no record answers.
type MissingError struct {
	Asking
	Model  string
	Why    string // what is known of the reason, "" for nothing
	Others int    // questions without an answer beside this one
}

// Error names the case, and says what to do.
func (e *MissingError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "no recorded answer of %s for case %s, run %d", e.Model, e.Case, e.Run)
	if e.Others > 0 {
		fmt.Fprintf(&b, " (nor for %d other questions)", e.Others)
	}
	if e.Why != "" {
		fmt.Fprintf(&b, ": %s", e.Why)
	}
	b.WriteString("; run the same command with --record in the place of --replay to record what is missing")
	return b.String()
}

// witness is the model of one run of a case: it remembers what was said.
type witness struct {
	source Source
	asking Asking
	report *review.Report

	mu    sync.Mutex
	given []Given
	asked []string // contents of the questions that given answer
	errs  []error
}

// Complete asks the source.
func (w *witness) Complete(ctx context.Context, q review.Query) (review.Answer, error) {
	g, err := w.source.Answer(ctx, w.asking, q)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.given, w.asked = append(w.given, g), append(w.asked, q.Content)
	if err != nil {
		w.errs = append(w.errs, err)
	}
	return g.Answer, err
}
