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
	ofTable := but(func(c *prompts.Claim) { c.Object = "members" })
	edited := membersSet()
	edited.Changed[0].Head = []byte(strings.Replace(members, "UNIQUE KEY uk_members_email (email)", "KEY k (email)", 1))
	beside := membersSet()
	beside.Changed[0].Head = []byte(strings.Replace(members, "  deleted_at DATETIME,", "  deleted_at DATETIME,\n  note TEXT,", 1))
	accepted := membersSet()
	accepted.Changed[0].Head = []byte("-- schema-review: ignore soft-delete-with-unique-key as agreed\n" + members)
	another := membersSet()
	another.Changed[0].Head = []byte("-- schema-review: ignore wrong-cardinality as agreed\n" + members)
	gone := membersSet()
	gone.Changed[0].Head = []byte("CREATE TABLE other (id BIGINT PRIMARY KEY);")
	for name, test := range map[string]struct {
		set    *review.ChangeSet
		model  review.Model
		missed int
		want   review.Fate
		after  int
	}{
		"in other words":                {membersSet(), saying(reworded), 1, review.Stays, 0},
		"forgotten once":                {membersSet(), saying(), 0, review.Stays, 1},
		"forgotten twice":               {membersSet(), saying(), 1, review.Disappeared, 2},
		"not asked":                     {membersSet(), nil, 1, review.Stays, 1},
		"no answer":                     {membersSet(), failing(errors.New("x")), 1, review.Stays, 1},
		"mended":                        {edited, saying(), 0, review.Altered, 0},
		"changed beside it":             {beside, saying(), 0, review.Stays, 1},
		"changed and claimed again":     {beside, saying(softDelete()), 0, review.Stays, 0},
		"accepted, and forgotten":       {accepted, saying(), 0, review.Accepted, 0},
		"accepted, and not asked":       {accepted, nil, 0, review.Accepted, 0},
		"another one accepted":          {another, saying(), 0, review.Stays, 1},
		"accepted by a person":          {accepted, saying(softDelete()), 0, review.Accepted, 0},
		"its table is there no longer":  {gone, saying(), 0, review.Altered, 0},
		"mended, and not asked":         {edited, nil, 0, review.Altered, 0},
		"mended, and no answer":         {edited, failing(errors.New("x")), 1, review.Stays, 1},
		"said of the table instead":     {membersSet(), saying(ofTable), 1, review.Stays, 0},
		"mended, and said of the table": {edited, saying(ofTable), 0, review.Altered, 0},
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

// TestCarryDropped: what the change set dropped is still something to speak of.
func TestCarryDropped(t *testing.T) {
	t.Parallel()
	ofDropped := but(func(c *prompts.Claim) {
		c.Guideline, c.Statement, c.Object, c.Quote = "expand-without-backfill", "S2", "users.old", "DROP COLUMN old"
	})
	with, _ := advised(t, membersSet(), saying(ofDropped), func(r *review.Reviewer, _ *review.Config) { r.Rules = nil })
	found := modelFindings(with)
	if len(found) != 1 {
		t.Fatalf("got %v, dropped %v", found, with.Dropped)
	}
	f := found[0]
	posted := review.Carried{Fingerprint: f.Fingerprint(), Guideline: f.Rule, Set: f.Set, Object: f.Object, Content: f.Content}
	now, _ := advised(t, membersSet(), saying(), nil)
	if got := review.Carry([]review.Carried{posted}, now)[0]; got.Fate != review.Stays || got.Missed != 1 {
		t.Errorf("got %s, missed %d; want it to stay, missed once", got.Fate, got.Missed)
	}
	kept := membersSet()
	kept.Changed[0].Head = []byte(strings.Replace(members, ", DROP COLUMN old", "", 1))
	now, _ = advised(t, kept, saying(), nil)
	if got := review.Carry([]review.Carried{posted}, now)[0]; got.Fate != review.Altered {
		t.Errorf("got %s of a column that is not dropped any more, want %s", got.Fate, review.Altered)
	}
}

// TestCarryCrowdedOut: a claim that better ones leave no room for is still made.
func TestCarryCrowdedOut(t *testing.T) {
	t.Parallel()
	with, _ := advised(t, membersSet(), saying(softDelete()), nil)
	f := modelFindings(with)[0]
	posted := review.Carried{Fingerprint: f.Fingerprint(), Guideline: f.Rule, Set: f.Set, Object: f.Object, Content: f.Content, Missed: 1}
	now, _ := advised(t, membersSet(), saying(softDelete()), func(_ *review.Reviewer, c *review.Config) { c.AI.MaxComments = 0 })
	if len(modelFindings(now)) > 0 {
		t.Fatal("there is room")
	}
	if got := review.Carry([]review.Carried{posted}, now)[0]; got.Fate != review.Stays || got.Missed != 0 {
		t.Errorf("got %s, missed %d; want it to stay", got.Fate, got.Missed)
	}
}
