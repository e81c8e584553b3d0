package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDifferences(t *testing.T) {
	t.Parallel()
	rules := []*Rule{{ID: "drop-column", Severity: Error}, {ID: "name-format", Severity: Notice, Params: []Param{{Name: "pattern", Default: "^[a-z]+$"}}}}
	load := func(yaml string) *Config {
		c, problems := LoadConfig([]Layer{{Name: RepositoryLayer, Path: "c.yml", Data: []byte(yaml)}}, rules, nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return c
	}
	before := load("engine: mysql 8.4\nfail_on: error\nignore: [{rule: drop-column, object: tmp_*, reason: made by a job}]\n")
	after := load("engine: mysql 8.4\nfail_on: never\nmigrations: [{path: 'db/*.sql'}]\nrules: {drop-column: warning, name-format: {pattern: '^x'}}\n")
	want := []Difference{
		{"fail_on", "error", "never"},
		{"ignore drop-column tmp_*", "made by a job", ""},
		{"migrations db/*.sql", "", "any tool"},
		{"rules.drop-column", "error", "warning"},
		{"rules.name-format", `notice, pattern: "^[a-z]+$"`, `notice, pattern: "^x"`},
	}
	if diff := cmp.Diff(want, Differences(before, after, rules)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	if d := Differences(after, after, rules); len(d) > 0 {
		t.Errorf("a configuration differs from itself: %v", d)
	}
}
