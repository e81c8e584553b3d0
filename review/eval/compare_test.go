package eval_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/eval"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// eight are files that are alike but for their names.
func eight(t testing.TB) []prompts.Case {
	t.Helper()
	var all []prompts.Case
	for i := range 8 {
		all = append(all, parsed(t, fmt.Sprintf("f%d", i), smallCases)...)
	}
	return all
}

// finds is a model that finds the violations of the first files, and is tempted by the first files.
func finds(t testing.TB, cases []prompts.Case, violations, tempted int) *eval.Result {
	t.Helper()
	s := scripted{"finder", func(of eval.Asking, q review.Query) ([]prompts.Claim, error) {
		file := int(of.Case[1] - '0')
		_, kind, _ := strings.Cut(of.Case, "/")
		if kind == "violation" && file < violations || kind == "tempting" && file < tempted {
			return []prompts.Claim{claimOf(softDelete, q, caseNamed(cases, of.Case).Language)}, nil
		}
		return nil, nil
	}}
	return measure(t, options(t, cases, s, "finder"))
}

func verdictOf(c *eval.Comparison) string {
	p := message.NewPrinter(language.English)
	var said []string
	for _, m := range c.Verdict() {
		said = append(said, m.In(p))
	}
	return strings.Join(said, "\n")
}

func TestCompare(t *testing.T) {
	t.Parallel()
	cases := eight(t)
	// Before: 2 of 8 found, tempted by 6. After: 7 of 8 found, tempted by 6.
	c := eval.Compare(finds(t, cases, 2, 6), finds(t, cases, 7, 6))
	byName := map[string]eval.Change{}
	for _, change := range c.Overall {
		byName[change.Figure] = change
	}
	for name, want := range map[string]struct {
		before, after float64
		trend         eval.Trend
	}{
		eval.FigurePrecision:     {2.0 / 8, 7.0 / 13, eval.Better},
		eval.FigureRecall:        {2.0 / 8, 7.0 / 8, eval.Better},
		eval.FigureF1:            {4.0 / 16, 14.0 / 21, eval.Better},
		eval.FigureFalsePerClean: {6.0 / 16, 6.0 / 16, eval.Unclear},
	} {
		got := byName[name]
		if math.Abs(*got.Before.Value-want.before) > 1e-9 || math.Abs(*got.After.Value-want.after) > 1e-9 || got.Trend != want.trend ||
			math.Abs(*got.By.Value-(want.after-want.before)) > 1e-9 {
			t.Errorf("%s: got %v -> %v, %s, %v", name, *got.Before.Value, *got.After.Value, got.Trend, got.By.Interval)
		}
	}
	if len(c.Decisions) != 5 || c.Decisions[0] != (eval.Decision{Case: "f2/violation", Label: eval.Label(softDelete), Expected: true, After: 1}) {
		t.Errorf("got %+v", c.Decisions)
	}
	if got := verdictOf(c); !strings.Contains(got, "Better in recall: +0.62 [+0.2") || !strings.Contains(got, "No clear difference where nothing is wrong: +0.00") {
		t.Errorf("got %s", got)
	}
	back := eval.Compare(finds(t, cases, 7, 6), finds(t, cases, 2, 6))
	if got := verdictOf(back); !strings.Contains(got, "Worse in recall: -0.62") {
		t.Errorf("the other way round: got %s", got)
	}
}

// Only what is the same on both sides can be compared.
func TestCompareOtherCases(t *testing.T) {
	t.Parallel()
	cases := eight(t)
	before := finds(t, cases, 4, 4)
	changed := slices.Clone(cases)
	changed[0].Changes = slices.Clone(changed[0].Changes)
	changed[0].Changes[0].Data = bytes.ReplaceAll(changed[0].Changes[0].Data, []byte("320"), []byte("300"))
	after := finds(t, changed[:23], 4, 4)
	c := eval.Compare(before, after)
	if d := cmp.Diff([]string{"f0/violation", "f7/tempting"}, c.Skipped); d != "" || c.Cases != 22 {
		t.Errorf("compared %d: %s", c.Cases, d)
	}
	none := eval.Compare(before, finds(t, parsed(t, "f9", smallCases), 1, 1))
	if got := verdictOf(none); got != "There is nothing to compare: no case is the same on both sides." {
		t.Errorf("got %s", got)
	}
	few := eval.Compare(finds(t, cases[:9], 1, 1), finds(t, cases[:9], 2, 1))
	if got := verdictOf(few); !strings.Contains(got, "Recall differs by +0.33, but too few case files (3) expect anything") {
		t.Errorf("got %s", got)
	}
	silent := eval.Compare(finds(t, cases, 0, 0), finds(t, cases, 0, 0))
	if got := verdictOf(silent); !strings.Contains(got, "Precision can't be compared: one side has no claims.") {
		t.Errorf("got %s", got)
	}
}

// A guideline that only one side has can't be missed by the other; but what it claims wrongly is heard.
func TestCompareOtherGuidelines(t *testing.T) {
	t.Parallel()
	cases := eight(t)
	before, after := finds(t, cases, 8, 6), finds(t, cases, 8, 6)
	o := options(t, cases, silent(), "silent")
	o.Prompts = library(t, prompts.Layer{Name: "ours", FS: without(t, "soft-delete-with-unique-key")})
	off := measure(t, o)
	if d := cmp.Diff([]string{"soft-delete-with-unique-key"}, off.Setup.Unknown); d != "" {
		t.Fatal(d)
	}
	c := eval.Compare(before, off)
	if d := cmp.Diff([]string{"soft-delete-with-unique-key"}, c.Unshared); d != "" || c.Overall[1].By.Value != nil {
		t.Errorf("recall %+v: %s", c.Overall[1].By, d)
	}
	if got := verdictOf(c); !strings.Contains(got, "Guidelines that only one side has are not in recall and F1: soft-delete-with-unique-key.") {
		t.Errorf("got %s", got)
	}
	if calm := c.Overall[3]; calm.Trend != eval.Better || *calm.By.Value != -6.0/16 || calm.By.N != 16 {
		t.Errorf("got %+v", calm)
	}
	if c := eval.Compare(before, after); len(c.Unshared) != 0 || len(c.Decisions) != 0 {
		t.Errorf("got %+v", c)
	}
}
