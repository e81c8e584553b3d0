package review_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// TestCarry follows a posted finding over heads.
func TestCarry(t *testing.T) {
	t.Parallel()
	with, _ := advised(t, membersSet(), saying(softDelete()), nil)
	f := modelFindings(with)[0]
	posted := review.Carried{Fingerprint: f.Fingerprint(), Guideline: f.Rule, Set: with.Plans[0].Set, Object: f.Object, Content: f.Content}
	reworded := but(func(c *prompts.Claim) {
		c.Title, c.Consequence = "Other words", "Said in a wholly different way this time."
	})
	edited := membersSet()
	edited.Changed[0].Head = []byte(strings.Replace(members, "UNIQUE KEY uk_members_email (email)", "KEY k (email)", 1))
	beside := membersSet()
	beside.Changed[0].Head = []byte(strings.Replace(members, "  deleted_at DATETIME,", "  deleted_at DATETIME,\n  note TEXT,", 1))
	accepted := membersSet()
	accepted.Changed[0].Head = []byte("-- schema-review: ignore soft-delete-with-unique-key as agreed\n" + members)
	gone := membersSet()
	gone.Changed[0].Head = []byte("CREATE TABLE other (id BIGINT PRIMARY KEY);")
	for name, test := range map[string]struct {
		set    *review.ChangeSet
		model  review.Model
		missed int
		want   review.Fate
		after  int
	}{
		"in other words":               {membersSet(), saying(reworded), 1, review.Stays, 0},
		"forgotten once":               {membersSet(), saying(), 0, review.Stays, 1},
		"forgotten twice":              {membersSet(), saying(), 1, review.Disappeared, 2},
		"not asked":                    {membersSet(), nil, 1, review.Stays, 1},
		"no answer":                    {membersSet(), failing(errors.New("x")), 1, review.Stays, 1},
		"mended":                       {edited, saying(), 0, review.Altered, 0},
		"changed beside it":            {beside, saying(), 0, review.Stays, 1},
		"changed and claimed again":    {beside, saying(softDelete()), 0, review.Stays, 0},
		"accepted by a person":         {accepted, saying(softDelete()), 0, review.Accepted, 0},
		"its table is there no longer": {gone, saying(), 0, review.Altered, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now, _ := advised(t, test.set, test.model, nil)
			before := posted
			before.Missed = test.missed
			got := review.Carry([]review.Carried{before}, now)[0]
			if got.Fate != test.want || got.Missed != test.after {
				t.Errorf("got %s, missed %d; want %s, missed %d", got.Fate, got.Missed, test.want, test.after)
			}
		})
	}
}
