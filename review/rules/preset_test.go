package rules

import (
	"slices"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules/peers"
)

// TestPresets holds that presets can be read, and name rules of the catalogue.
func TestPresets(t *testing.T) {
	t.Parallel()
	all, problems := review.Presets(All())
	for _, p := range problems {
		t.Error(p)
	}
	for _, preset := range all {
		if !slices.IsSorted(preset.Named) {
			t.Errorf("%s: rules are not sorted by their ids", preset.Name)
		}
		for _, id := range preset.Named {
			if preset.Rules[id].Severity == nil && !slices.Contains(peers.Pending(), id) {
				t.Errorf("%s: there is no rule %s", preset.Name, id)
			}
		}
		if n := preset.Changes(All()); (n == 0) != (preset.Name == "recommended") {
			t.Errorf("%s changes %d rules", preset.Name, n)
		}
	}
}
