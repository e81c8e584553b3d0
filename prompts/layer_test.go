package prompts_test

import (
	"testing"

	"github.com/schema-review/schema-review/prompts"
)

// A problem is where people find the file, also when the layer has it under another name.
func TestProblemsAreWherePeopleLook(t *testing.T) {
	t.Parallel()
	team := layer("team", map[string]string{"guidelines/a.md": "# A", "guidelines/b.md": "# B"})
	team.Places = map[string]string{"guidelines/a.md": "docs/db/a.md"}
	_, problems := prompts.Load(prompts.Layer{Name: "built-in", FS: prompts.BuiltIn()}, team)
	if len(problems) != 2 || problems[0].Place() != "docs/db/a.md:1" || problems[1].Place() != "team/guidelines/b.md:1" {
		t.Errorf("got %v", problems)
	}
}
