package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// TestPages reads every rule's page and runs its examples, so that documentation can't lie.
func TestPages(t *testing.T) {
	t.Parallel()
	for _, r := range All() {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			page := Page(r.ID)
			if page == "" {
				t.Fatalf("pages/%s.md is missing", r.ID)
			}
			testSections(t, r, page)
			testExamples(t, r, Examples(page))
		})
	}
}

func testSections(t *testing.T, r *review.Rule, page string) {
	t.Helper()
	if title, _, _ := strings.Cut(page, "\n"); title != "# "+r.Title {
		t.Errorf("the page starts with %q, want %q", title, "# "+r.Title)
	}
	for _, heading := range PageSections() {
		if Section(page, heading) == "" {
			t.Errorf("section %q is missing or empty", heading)
		}
	}
}

func testExamples(t *testing.T, r *review.Rule, examples []Example) {
	t.Helper()
	base, kinds := "", map[string]bool{}
	for i, x := range examples {
		kinds[x.Kind] = true
		if x.Kind == "base" {
			base = x.SQL
			continue
		}
		t.Run(fmt.Sprintf("%d %s", i, x.Kind), func(t *testing.T) { testExample(t, r, x, base) })
	}
	if !kinds["bad"] || !kinds["good"] {
		t.Errorf("the page needs a ```sql bad and a ```sql good block")
	}
}

func testExample(t *testing.T, r *review.Rule, x Example, base string) {
	engine := ddlparse.DefaultEngine()
	if x.Engine != "" {
		var err error
		if engine, err = ddlparse.ParseEngine(x.Engine); err != nil {
			t.Fatal(err)
		}
	}
	if r.Engines != nil && !r.Engines(engine) {
		t.Fatalf("the rule doesn't speak on %s: name an engine, ```sql %s mariadb 10.11", engine, x.Kind)
	}
	var found []string
	for _, f := range runReview(t, exampleSet(x.SQL, base), engine, "", r.ID).Findings {
		switch {
		case f.Rule == r.ID:
			found = append(found, f.Span.String()+": "+sentence(f.Problem))
		case x.Kind == "good" && f.Severity == review.Error:
			t.Errorf("the good example is an error of %s: %s: %s", f.Rule, f.Span, sentence(f.Problem))
		}
	}
	switch {
	case x.Kind == "bad" && len(found) == 0:
		t.Errorf("the rule says nothing of its bad example:\n%s", x.SQL)
	case x.Kind == "good" && len(found) > 0:
		t.Errorf("the rule speaks on its good example: %v", found)
	case x.Kind != "bad" && x.Kind != "good":
		t.Errorf("unknown kind of example %q: want bad, good or base", x.Kind)
	}
}

// exampleSet makes a change set of an example. A line "-- file: V2__x.sql" starts a file of that
// name, for rules about files; else the base is V1 and the example V2.
func exampleSet(sql, base string) *review.ChangeSet {
	set := &review.ChangeSet{}
	merged := map[string][]byte{}
	for _, f := range exampleFiles("V1__base.sql", base) {
		set.History = append(set.History, f)
		merged[f.Path] = f.Data
	}
	for _, f := range exampleFiles("V2__example.sql", sql) {
		set.Changed = append(set.Changed, review.Changed{Path: f.Path, Base: merged[f.Path], Head: f.Data})
	}
	return set
}

func exampleFiles(name, sql string) []review.File {
	var files []review.File
	for line := range strings.Lines(sql) {
		if path, ok := strings.CutPrefix(line, "-- file: "); ok {
			files = append(files, review.File{Path: strings.TrimSpace(path)})
			continue
		}
		if files == nil {
			files = append(files, review.File{Path: name})
		}
		last := &files[len(files)-1]
		last.Data = append(last.Data, line...)
	}
	return files
}

func TestExamples(t *testing.T) {
	t.Parallel()
	page := "# T\n\n```sql base\nA;\n```\n\n```sql bad mariadb 10.11\nB;\nC;\n```\n\n```yaml\nx: 1\n```\n"
	got := Examples(page)
	want := []Example{{"base", "", "A;\n"}, {"bad", "mariadb 10.11", "B;\nC;\n"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
