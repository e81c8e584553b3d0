package eval_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/eval"
)

func opened(t testing.TB, dir string) *eval.Archive {
	t.Helper()
	a, err := eval.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func written(t testing.TB, r *eval.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What was recorded gives the same result, byte by byte but for its date, without anybody who is asked.
func TestReplay(t *testing.T) {
	t.Parallel()
	cases := builtIn(t)
	dir, name := t.TempDir(), eval.Scripted+"noisy"
	o := options(t, cases, opened(t, dir).Record(name, noisy(cases)), "noisy")
	o.Cost = func(a review.Answer) (float64, bool) { return float64(a.Usage.Input) * 0.000003, true }
	live := measure(t, o)
	o.Source, o.Parallel = opened(t, dir).Replay(name), 1
	o.Now = func() time.Time { return noon.AddDate(0, 1, 0) }
	again := measure(t, o)
	again.Date = live.Date
	if d := cmp.Diff(written(t, live), written(t, again)); d != "" {
		t.Error(d)
	}
	if len(live.Cases) != len(cases) || *live.Usage.Cost == 0 {
		t.Errorf("got %d cases, %+v", len(live.Cases), live.Usage)
	}
}

// An evaluation that was cut short goes on where it stopped.
func TestRecordingGoesOn(t *testing.T) {
	t.Parallel()
	cases, s := small(t)
	dir := t.TempDir()
	first := opened(t, dir)
	measure(t, options(t, cases, first.Record(eval.Scripted+"script", s), "script"))
	second := opened(t, dir)
	o := options(t, cases, second.Record(eval.Scripted+"script", s), "script")
	o.Runs = 2
	measure(t, o)
	if first.Reused() != 0 || second.Reused() != 3 {
		t.Errorf("got %d and %d answers that were there, want 0 and 3", first.Reused(), second.Reused())
	}
	if n := len(filesIn(t, dir)); n != 6 {
		t.Errorf("got %d records, want 6", n)
	}
}

func filesIn(t testing.TB, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// The model's own failures are answers to keep; those of the day are not.
func TestRecordedFailures(t *testing.T) {
	t.Parallel()
	cases := parsed(t, "small", smallCases)
	for kind, want := range map[review.ModelFailure]int{review.ModelTruncated: 3, review.ModelThrottled: 0} {
		dir := t.TempDir()
		live, err := eval.Measure(t.Context(), options(t, cases, opened(t, dir).Record(eval.Scripted+"failing", failing(kind)), "failing"))
		if (err == nil) != (want > 0) {
			t.Fatal(err)
		}
		if got := len(filesIn(t, dir)); got != want {
			t.Fatalf("%s: got %d records, want %d", kind, got, want)
		}
		if want == 0 {
			continue
		}
		again := measure(t, options(t, cases, opened(t, dir).Replay(eval.Scripted+"failing"), "failing"))
		if d := cmp.Diff(live, again); d != "" {
			t.Errorf("%s: %s", kind, d)
		}
	}
}

func TestMissingRecords(t *testing.T) {
	t.Parallel()
	cases, s := small(t)
	dir := t.TempDir()
	measure(t, options(t, cases, opened(t, dir).Record(eval.Scripted+"script", s), "script"))
	for name, test := range map[string]struct {
		change func(*eval.Options)
		model  string
		want   string
	}{
		"runs":  {func(o *eval.Options) { o.Runs = 2 }, "script", "case small/calm, run 2 (nor for 2 other questions): 1 of its runs are recorded; run the same command with --record"},
		"model": {func(*eval.Options) {}, "another", "no recorded answer of scripted/another for case small/calm, run 1 (nor for 2 other questions): it is recorded of other models: scripted/script;"},
		"prompt": {func(o *eval.Options) {
			o.Prompts = library(t, prompts.Layer{Name: "ours", FS: fstest.MapFS{"templates/system.md": {Data: []byte("You are terse.\n")}}})
		}, "script", "the prompt has changed since it was recorded: who the model is and how it answers;"},
		"case": {func(o *eval.Options) { o.Cases = parsed(t, "small", strings.ReplaceAll(smallCases, "(320)", "(300)")) }, "script", "what is asked about the case has changed"},
		"new":  {func(o *eval.Options) { o.Cases = parsed(t, "other", smallCases) }, "script", "no recorded answer of scripted/script for case other/calm, run 1 (nor for 2 other questions); run the same"},
	} {
		o := options(t, cases, opened(t, dir).Replay(eval.Scripted+test.model), test.model)
		test.change(&o)
		_, err := eval.Measure(t.Context(), o)
		if missing, ok := errors.AsType[*eval.MissingError](err); !ok || !strings.Contains(missing.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}

func TestRecordsOfNobody(t *testing.T) {
	t.Parallel()
	cases, s := small(t)
	dir := t.TempDir()
	measure(t, options(t, cases[:1], opened(t, dir).Record(eval.Scripted+"script", s), "script"))
	good, err := os.ReadFile(filesIn(t, dir)[0])
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(filesIn(t, dir)[0])
	for label, test := range map[string]struct{ name, from, to, want string }{
		"cut":          {name, "\n}\n", "", "unexpected EOF"},
		"foreign":      {"package.json", string(good), `{"name": "left-pad"}`, `unknown field "name"`},
		"another name": {strings.Repeat("0", 32) + ".json", "", "", "belongs into " + name},
		"model":        {name, "scripted/script\",\n  \"asked", "another\",\n  \"asked", "the file was edited"},
		"format":       {name, `"format": 1`, `"format": 9`, "format 9: this version reads 1"},
		"no case":      {name, "small/violation", "", "needs case"},
		"failure":      {name, `"took_ms"`, `"failure": "sulking", "took_ms"`, `failure "sulking"`},
		"both":         {name, `"took_ms"`, `"failure": "refused", "took_ms"`, "either an answer or a failure"},
		"behind":       {name, "\n}\n", "\n}\n{}", "text behind the JSON"},
		"below zero":   {name, `"took_ms": `, `"took_ms": -`, "below zero"},
	} {
		folder := t.TempDir()
		text := strings.Replace(string(good), test.from, test.to, 1)
		if err := os.WriteFile(filepath.Join(folder, test.name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := eval.OpenArchive(folder)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), filepath.Join(folder, test.name)) {
			t.Errorf("%s: got %v, want %q with the file's name", label, err, test.want)
		}
	}
}

// Other files explain the records; a folder that isn't there is named.
func TestOtherFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte("Recorded in autumn."), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := opened(t, dir); len(a.Models()) != 0 {
		t.Errorf("got %v", a.Models())
	}
	if _, err := eval.OpenArchive(filepath.Join(dir, "nowhere")); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
}

// A record that can't be kept ends the evaluation: it would have to be paid for again.
func TestRecordsThatCannotBeKept(t *testing.T) {
	t.Parallel()
	cases, s := small(t)
	dir := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	a := opened(t, dir)
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := eval.Measure(t.Context(), options(t, cases, a.Record(eval.Scripted+"script", s), "script")); err == nil || !strings.Contains(err.Error(), "record: ") {
		t.Errorf("got %v", err)
	}
}

// A source that breaks ends the evaluation as well, and names the case.
func TestBrokenSource(t *testing.T) {
	t.Parallel()
	s := scripted{"broken", func(eval.Asking, review.Query) ([]prompts.Claim, error) { return nil, errBroken }}
	_, err := eval.Measure(t.Context(), options(t, parsed(t, "small", smallCases), s, "broken"))
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "case small/") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := eval.Measure(ctx, options(t, parsed(t, "small", smallCases), silent(), "silent")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(`{"format": 1, "key": "x", "case": "a", "run": 1, "model": "m", "asked": {"system": ""}, "date": "2026-01-02T00:00:00Z", "answer": {"claims": []}}`))
	f.Add([]byte(`{"format": 1, "failure": "refused"}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := eval.ParseRecord(data)
		if err == nil && (r.Key == "" || r.Run < 1 || (len(r.Answer) > 0) == (r.Failure != "")) {
			t.Errorf("got %+v", r)
		}
	})
}
