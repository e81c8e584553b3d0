package peers

import (
	"slices"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// TestTargets holds that each target is a rule of the peer's, and a parameter of one of ours.
func TestTargets(t *testing.T) {
	t.Parallel()
	for name, list := range targets {
		i := slices.IndexFunc(All(), func(p Peer) bool { return p.Name == name })
		theirs, err := All()[i].Rules()
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range list {
			at := slices.IndexFunc(theirs, func(r Rule) bool { return r.Name == target.rule })
			if at < 0 || !slices.Contains(theirs[at].Ours, target.id) {
				t.Errorf("%s: %s does not stand for %s", name, target.id, target.rule)
			}
			rule := find(rules.All(), target.id)
			if rule == nil || target.param == noParam {
				continue
			}
			if !slices.ContainsFunc(rule.Params, func(p review.Param) bool { return p.Name == target.param }) {
				t.Errorf("%s: %s has no parameter %s", name, target.id, target.param)
			}
		}
	}
}
