package eval

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// oracle is a judge that says what it is told to.
type oracle struct {
	mu    sync.Mutex
	asked []review.Query
	say   func(content string) (fails []string, err error)
}

func (o *oracle) Complete(_ context.Context, q review.Query) (review.Answer, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked = append(o.asked, q)
	fails, err := o.say(q.Content)
	said := map[string]any{"notes": "noted"}
	for _, c := range prompts.Criteria() {
		said[c] = true
	}
	for _, c := range fails {
		said[c] = false
	}
	data, _ := json.Marshal(said) // strings and booleans
	return review.Answer{JSON: data, Model: "judge", Usage: review.Usage{Input: 10, Output: 1}}, err
}

// labelled finds the example that a prompt is about.
func labelled(examples []prompts.JudgeExample, content string) (prompts.JudgeExample, bool) {
	for _, e := range examples {
		if strings.Contains(content, "\nconsequence: "+e.Wording.Consequence+"\nadvice: "+e.Wording.Advice+"\n") {
			return e, true
		}
	}
	return prompts.JudgeExample{}, false
}

func newJudge(t *testing.T, say func(prompts.JudgeExample) ([]string, error)) (*Judge, *oracle) {
	t.Helper()
	examples, err := prompts.JudgeExamples()
	if err != nil {
		t.Fatal(err)
	}
	l, _ := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	o := &oracle{say: func(content string) ([]string, error) {
		e, _ := labelled(examples, content)
		return say(e)
	}}
	return &Judge{Source: Live{Model: o, Now: time.Now}, Prompts: l, Examples: examples, Redact: func(sql, _ string) string { return sql }}, o
}

// judgedResult has a finding of each outcome, and one that two runs word alike.
func judgedResult() *Result {
	claim := func(outcome Outcome, title string) Claim {
		return Claim{
			Label: Label{"hot-counter", "t.n"}, Outcome: outcome, Title: title, Consequence: "C", Advice: "A",
			Statement: "ALTER TABLE t ADD n INT",
		}
	}
	hit := claim(Hit, "Hit")
	return &Result{Cases: []CaseDone{{
		Name: "a/b", File: "a", Engine: "mysql 8.4", Language: "en",
		Runs: []Run{{Claims: []Claim{hit, claim(False, "False"), claim(Allowed, "Allowed")}}, {Claims: []Claim{hit, claim(Forbidden, "Forbidden")}}},
	}}}
}

func TestJudgeCalibration(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		say        func(prompts.JudgeExample) ([]string, error)
		calibrated bool
		agree      float64
	}{
		"as people do":      {func(e prompts.JudgeExample) ([]string, error) { return e.Label.Fails, nil }, true, 1},
		"all is good":       {func(prompts.JudgeExample) ([]string, error) { return nil, nil }, false, 0.5},
		"all is bad":        {func(prompts.JudgeExample) ([]string, error) { return prompts.Criteria(), nil }, false, 0.5},
		"the other way":     {opposite, false, 0},
		"never answers":     {refusing, false, 0},
		"other bad reasons": {otherReasons, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j, _ := newJudge(t, test.say)
			got, err := j.Judge(t.Context(), &Result{})
			if err != nil {
				t.Fatal(err)
			}
			whole := got.Agreement[0]
			if got.Calibrated != test.calibrated || *whole.Share.Value != test.agree || whole.N != len(j.Examples) {
				t.Errorf("got %v with %+v (%v)", got.Calibrated, whole, *whole.Share.Value)
			}
		})
	}
}

func opposite(e prompts.JudgeExample) ([]string, error) {
	if e.Label.Good() {
		return []string{"short"}, nil
	}
	return nil, nil
}

func refusing(prompts.JudgeExample) ([]string, error) {
	return nil, &review.ModelError{Kind: review.ModelRefused, Err: errors.New("no")}
}

func otherReasons(e prompts.JudgeExample) ([]string, error) {
	if e.Label.Good() {
		return nil, nil
	}
	return []string{"short"}, nil
}

func TestJudgeScores(t *testing.T) {
	t.Parallel()
	j, o := newJudge(t, func(e prompts.JudgeExample) ([]string, error) {
		if e.Name == "" { // a finding of the result
			return []string{"actionable"}, nil
		}
		return e.Label.Fails, nil
	})
	got, err := j.Judge(t.Context(), judgedResult())
	if err != nil {
		t.Fatal(err)
	}
	want := []Wording{
		{"a/b", Label{"hot-counter", "t.n"}, "Hit", []string{"actionable"}, "noted"},
		{"a/b", Label{"hot-counter", "t.n"}, "Allowed", []string{"actionable"}, "noted"},
	}
	if diff := cmp.Diff(want, got.Wordings); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, s := range got.Scores {
		if one := s.Name != "good" && s.Name != "actionable"; (*s.Share.Value == 1) != one || s.Share.N != 2 || s.Share.Interval != nil {
			t.Errorf("got %s %v of %+v", s.Name, *s.Share.Value, s.Share)
		}
	}
	if got.Model != "judge" || got.InputTokens != 10*len(o.asked) || len(o.asked) != len(j.Examples)+2 {
		t.Errorf("got %s, %d tokens, %d questions", got.Model, got.InputTokens, len(o.asked))
	}
}

// TestJudgeStopsAtForeignErrors: an answer that was not recorded must not look like a judge that can't answer.
func TestJudgeStopsAtForeignErrors(t *testing.T) {
	t.Parallel()
	missing := errors.New("no recorded answer")
	j, _ := newJudge(t, func(prompts.JudgeExample) ([]string, error) { return nil, missing })
	if _, err := j.Judge(t.Context(), judgedResult()); !errors.Is(err, missing) {
		t.Errorf("got %v, want %v", err, missing)
	}
}

// TestJudgeAsksTheSame: recorded answers are found by the bytes of the question.
func TestJudgeAsksTheSame(t *testing.T) {
	t.Parallel()
	asked := func() map[string]bool {
		j, o := newJudge(t, func(e prompts.JudgeExample) ([]string, error) { return e.Label.Fails, nil })
		if _, err := j.Judge(t.Context(), judgedResult()); err != nil {
			t.Fatal(err)
		}
		contents := map[string]bool{}
		for _, q := range o.asked {
			contents[q.Content] = true
		}
		return contents
	}
	if diff := cmp.Diff(asked(), asked()); diff != "" {
		t.Errorf("two runs ask differently:\n%s", diff)
	}
}

func TestKappa(t *testing.T) {
	t.Parallel()
	// 20 both yes, 15 both no, 5 and 10 apart: the textbook's example, 0.4.
	if got := kappa(50, 35, 25, 30); got == nil || math.Abs(*got-0.4) > 1e-9 {
		t.Errorf("got %v, want 0.4", got)
	}
	if got := kappa(10, 10, 10, 10); got != nil {
		t.Errorf("got %v, want none: both always say yes", *got)
	}
	if f := share(8, 10); math.Abs(f.Interval.Low-0.490) > 1e-3 || math.Abs(f.Interval.High-0.943) > 1e-3 {
		t.Errorf("got %+v, want Wilson's 0.490 to 0.943", f.Interval)
	}
}
