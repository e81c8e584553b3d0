package review

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestConfigGuidelines: guidelines are named as rules are, and never gate.
func TestConfigGuidelines(t *testing.T) {
	t.Parallel()
	known := []string{"soft-delete-with-unique-key", "our-own"}
	for name, test := range map[string]struct{ org, repo, want string }{
		"severities": {"", "rules: {soft-delete-with-unique-key: off, our-own: warning}", ""},
		"ignored":    {"", "ignore: [{rule: our-own, object: a, reason: b}]", ""},
		"unknown":    {"", "rules: {soft-delete-unique-key: off}", "1:9: There is no rule or guideline `soft-delete-unique-key`. Did you mean `soft-delete-with-unique-key`?"},
		"rule":       {"", "rules: {drop-colum: off}", "1:9: There is no rule or guideline `drop-colum`. Did you mean `drop-column`?"},
		"ignored unknown": {
			"", "ignore: [{rule: our-won, object: a, reason: b}]",
			"1:17: There is no rule or guideline `our-won`. Did you mean `our-own`?",
		},
		"error": {
			"", "rules: {our-own: error}",
			"1:18: `our-own` is a guideline: it advises and never fails a review, so it can't be `error`. Write `off`, `notice` or `warning`.",
		},
		"severity": {"", "rules: {our-own: warn}", "1:18: `our-own` can't be `warn`. Write one of `off`, `notice`, `warning`."},
		"mapping":  {"", "rules: {our-own: {severity: off}}", "1:18: `our-own` must be a text, but this is a mapping."},
		"required": {"required: [our-own]", "", "1:12: `our-own` is a guideline, and only rules can be required. Delete it."},
		"required with severity": {
			"required: {our-own: warning}", "", "1:12: `our-own` is a guideline, and only rules can be required. Delete it.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, problems := LoadConfig([]Layer{organisation(test.org), repository(test.repo)}, catalogue(), nil, known...)
			var got []string
			for _, p := range problems {
				got = append(got, strings.TrimPrefix(p.Error(), p.Path+":"))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("problems (-want +got)\n%s", diff)
			}
		})
	}
}

// A repository has the last word on a guideline, and what holds can be shown and read again.
func TestShowGuidelines(t *testing.T) {
	t.Parallel()
	known := []string{"our-own", "soft-delete-with-unique-key"}
	c, problems := LoadConfig([]Layer{organisation("rules: {our-own: off}"), repository("rules: {our-own: notice}")}, catalogue(), nil, known...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var shown strings.Builder
	if err := c.Show(&shown, catalogue()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(shown.String(), "\n  our-own: notice  # "+repoPath+":1\n") {
		t.Error(shown.String())
	}
	again, problems := LoadConfig([]Layer{repository(shown.String())}, catalogue(), nil, known...)
	if len(problems) > 0 || again.Guidelines["our-own"] != Notice {
		t.Errorf("got %v, %v", again.Guidelines, problems)
	}
	want := []Difference{{Key: "rules.our-own", Before: "notice"}}
	if diff := cmp.Diff(want, Differences(c, DefaultConfig(catalogue()), catalogue())); diff != "" {
		t.Error(diff)
	}
}

// What a layer says can be drafted before its names can be checked.
func TestDraftConfig(t *testing.T) {
	t.Parallel()
	c := DraftConfig([]Layer{repository("rules: {our-own: off}\nai: {guidelines: 'docs/*.md'}")}, catalogue())
	if c.AI.Guidelines != "docs/*.md" {
		t.Errorf("got %+v", c.AI)
	}
}
