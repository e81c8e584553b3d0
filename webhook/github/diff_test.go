package github

import (
	"fmt"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/webhook"
)

func TestApplies(t *testing.T) {
	t.Parallel()
	const base, head = "a\nb\nc\nd\ne\nf\ng\nh\n", "a\nB\nc\nd\ne\nf\ng\nh\ni\n"
	const patch = "@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -6,3 +6,4 @@ e\n f\n g\n h\n+i"
	tests := map[string]struct {
		patch, base, head string
		want              bool
	}{
		"whole":             {patch, base, head, true},
		"cut after a hunk":  {strings.Split(patch, "\n@@ -6")[0], base, head, false},
		"cut in a hunk":     {strings.TrimSuffix(patch, "\n+i"), base, head, false},
		"of another text":   {patch, base, strings.ToUpper(head), false},
		"new":               {"@@ -0,0 +1,2 @@\n+a\n+b", "", "a\nb\n", true},
		"deleted":           {"@@ -1,2 +0,0 @@\n-a\n-b", "a\nb\n", "", true},
		"no end of line":    {"@@ -1 +1,2 @@\n a\n+b\n\\ No newline at end of file", "a\n", "a\nb", true},
		"gains its end":     {"@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a", "a", "a\n", true},
		"CRLF":              {"@@ -1 +1,2 @@\n a\r\n+b\r", "a\r\n", "a\r\nb\r\n", true},
		"only renamed":      {"", "a\n", "a\n", true},
		"left out":          {"", "a\n", "b\n", false},
		"other encoding":    {"@@ -0,0 +1 @@\n+\ufffd", "", "\x83\n", false},
		"beyond the end":    {"@@ -90 +90 @@\n-a\n+b", "a\n", "b\n", false},
		"backwards":         {"@@ -2 +2 @@\n b\n@@ -1 +1 @@\n a", "a\nb\n", "a\nb\n", false},
		"header only":       {"@@", "a\n", "b\n", false},
		"numbers too large": {"@@ -99999999999999999999 +1 @@\n+b", "a\n", "b\n", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := applies(test.patch, test.base, test.head); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}

// What is computed is a patch.
func TestHunks(t *testing.T) {
	t.Parallel()
	many := strings.Repeat("line\n", 20_000)
	for _, test := range [][2]string{
		{"", "a\n"},
		{"a\n", ""},
		{"a", "a\n"},
		{"a\n", "b"},
		{"a\r\nb\r\n", "a\r\nc\r\n"},
		{"\x83\n", "\x84\n"},
		{many, many + "x\n"},
		{many, "x\n" + many},
	} {
		if got := hunks(test[0], test[1]); !applies(got, test[0], test[1]) {
			t.Errorf("%.20q -> %.20q: got %.200q", test[0], test[1], got)
		}
	}
	if got, want := hunks("a\n", "b\n"), "@@ -1 +1 @@\n-a\n+b\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDiffOf(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 50 {
		fmt.Fprintf(&b, "-- %d\n", i)
	}
	r := newReading(t, map[string]string{"db/migration/V1__a.sql": "CREATE TABLE a (id INT);\n" + b.String(), "README.md": "x"})
	files := added("db/migration/V1__a.sql", "CREATE TABLE a (id BIGINT);\n"+b.String())
	files["README.md"] = nil
	got := r.read(r.job(r.pull(files)))
	d, ok, err := r.client.diffOf(t.Context(), got.target, "db/migration/V1__a.sql")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	want := "@@ -1,4 +1,4 @@\n-CREATE TABLE a (id INT);\n+CREATE TABLE a (id BIGINT);\n -- 0\n -- 1\n -- 2"
	if strings.TrimSuffix(d.Patch, "\n") != want {
		t.Errorf("got %q, want %q", d.Patch, want)
	}
	for _, path := range []string{"README.md", "nowhere.sql", ""} {
		if _, ok, err := r.client.diffOf(t.Context(), got.target, path); ok || err != nil {
			t.Errorf("%s: got %t, %v", path, ok, err)
		}
	}
}

// What was read of a target goes with it.
func TestViewsEnd(t *testing.T) {
	t.Parallel()
	var v views
	a, b := &webhook.Target{}, &webhook.Target{}
	v.of(a).count = 7
	if got := v.of(a).count; got != 7 {
		t.Errorf("got %d, want 7", got)
	}
	if got := v.of(b).count; got != -1 {
		t.Errorf("got %d for another target, want -1", got)
	}
}

func FuzzApplies(f *testing.F) {
	f.Add("@@ -1 +1 @@\n-a\n+b", "a\n", "b\n")
	f.Add("@@ -1,0 +2,3 @@ x", "", "\n\n")
	f.Fuzz(func(t *testing.T, patch, base, head string) {
		applies(patch, base, head)
		if got := hunks(base, head); !applies(got, base, head) {
			t.Errorf("%q -> %q: got %q", base, head, got)
		}
	})
}
