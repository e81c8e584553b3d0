package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/schema-review/schema-review/webhook"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// said is a review that has said these things.
func said(n int, started time.Time, all ...webhook.Posted) *webhook.Review {
	r := record(n, "h", "c", started, 0)
	r.Posted, r.Took = all, 0
	r.Advice = &webhook.Advice{Prompts: "p1", Models: []string{"m"}}
	return r
}

func save(t *testing.T, s *Store, all ...*webhook.Review) {
	t.Helper()
	for _, r := range all {
		if err := s.SaveReview(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

func comment(first, state string) webhook.Posted {
	return webhook.Posted{First: first, Rule: "some-rule", Object: "orders.id", Severity: 2, Comment: 1, State: state}
}

func posted(first string) webhook.Posted {
	p := comment(first, "open")
	p.Comment, p.Shown = 0, true
	return p
}

// A row for the life of a comment: what isn't known any more overwrites nothing.
func TestTalk(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		byModel, inBody, deleted := posted("b"), comment("c", "open"), comment("d", "dismissed")
		byModel.ByModel, inBody.Comment, deleted.Comment = true, 0, 0
		save(t, s, said(1, noon, posted("a"), byModel, inBody, deleted))

		later := said(1, noon.Add(time.Hour), comment("a", "open"), webhook.Posted{First: "b", Comment: 2, State: "fixed", Up: 3})
		later.Advice.Prompts = "p2"
		save(t, s, later, said(2, noon, posted("a")), said(3, noon))

		got, err := s.Talk(t.Context(), pull(1))
		if err != nil {
			t.Fatal(err)
		}
		want := &webhook.Talk{Job: pull(1), Looked: noon.Add(time.Hour), Comments: []webhook.Posted{
			{First: "a", Rule: "some-rule", Object: "orders.id", Severity: 2, State: "open", At: noon},
			{First: "b", Rule: "some-rule", Object: "orders.id", Severity: 2, State: "fixed", ByModel: true, Up: 3, At: noon},
			{First: "d", Rule: "some-rule", Object: "orders.id", Severity: 2, State: "dismissed", At: noon},
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if got, err := s.Talk(t.Context(), pull(3)); got != nil || err != nil {
			t.Errorf("got %v, %v of a pull request without comments", got, err)
		}
	})
}

// Two comments may have been posted with one fingerprint, when the statement of the first was edited meanwhile.
func TestTalkOfTheSameFingerprint(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		save(t, s, said(1, noon, comment("a", "open"), comment("a", "fixed")))
		got, err := s.Talk(t.Context(), pull(1))
		if err != nil || len(got.Comments) != 1 || got.Comments[0].State != "open" {
			t.Errorf("got %+v, %v: want the first", got, err)
		}
	})
}

// Pull requests come in turn: open ones sooner, closed ones for some time, final ones never.
func TestDueTalks(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		for n, closed := range []time.Time{{}, {}, noon, noon} {
			talk := &webhook.Talk{Job: pull(n + 1), Looked: noon.Add(-time.Duration(n) * time.Minute), Closed: closed, Final: n == 3, Comments: []webhook.Posted{comment("a", "open")}}
			if n == 1 {
				talk.Installation = 8
			}
			if err := s.SaveTalk(t.Context(), talk); err != nil {
				t.Fatal(err)
			}
		}
		for name, test := range map[string]struct {
			open, closed  time.Time
			most          int
			installations []int64
			pulls         []int
		}{
			"all":               {noon, noon, 9, []int64{7, 8}, []int{3, 1}},
			"the oldest":        {noon, noon, 1, []int64{7, 8}, []int{3}},
			"open ones":         {noon, noon.Add(-time.Hour), 9, []int64{7, 8}, []int{1}},
			"closed ones":       {noon.Add(-time.Hour), noon, 9, []int64{7}, []int{3}},
			"none was so early": {noon.Add(-time.Hour), noon.Add(-time.Hour), 9, nil, nil},
		} {
			installations, err := s.Talking(t.Context(), test.open, test.closed)
			if diff := cmp.Diff(test.installations, installations); diff != "" || err != nil {
				t.Errorf("%s: installations: %v, -want +got:\n%s", name, err, diff)
			}
			jobs, err := s.DueTalks(t.Context(), 7, test.open, test.closed, test.most)
			var pulls []int
			for _, j := range jobs {
				pulls = append(pulls, j.Number)
			}
			if diff := cmp.Diff(test.pulls, pulls); diff != "" || err != nil {
				t.Errorf("%s: %v, -want +got:\n%s", name, err, diff)
			}
		}
	})
}
