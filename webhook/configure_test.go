package webhook

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// TestConfigureGuidelines: configuration may speak of guidelines that come with the program, and of a repository's own.
func TestConfigureGuidelines(t *testing.T) {
	t.Parallel()
	own := prompts.Layer{Name: review.RepositoryLayer, FS: fstest.MapFS{
		"guidelines/our-own.md": {Data: []byte("---\nid: our-own\ntitle: x\nkinds: [write]\n---\nText")},
	}}
	builtIn, _ := prompts.Load(prompts.Layer{FS: prompts.BuiltIn()})
	for name, test := range map[string]struct {
		yaml string
		own  []prompts.Layer
		want string
	}{
		"built-in": {"rules: {hot-counter: off}", nil, ""},
		"own":      {"rules: {our-own: off, hot-counter: off}", []prompts.Layer{own}, ""},
		"unknown":  {"rules: {our-won: off}", []prompts.Layer{own}, "Did you mean `our-own`?"},
		"none":     {"rules: {our-own: off}", nil, "There is no rule or guideline `our-own`."},
	} {
		layer := review.Layer{Name: review.RepositoryLayer, Path: "c.yml", Data: []byte(test.yaml)}
		w := &world{layers: []review.Layer{layer}, prompts: test.own}
		r := &run{Worker: &Worker{Forge: w, Reviewer: &review.Reviewer{Prompts: builtIn}}}
		if err := r.configure(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got string
		for _, p := range r.result.Problems {
			got += p.Error()
		}
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
