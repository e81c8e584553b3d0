package eval_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/eval"
)

const smallCases = `
[violation]
expect soft-delete-with-unique-key members.email
allow missing-business-key members
[calm]
clean
[tempting]
language: ja
forbid soft-delete-with-unique-key members.email
clean
-- violation/db/V1__members.sql --
CREATE TABLE members (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(320) NOT NULL,
  deleted_at DATETIME,
  UNIQUE KEY uk_members_email (email)
);
-- calm/db/V1__members.sql --
CREATE TABLE members (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(320) NOT NULL,
  deleted_at DATETIME,
  UNIQUE KEY uk_members_email (email)
);
-- tempting/db/V1__members.sql --
CREATE TABLE members (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(320) NOT NULL,
  deleted_at DATETIME,
  UNIQUE KEY uk_members_email (email)
);
`

func parsed(t testing.TB, name, text string) []prompts.Case {
	t.Helper()
	cases, err := prompts.ParseCases(name, []byte(strings.TrimPrefix(text, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

var (
	softDelete   = prompts.Label{Guideline: "soft-delete-with-unique-key", Object: "members.email"}
	sibling      = prompts.Label{Guideline: "soft-delete-with-unique-key", Object: "members.deleted_at"}
	otherOpinion = prompts.Label{Guideline: "personal-data-out-of-place", Object: "members.email"}
	allowed      = prompts.Label{Guideline: "missing-business-key", Object: "members"}
)

// script says what is claimed of a case in each run.
func script(cases []prompts.Case, claims map[string][][]prompts.Label) scripted {
	return scripted{"script", func(of eval.Asking, q review.Query) ([]prompts.Claim, error) {
		var said []prompts.Claim
		for _, l := range claims[of.Case][of.Run-1] {
			said = append(said, claimOf(l, q, caseNamed(cases, of.Case).Language))
		}
		return said, nil
	}}
}

func small(t testing.TB) (cases []prompts.Case, s scripted) {
	cases = parsed(t, "small", smallCases)
	return cases, script(cases, map[string][][]prompts.Label{
		"small/violation": {{softDelete, otherOpinion, allowed}, {sibling}},
		"small/calm":      {{softDelete}, {}},
		"small/tempting":  {{softDelete}, {softDelete}},
	})
}

// The figures of a run that can be counted by hand: 1 hit, 1 missed, 3 false (one of them near), 2 forbidden.
func TestMeasure(t *testing.T) {
	t.Parallel()
	cases, s := small(t)
	o := options(t, cases, s, "script")
	o.Runs = 2
	r := measure(t, o)
	got := r.Overall
	if got.Hits != 1 || got.Missed != 1 || got.False != 3 || got.Forbidden != 2 || got.Allowed != 1 {
		t.Fatalf("got %+v", got)
	}
	for name, f := range map[string]struct {
		got  eval.Figure
		want float64
		n    int
	}{
		"precision": {got.Precision, 1.0 / 6, 6},
		"recall":    {got.Recall, 1.0 / 2, 2},
		"f1":        {got.F1, 2.0 / 8, 7},
		"flips":     {got.Flips, 4.0 / 5, 5}, // hit, other opinion, sibling; calm; tempting is the same in both
		"clean":     {r.Clean.False, 3.0 / 4, 4},
	} {
		if f.got.Value == nil || math.Abs(*f.got.Value-f.want) > 1e-9 || f.got.N != f.n || f.got.Interval != nil || f.got.Files != 1 {
			t.Errorf("%s: got %s, want %v of %d and no interval of one file", name, show(f.got), f.want, f.n)
		}
	}
	if r.Clean.Runs != 4 || r.Clean.Quiet != 1 {
		t.Errorf("clean: got %+v", r.Clean)
	}
	near := r.Cases[2].Runs[1].Claims[0]
	if near.Outcome != eval.False || near.Near == nil || near.Near.Object != "members.email" {
		t.Errorf("got %+v, want a claim that only just misses", near)
	}
}

func show(f eval.Figure) string {
	return strings.Join(strings.Fields(cmp.Diff(eval.Figure{}, f)), " ")
}

func TestGroups(t *testing.T) {
	t.Parallel()
	cases, s := small(t)
	o := options(t, cases, s, "script")
	o.Runs = 2
	r := measure(t, o)
	var names []string
	for _, g := range slices.Concat(r.Guidelines, r.Languages) {
		names = append(names, g.Name)
	}
	want := []string{"missing-business-key", "personal-data-out-of-place", "soft-delete-with-unique-key", "en", "ja"}
	if d := cmp.Diff(want, names); d != "" {
		t.Fatal(d)
	}
	if g := r.Guidelines[0]; g.Precision.Value != nil || g.Allowed != 1 {
		t.Errorf("what is only allowed has no precision: %+v", g)
	}
	if g := r.Guidelines[1]; *g.Precision.Value != 0 || g.Recall.Value != nil || g.False != 1 {
		t.Errorf("what nobody expects has no recall: %+v", g)
	}
	if g := r.Languages[1]; g.Forbidden != 2 || g.Hits != 0 {
		t.Errorf("got %+v", g)
	}
}

// An outage is nobody's score; a model that gives no whole answer said nothing, and that counts.
func TestFailures(t *testing.T) {
	t.Parallel()
	cases := parsed(t, "small", smallCases)
	for kind, want := range map[review.ModelFailure]int{
		review.ModelThrottled: 0, review.ModelTimedOut: 0, review.ModelUnavailable: 0,
		review.ModelTruncated: 1, review.ModelRefused: 1, review.ModelMalformed: 1,
	} {
		r := measure(t, options(t, cases, failingAt(kind, "small/violation", "small/calm"), "failing"))
		if r.Overall.Missed != want || r.Clean.Runs != 1+want || r.Cases[0].Runs[0].Measured != (want == 1) {
			t.Errorf("%s: got %d missed, %d clean runs", kind, r.Overall.Missed, r.Clean.Runs)
		}
		if len(r.Failures) != 1 || r.Failures[0] != (eval.Count{Name: string(kind), N: 2}) {
			t.Errorf("%s: got %v", kind, r.Failures)
		}
	}
	for kind, want := range map[review.ModelFailure]string{
		review.ModelDenied: "case small/", review.ModelMisused: "case small/", review.ModelThrottled: "no case was measured: throttled: scripted",
	} {
		_, err := eval.Measure(t.Context(), options(t, cases, failing(kind), "failing"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", kind, err, want)
		}
	}
}

// A case that a review can't read would make every figure wrong.
func TestCasesThatCannotBeReviewed(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"engine: oracle 23\nclean\n-- db/V1__x.sql --\nCREATE TABLE x (id INT PRIMARY KEY);\n":                      "engine",
		"clean\n-- db/V1__x.sql --\nCREATE TABLE x (id INT PRIMARY KEY);\nCREATE TRIGGER oops NEVER HEARD OF IT;\n": "V1__x.sql",
		"clean\n-- db/V1__x.sql --\nCREATE TALBE x (id INT PRIMARY KEY);\n":                                         "V1__x.sql:1:1 is not understood",
		"clean\n-- db/notes.txt --\nnothing\n":                                                                      "no migration",
	} {
		_, err := eval.Measure(t.Context(), options(t, parsed(t, "odd", name), silent(), "silent"))
		if err == nil || !strings.Contains(err.Error(), "case odd: ") || !strings.Contains(err.Error(), text) {
			t.Errorf("got %v", err)
		}
	}
}

// Labels of a guideline that the prompts don't have count for nothing, and are named.
func TestUnknownGuidelines(t *testing.T) {
	t.Parallel()
	cases := parsed(t, "old", strings.ReplaceAll(smallCases, "soft-delete-with-unique-key", "no-such-guideline"))
	r := measure(t, options(t, cases, silent(), "silent"))
	if d := cmp.Diff([]string{"no-such-guideline"}, r.Setup.Unknown); d != "" || r.Overall.Missed != 0 {
		t.Errorf("got %d missed, %s", r.Overall.Missed, d)
	}
}

// Questions are the same in every evaluation, so that their answers can be found again.
func TestQuestionsAreTheSame(t *testing.T) {
	t.Parallel()
	cases := parsed(t, "small", smallCases)
	asked := func() map[string]string {
		found := make(chan [2]string, 10)
		s := scripted{"reader", func(of eval.Asking, q review.Query) ([]prompts.Claim, error) {
			found <- [2]string{of.Case, q.System + q.Stable + q.Content}
			return nil, nil
		}}
		measure(t, options(t, cases, s, "reader"))
		close(found)
		all := map[string]string{}
		for f := range found {
			all[f[0]] = f[1]
		}
		return all
	}
	first := asked()
	if d := cmp.Diff(first, asked()); d != "" || len(first) != 3 {
		t.Errorf("%d questions: %s", len(first), d)
	}
}

var errBroken = errors.New("disk is full")
