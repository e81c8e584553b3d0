package rules

import (
	"slices"
	"strings"
	"testing"

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
			testExamples(t, r, page)
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

func testExamples(t *testing.T, r *review.Rule, page string) {
	t.Helper()
	kinds := map[string]bool{}
	for _, x := range Examples(page) {
		kinds[x.Kind] = true
	}
	if !kinds["bad"] || !kinds["good"] {
		t.Errorf("the page needs a ```sql bad and a ```sql good block")
	}
	wrong, err := CheckExamples(t.Context(), r, page)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range wrong {
		t.Error(text)
	}
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
