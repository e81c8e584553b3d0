package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/schema-review/schema-review/webhook"
)

// advised is a record of a review with a model's part.
func advised(n int, head, content, prompts string, complete bool, started time.Time) *webhook.Review {
	r := record(n, head, content, started, 1)
	r.Advice = &webhook.Advice{
		Prompts: prompts, Hashes: []string{"h1", "h2"}, Texts: []string{"what was asked", "and 表"}, Models: []string{"jp.model"},
		Input: 12_000, Output: 640, CacheRead: 8000, CacheWrite: 100, Calls: 2, Cost: 0.0421, Priced: true, Claims: 5,
		Dropped: map[string]int{"no such table": 2, "said by a rule": 1}, Complete: complete, Missing: "Something.", Took: 2500 * time.Millisecond,
	}
	return r
}

func TestAdvice(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		day := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		whole, partly := advised(1, "a", "c1", "p1", true, day), advised(3, "b", "c2", "p1", false, day.Add(time.Hour))
		later := record(1, "c", "c1", day.Add(2*time.Hour), 0) // nobody was asked again
		all := []*webhook.Review{whole, partly, partly, later, advised(2, "d", "c3", "p2", true, day)}
		for at, content := range []string{"c1", "c2", "c1"} {
			all = append(all, advised(4, content, content, "p1", at == 0, day.Add(time.Duration(at)*time.Hour)))
		}
		for _, r := range all {
			if err := s.SaveReview(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		for name, test := range map[string]struct {
			job              webhook.Job
			content, prompts string
			want             *webhook.Review
		}{
			"of an older head":         {pull(1), "c1", "p1", whole},
			"incomplete":               {pull(3), "c2", "p1", nil},
			"with other prompts":       {pull(1), "c1", "p2", nil},
			"of another pull request":  {pull(2), "c1", "p1", nil},
			"of something else":        {pull(1), "c9", "p1", nil},
			"taken back since":         {pull(4), "c1", "p1", nil},
			"where nobody ever looked": {pull(5), "c1", "p1", nil},
		} {
			got, err := s.Advised(t.Context(), test.job, test.content, test.prompts)
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%s: %v, -want +got:\n%s", name, err, diff)
			}
		}
	})
}

// What is old goes, with what belongs to it.
func TestAdviceIsPruned(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		o := quick()
		o.Now = func() time.Time { return now }
		s := open(t, url, o)
		if err := s.SaveReview(t.Context(), advised(1, "a", "c1", "p1", true, now)); err != nil {
			t.Fatal(err)
		}
		if ok, err := s.Budget(100).Reserve(t.Context(), "7", 100); !ok || err != nil {
			t.Fatal(ok, err)
		}
		now = now.Add(keepReviews + time.Hour)
		if err := s.prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"reviews", "findings", "advice", "prompts", "budgets"} {
			var left int
			if _, err := one(s.db.read(t.Context(), "SELECT count(*) FROM "+table))(&left); err != nil || left != 0 {
				t.Errorf("%s: %d rows are left, %v", table, left, err)
			}
		}
	})
}
