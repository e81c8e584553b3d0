package rules

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
)

// TestCatalogue checks that every rule is whole: named, documented and tested.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	for _, path := range caseFiles(t) {
		tested[ruleOf(path)] = true
	}
	known := map[string]bool{}
	for _, r := range All() {
		if known[r.ID] {
			t.Errorf("%s is listed twice", r.ID)
		}
		known[r.ID] = true
		if !tested[r.ID] {
			t.Errorf("%s has no cases: write testdata/%s.txtar", r.ID, r.ID)
		}
		testDefinition(t, r)
	}
	testOrphans(t, known)
}

func testDefinition(t *testing.T, r *review.Rule) {
	t.Helper()
	if !kebab(r.ID) {
		t.Errorf("%s is not kebab-case", r.ID)
	}
	if r.Title == "" || strings.HasSuffix(r.Title, ".") {
		t.Errorf("%s: title %q: want one line without a full stop", r.ID, r.Title)
	}
	if r.Category == "" {
		t.Errorf("%s has no category", r.ID)
	}
	for _, p := range r.Params {
		if p.Doc == "" || !strings.HasSuffix(p.Doc, ".") {
			t.Errorf("%s: parameter %s: doc %q: want one sentence", r.ID, p.Name, p.Doc)
		}
		switch p.Default.(type) {
		case int, bool, string, []string:
		default:
			t.Errorf("%s: parameter %s: default has type %T, want int, bool, string or []string", r.ID, p.Name, p.Default)
		}
	}
}

// testOrphans looks for pages and cases of rules that don't exist.
func testOrphans(t *testing.T, known map[string]bool) {
	t.Helper()
	found, err := filepath.Glob("pages/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(found, caseFiles(t)...) {
		if !known[ruleOf(path)] {
			t.Errorf("%s belongs to no rule in All", path)
		}
	}
}

func kebab(id string) bool {
	for _, part := range strings.Split(id, "-") {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}
