package prompts_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

func builtIn(t *testing.T) *prompts.Library {
	t.Helper()
	l, problems := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	for _, p := range problems {
		t.Error(p)
	}
	return l
}

func TestBuiltInGuidelines(t *testing.T) {
	t.Parallel()
	l := builtIn(t)
	files, err := fs.Glob(prompts.BuiltIn(), "guidelines/*.md")
	if err != nil || len(files) != len(l.Guidelines()) || len(files) < 30 {
		t.Fatalf("got %d guidelines in %d files: %v", len(l.Guidelines()), len(files), err)
	}
	titles := map[string]string{}
	for _, g := range l.Guidelines() {
		if other := titles[g.Title]; other != "" {
			t.Errorf("%s has the title of %s", g.ID, other)
		}
		titles[g.Title] = g.ID
		if n := len(strings.Fields(g.Text)); n < 60 || n > 200 {
			t.Errorf("%s has %d words, want 60 to 200", g.ID, n)
		}
		if !strings.Contains(g.Text, "Does not apply") {
			t.Errorf("%s doesn't say when it does not apply", g.ID)
		}
		if rules.Page(g.ID) != "" {
			t.Errorf("%s is the id of a rule", g.ID)
		}
	}
}

// TestExamplesOfGuidelines holds that the bad and the good example run on a server, and differ.
func TestExamplesOfGuidelines(t *testing.T) {
	t.Parallel()
	for _, g := range builtIn(t).Guidelines() {
		t.Run(g.ID, func(t *testing.T) {
			t.Parallel()
			sql := map[string]string{}
			for _, e := range rules.Examples(g.Text) {
				if _, twice := sql[e.Kind]; twice {
					t.Errorf("two examples are %q", e.Kind)
				}
				sql[e.Kind] = e.SQL
			}
			if sql["bad"] == "" || sql["good"] == "" || sql["bad"] == sql["good"] {
				t.Fatalf("want one bad and one good example, got %q", sql)
			}
			checkExample(t, "bad", sql["bad"])
			checkExample(t, "good", sql["good"])
			checkExample(t, "base", sql["base"])
		})
	}
}

// checkExample parses an example, and lints one that creates all it speaks of.
func checkExample(t *testing.T, kind, sql string) {
	t.Helper()
	set := &review.ChangeSet{Explicit: true, Changed: []review.Changed{{Path: "V1__example.sql", Head: []byte(sql)}}}
	config := review.DefaultConfig(rules.All())
	config.Engine = ddlparse.DefaultEngine()
	report, err := (&review.Reviewer{Rules: rules.All()}).Review(t.Context(), set, config)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		elsewhere := strings.HasPrefix(f.Rule, "unknown-") || f.Rule == "key-column-not-found"
		if f.Severity == review.Error && !elsewhere {
			t.Errorf("%s: %s: %s", kind, f.Rule, f.Problem)
		}
	}
	for _, n := range report.NotReviewed {
		if sql != "" {
			t.Errorf("%s is not reviewed: %+v", kind, n)
		}
	}
}
