package review_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

func TestCheckTitle(t *testing.T) {
	t.Parallel()
	left := review.NotReviewed{Path: "a.sql", Reason: review.Msg("why")}
	for want, r := range map[string]*review.Report{
		"No migrations to review":                     {},
		"No problems in 1 statement":                  {Coverage: review.Coverage{Statements: 1}},
		"No problems in 1,200 statements":             {Coverage: review.Coverage{Statements: 1200}},
		"No problems in 4 statements, 1 not reviewed": {Coverage: review.Coverage{Statements: 4}, NotReviewed: []review.NotReviewed{left}},
		"2 errors, 1 warning":                         {Findings: []review.Finding{{Severity: review.Error}, {Severity: review.Warning}, {Severity: review.Error}}},
		"1 notice":                                    {Findings: []review.Finding{{Severity: review.Notice}}, NotReviewed: []review.NotReviewed{left}},
		"No problems in 1 merged migration that is edited, moved or deleted": {Plans: []*review.Plan{{Edited: []review.EditedMigration{{}}}}},
	} {
		if got := english().CheckTitle(r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCheckSummary(t *testing.T) {
	t.Parallel()
	r := &review.Report{
		Engine: ddlparse.DefaultEngine(), EngineSource: ".github/schema-review.yml:1", Took: 40 * time.Millisecond,
		Coverage: review.Coverage{Statements: 3, Migrations: 2, History: 11, Tables: 1},
	}
	want := "**No problems** in 3 statements of 2 migrations · MySQL 8.4\n\n" +
		"The schema before them has 1 table, from 11 earlier migrations. That MySQL 8.4 runs is known from `.github/schema-review.yml:1`. It took 0.04 seconds.\n"
	if diff := cmp.Diff(want, english().CheckSummary(r, review.CheckOptions{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	nothing := &review.Report{Engine: ddlparse.DefaultEngine(), EngineSource: "assumed", Took: 40 * time.Millisecond}
	if diff := cmp.Diff("No changed file is a migration.\n", english().CheckSummary(nothing, review.CheckOptions{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnnotation(t *testing.T) {
	t.Parallel()
	f := replaced("a\nb\nc\n", "b", "B")
	f.Problem, f.Advice = review.Msg("`a` is <b>."), review.Msg("Change it.")
	f.Places = []ddlparse.Span{{Source: f.Span.Source, Start: 4, End: 5}}
	title, message := english().Annotation(f)
	if want := "`a` is <b>.\nChange it.\nAlso in line 3."; title != "Table is dropped" || message != want {
		t.Errorf("got %q, %q", title, message)
	}
}

func TestFixed(t *testing.T) {
	t.Parallel()
	const marker = "<!-- schema-review:v1 fp=1 mac=2 -->"
	v := english()
	f := replaced("a\nb\nc\n", "b", "B")
	f.Problem = review.Msg("It is so.")
	for name, body := range map[string]string{"above": marker + "\n\n" + v.Comment(f), "below": v.Comment(f) + "\n" + marker} {
		fixed := v.Fixed(body, "4f2c9ab1d00fcafe")
		if !strings.HasPrefix(fixed, "~~🛑 Table is dropped~~ Fixed in 4f2c9ab.\n\n<details>") {
			t.Errorf("%s: the first line is not struck through:\n%s", name, fixed)
		}
		if !strings.HasSuffix(fixed, "</details>\n\n"+marker+"\n") || strings.Count(fixed, marker) != 1 {
			t.Errorf("%s: the marker is not kept:\n%s", name, fixed)
		}
		if strings.Contains(fixed, "```suggestion") || !strings.Contains(fixed, "```sql\nB\n```") {
			t.Errorf("%s: the suggestion can still be applied:\n%s", name, fixed)
		}
		if again := v.Fixed(fixed, "1234567"); again != fixed {
			t.Errorf("%s: said twice:\n%s", name, again)
		}
	}
}

// A guideline's comment says what became of it: taken back is not fixed.
func TestClosed(t *testing.T) {
	t.Parallel()
	for fate, want := range map[review.Fate]string{
		review.Altered:     "~~💡 Money~~ Changed in 4f2c9ab.",
		review.Disappeared: "~~💡 Money~~ Not suggested any more as of 4f2c9ab.",
		review.Accepted:    "~~💡 Money~~ Accepted in 4f2c9ab.",
	} {
		got, _, _ := strings.Cut(english().Closed("💡 **Money**\n\nIt is so.\n", "4f2c9ab1d00fcafe", fate), "\n")
		if got != want {
			t.Errorf("%s: got %q, want %q", fate, got, want)
		}
	}
}
