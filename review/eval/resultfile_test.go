package eval_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/eval"
)

// without is a layer that switches a guideline off.
func without(t testing.TB, id string) fs.FS {
	t.Helper()
	data, err := fs.ReadFile(prompts.BuiltIn(), "guidelines/"+id+".md")
	if err != nil {
		t.Fatal(err)
	}
	off := bytes.Replace(data, []byte("severity: warning"), []byte("severity: off"), 1)
	return fstest.MapFS{"guidelines/" + id + ".md": {Data: off}}
}

// What was written is read as it was.
func TestResultFile(t *testing.T) {
	t.Parallel()
	cases := builtIn(t)
	r := measure(t, options(t, cases, noisy(cases), "noisy"))
	again, err := eval.ReadResult(strings.NewReader(written(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, again); d != "" {
		t.Error(d)
	}
}

func TestResultsOfNobody(t *testing.T) {
	t.Parallel()
	cases, s := small(t)
	o := options(t, cases, s, "script")
	o.Runs = 2
	text := written(t, measure(t, o))
	for name, test := range map[string]struct{ from, to, want string }{
		"nothing":       {text, "", "EOF"},
		"foreign":       {text, `{"name": "left-pad"}`, `unknown field "name"`},
		"later":         {`"format": 1`, `"format": 7`, "a result of format 7: this version reads 1"},
		"cut":           {"\n}\n", "", "unexpected EOF"},
		"behind":        {"\n}\n", "\n}\n[]", "text behind"},
		"runs":          {`"runs": 2`, `"runs": 3`, "not 3 runs"},
		"two of a name": {`"name": "small/calm"`, `"name": "small/violation"`, "no name of its own"},
		"hit of nobody": {`"outcome": "forbidden"`, `"outcome": "hit"`, "is no hit"},
		"outcome":       {`"outcome": "forbidden"`, `"outcome": "splendid"`, "is no splendid"},
		"clean":         {`"clean": true`, `"clean": false`, "it is clean and expects something, or neither"},
	} {
		_, err := eval.ReadResult(strings.NewReader(strings.Replace(text, test.from, test.to, 1)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}

func FuzzReadResult(f *testing.F) {
	cases, s := small(f)
	o := options(f, cases, s, "script")
	o.Runs = 2
	f.Add([]byte(written(f, measure(f, o))))
	f.Add([]byte(`{"format": 1, "setup": {"runs": 1}, "cases": [{"name": "a", "file": "a", "clean": true, "runs": [{}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := eval.ReadResult(bytes.NewReader(data))
		if err != nil {
			return
		}
		again, err := eval.ReadResult(strings.NewReader(written(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		eval.Compare(r, again).Verdict()
	})
}
