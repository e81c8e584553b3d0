package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

func TestSchemaIsFresh(t *testing.T) {
	t.Parallel()
	got, err := os.ReadFile(filepath.Join("../../../docs", schemaFile))
	if err != nil {
		t.Fatalf("%v; run: go generate ./review/rules", err)
	}
	if diff := cmp.Diff(string(review.ConfigSchema(rules.All())), string(got)); diff != "" {
		t.Errorf("%s is stale; run: go generate ./review/rules\n%s", schemaFile, diff)
	}
}

func TestDocumentationIsFresh(t *testing.T) {
	t.Parallel()
	const dir = "../../../docs/rules"
	want := documents(rules.All())
	for name, text := range want {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Errorf("%v; run: go generate ./review/rules", err)
			continue
		}
		if diff := cmp.Diff(text, string(got)); diff != "" {
			t.Errorf("%s is stale; run: go generate ./review/rules\n%s", name, diff)
		}
	}
	files, err := written(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range files {
		if _, ok := want[name]; !ok {
			t.Errorf("%s belongs to no rule; run: go generate ./review/rules", path)
		}
	}
}

func TestComparisonIsFresh(t *testing.T) {
	t.Parallel()
	want, err := compare(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("../../../docs", compareFile))
	if err != nil {
		t.Fatalf("%v; run: go generate ./review/rules", err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is stale; run: go generate ./review/rules\n%s", compareFile, diff)
	}
}

// TestPresetsAreDocumented holds that the documentation names each preset with its sentence.
func TestPresetsAreDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	all, _ := review.Presets(rules.All())
	for _, p := range all {
		if row := "| `" + p.Name + "` | " + p.Title.Format + " |"; !strings.Contains(string(page), row) {
			t.Errorf("docs/configuration.md lacks the row %s", row)
		}
	}
}
