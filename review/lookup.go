package review

import (
	"fmt"
	"slices"

	"github.com/schema-review/schema-review/prompts"
)

// FindRule returns the rule with that id. The error of an unknown id names the nearest one.
func FindRule(all []*Rule, id string) (*Rule, error) {
	ids := make([]string, len(all))
	for i, r := range all {
		ids[i] = r.ID
	}
	if i := slices.Index(ids, id); i >= 0 {
		return all[i], nil
	}
	if near := prompts.Nearest(id, ids); near != "" {
		return nil, fmt.Errorf("there is no rule %q: did you mean %q?", id, near)
	}
	return nil, fmt.Errorf("there is no rule %q: `schema-review rules list` names them all", id)
}
