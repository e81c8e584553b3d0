package rules

import (
	"slices"
	"testing"

	"github.com/schema-review/schema-review/review/rules/peers"
)

// TestPeers holds that every rule of a peer has a rule of ours, or a reason why not.
func TestPeers(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, r := range All() {
		known[r.ID] = true
	}
	pending := peers.Pending()
	used := map[string]bool{}
	for _, peer := range peers.All() {
		list, err := peer.Rules()
		if err != nil {
			t.Fatal(err)
		}
		for i, rule := range list {
			if i > 0 && list[i-1].Name >= rule.Name {
				t.Errorf("%s.csv: %s is out of order, or stands there twice", peer.Name, rule.Name)
			}
			if (len(rule.Ours) == 0) == (rule.Reason == "") {
				t.Errorf("%s: %s needs either rules of ours or a reason why not", peer.Name, rule.Name)
			}
			for _, id := range rule.Ours {
				used[id] = true
				if !known[id] && !slices.Contains(pending, id) {
					t.Errorf("%s: %s: there is no rule %s", peer.Name, rule.Name, id)
				}
			}
		}
	}
	for _, id := range pending {
		if !used[id] {
			t.Errorf("pending.txt: no peer has %s", id)
		}
		if known[id] {
			t.Logf("pending.txt: %s has come, delete it there", id)
		}
	}
}
