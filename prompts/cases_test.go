package prompts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// TestCasesReplay holds that a case is about a design and nothing else: the server would run every
// statement, and every object of a label is there.
func TestCasesReplay(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			report := replay(t, c)
			if len(report.Plans) != 1 || len(report.NotReviewed) != 0 {
				t.Fatalf("got %d plans, not reviewed %+v", len(report.Plans), report.NotReviewed)
			}
			for _, s := range report.Plans[0].Steps {
				checkStep(t, s)
			}
			for _, l := range slices.Concat(c.Expect, c.Forbid, c.Allow) {
				if !exists(report.Plans[0], l.Object) {
					t.Errorf("%s %s: there is no such object after the change set", l.Guideline, l.Object)
				}
			}
		})
	}
}

// TestCleanCasesAreCleanForRules holds that a clean case is clean for rules too, but for matters of taste.
func TestCleanCasesAreCleanForRules(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		if !c.Clean() {
			continue
		}
		for _, f := range replay(t, c).Findings {
			if f.Severity == review.Error {
				t.Errorf("%s: %s %s: %s", c.Name, f.Rule, f.Object, f.Problem)
			}
		}
	}
}

// TestNoRuleDecidesIt holds that a guideline asks for what no rule says at least as loudly.
func TestNoRuleDecidesIt(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		if !strings.HasSuffix(c.Name, "/violation") {
			continue
		}
		for _, f := range replay(t, c).Findings {
			if f.Severity >= review.Warning && f.Object == c.Expect[0].Object {
				t.Errorf("%s: %s says it already: narrow the guideline, or take it away", c.Name, f.Rule)
			}
		}
	}
}

func TestCasesSpeakOfGuidelines(t *testing.T) {
	t.Parallel()
	l, _ := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	for _, c := range cases(t) {
		for _, label := range slices.Concat(c.Expect, c.Forbid, c.Allow) {
			if _, ok := l.Guideline(label.Guideline); !ok {
				t.Errorf("%s: there is no guideline %q", c.Name, label.Guideline)
			}
		}
		if _, err := ddlparse.ParseEngine(c.Engine); err != nil || !slices.Contains([]string{"en", "ja"}, c.Language) {
			t.Errorf("%s: engine %q, language %q", c.Name, c.Engine, c.Language)
		}
	}
}

// TestEveryGuidelineHasItsThree holds that each guideline has a violation, the same without it one edit
// away, and something that only looks like one.
func TestEveryGuidelineHasItsThree(t *testing.T) {
	t.Parallel()
	byName := map[string]prompts.Case{}
	for _, c := range cases(t) {
		byName[c.Name] = c
	}
	l, _ := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()})
	for _, g := range l.Guidelines() {
		bad, twin, near := byName[g.ID+"/violation"], byName[g.ID+"/twin"], byName[g.ID+"/near-miss"]
		if len(bad.Expect) != 1 || bad.Expect[0].Guideline != g.ID {
			t.Errorf("%s: violation expects %v", g.ID, bad.Expect)
		}
		if len(twin.Changes) == 0 || !twin.Clean() || len(near.Changes) == 0 || !near.Clean() {
			t.Errorf("%s: twin or near-miss is missing or not clean", g.ID)
		}
		if n := differentLines(bad, twin); n == 0 || n > 10 {
			t.Errorf("%s: violation and twin differ in %d lines, want one edit", g.ID, n)
		}
	}
}

// TestRealisticCases holds that there are enough change sets as people write them, half of them clean.
func TestRealisticCases(t *testing.T) {
	t.Parallel()
	total, clean, japanese := 0, 0, 0
	for _, c := range cases(t) {
		if strings.Contains(c.Name, "/") {
			continue
		}
		total++
		if n := lines(c.Changes); n < 40 || n > 150 {
			t.Errorf("%s changes %d lines, want 40 to 150", c.Name, n)
		}
		if c.Clean() {
			clean++
		}
		if c.Language == "ja" {
			japanese++
		}
	}
	if total < 25 || clean*2 < total-1 || clean*2 > total+1 || japanese*3 < total {
		t.Errorf("got %d realistic cases, %d clean, %d Japanese", total, clean, japanese)
	}
}

func cases(t *testing.T) []prompts.Case {
	t.Helper()
	all, err := prompts.Cases()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func replay(t *testing.T, c prompts.Case) *review.Report {
	t.Helper()
	config := review.DefaultConfig(rules.All())
	engine, err := ddlparse.ParseEngine(c.Engine)
	if err != nil {
		t.Fatal(err)
	}
	config.Engine = engine
	set := &review.ChangeSet{}
	for _, f := range c.Base {
		set.History = append(set.History, review.File{Path: f.Path, Data: f.Data})
	}
	for _, f := range c.Changes {
		set.Changed = append(set.Changed, review.Changed{Path: f.Path, Head: f.Data})
	}
	report, err := (&review.Reviewer{Rules: rules.All()}).Review(t.Context(), set, config)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func checkStep(t *testing.T, s *ddlparse.Step) {
	t.Helper()
	if s.Statement.NotUnderstood != "" {
		t.Errorf("%s: %.60q is not understood: %s", s.Migration.Path, s.Statement.Text(), s.Statement.NotUnderstood)
	}
	for _, p := range slices.Concat(s.Statement.Problems, s.Problems) {
		t.Errorf("%s: %.60q: %v", s.Migration.Path, s.Statement.Text(), p)
	}
}

// exists reports whether a table, view or trigger, or a column, index or constraint of a table is there.
func exists(p *review.Plan, object string) bool {
	table, rest, inside := strings.Cut(object, ".")
	found := p.Final.Table(ddlparse.Name{Name: table})
	if found == nil {
		return !inside && mentions(p, object)
	}
	return !inside || found.Column(rest) != nil || found.Index(rest) != nil
}

// mentions is enough for views and triggers: they are named in their own statement.
func mentions(p *review.Plan, object string) bool {
	for _, s := range p.Steps {
		if strings.Contains(s.Statement.Text(), " "+object+" ") {
			return true
		}
	}
	return false
}

func lines(files []prompts.CaseFile) int {
	n := 0
	for _, f := range files {
		n += strings.Count(string(f.Data), "\n")
	}
	return n
}

// differentLines counts the lines that only one of two cases has.
func differentLines(a, b prompts.Case) int {
	count := map[string]int{}
	for i, c := range []prompts.Case{a, b} {
		for _, f := range slices.Concat(c.Base, c.Changes) {
			for line := range strings.Lines(string(f.Data)) {
				count[strings.TrimRight(line, ",\n")] += 1 - 2*i
			}
		}
	}
	n := 0
	for _, c := range count {
		n += max(c, -c)
	}
	return n
}
