package eval_test

import (
	"slices"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/eval"
)

// The labels themselves, put through the whole review, score all that there is to score. What is missing here is a
// label that no model could meet.
func TestOracle(t *testing.T) {
	t.Parallel()
	cases := builtIn(t)
	o := options(t, cases, oracle(cases), "oracle")
	o.Runs = 2
	r := measure(t, o)
	for _, c := range r.Cases {
		for _, run := range c.Runs[:1] {
			for _, l := range run.Missed {
				t.Errorf("%s: %s %s is missed: %+v", c.Name, l.Guideline, l.Object, run.Dropped)
			}
		}
	}
	if s := r.Overall; s.Hits == 0 || *s.Precision.Value != 1 || *s.Recall.Value != 1 || *s.F1.Value != 1 || *s.Flips.Value != 0 {
		t.Errorf("got %+v", s)
	}
	if r.Clean.Quiet != r.Clean.Runs || *r.Clean.False.Value != 0 || !r.Setup.Scripted() {
		t.Errorf("got %+v, %+v", r.Clean, r.Setup)
	}
	if i := r.Overall.Recall.Interval; i == nil || i.High != 1 || i.Low > 0.97 || i.Low < 0.9 {
		t.Errorf("no width is left open: %+v of %d files", i, r.Overall.Recall.Files)
	}
}

// Nothing that verify knows gets through, and what holds does.
func TestNoisy(t *testing.T) {
	t.Parallel()
	cases := builtIn(t)
	r := measure(t, options(t, cases, noisy(cases), "noisy"))
	if r.Overall.False+r.Overall.Forbidden != 0 || *r.Overall.Recall.Value != 1 {
		t.Errorf("got %+v", r.Overall)
	}
	var reasons []string
	for _, d := range r.Dropped {
		reasons = append(reasons, d.Name)
	}
	for _, want := range review.DropReasons() {
		if want != review.DropSuppressed && want != review.DropTooMany && !slices.Contains(reasons, string(want)) {
			t.Errorf("nothing was dropped as %s: %v", want, r.Dropped)
		}
	}
}

// BenchmarkBuiltIn measures all cases that come with the program, without a model's time.
func BenchmarkBuiltIn(b *testing.B) {
	cases := builtIn(b)
	o := options(b, cases, oracle(cases), "oracle")
	for b.Loop() {
		if r := measure(b, o); len(r.Cases) != len(cases) {
			b.Fatal(len(r.Cases))
		}
	}
}

var _ eval.Source = scripted{}
