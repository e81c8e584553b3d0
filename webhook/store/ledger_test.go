package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/schema-review/schema-review/webhook"
)

func record(n int, head, content string, started time.Time, findings int) *webhook.Review {
	r := &webhook.Review{
		Job: pull(n), Head: head, BaseRef: "main", Draft: true, Content: content, Conclusion: "failure", Title: "2 errors",
		Engine: "mysql 8.4", Errors: 2, Warnings: 1, Notices: 3, Statements: 5, Migrations: 2, Calls: 8, Writes: 3,
		Started: started, Took: 1500 * time.Millisecond,
	}
	for i := range findings {
		r.Posted = append(r.Posted, webhook.Posted{Fingerprint: fmt.Sprint("fp", i), Rule: "some-rule", Object: "orders.id", Severity: 2, Comment: 1 << 40, State: "open"})
	}
	return r
}

func TestReviews(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		day := time.Date(2026, 11, 20, 12, 0, 0, 123456000, time.UTC)
		first, second, other := record(1, "a", "c1", day, 3), record(1, "b", "c2", day.Add(time.Hour), 1200), record(2, "b", "c1", day.Add(2*time.Hour), 0)
		group := &webhook.Review{Job: webhook.Job{Installation: 7, Owner: "acme", Repo: "Shop", MergeGroup: &webhook.MergeGroup{Head: "b", Base: "m", BaseRef: "refs/heads/main"}}, Head: "b", Started: day}
		for _, r := range []*webhook.Review{first, other, second, second, group} { // the second twice: recorded once
			if err := s.SaveReview(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		last := func(j webhook.Job) (*webhook.Review, error) { return s.LastReview(t.Context(), j) }
		verdict := func(content string) func(webhook.Job) (*webhook.Review, error) {
			return func(j webhook.Job) (*webhook.Review, error) { return s.Verdict(t.Context(), j, content) }
		}
		for name, test := range map[string]struct {
			ask  func(webhook.Job) (*webhook.Review, error)
			job  webhook.Job
			want *webhook.Review
		}{
			"the newest":                  {last, pull(1), second},
			"in other letters":            {last, webhook.Job{Owner: "ACME", Repo: "SHOP", Number: 2}, other},
			"of a merge group":            {last, group.Job, group},
			"none":                        {last, pull(3), nil},
			"same content":                {verdict("c1"), pull(9), other},
			"no such content":             {verdict("c9"), pull(1), nil},
			"content of another's review": {verdict("c1"), webhook.Job{Owner: "else", Repo: "shop"}, nil},
		} {
			got, err := test.ask(test.job)
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%s: %v, -want +got:\n%s", name, err, diff)
			}
		}
		jobs, err := s.JobsAt(t.Context(), "acme", "Shop", "b")
		if diff := cmp.Diff([]webhook.Job{pull(1), pull(2)}, jobs); diff != "" || err != nil {
			t.Errorf("JobsAt: %v, -want +got:\n%s", err, diff)
		}
	})
}

func TestChecks(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		for _, c := range []webhook.Check{{Head: "a"}, {Head: "b"}, {Head: "a", ID: 11}, {Head: "b", Done: true}, {Head: "never", Done: true}} {
			if err := s.SaveCheck(t.Context(), pull(1), c); err != nil {
				t.Fatal(err)
			}
		}
		for n, want := range map[int][]webhook.Check{1: {{Head: "a", ID: 11}}, 2: nil} {
			got, err := s.OpenChecks(t.Context(), pull(n))
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("open checks of %d: %v, -want +got:\n%s", n, err, diff)
			}
		}
	})
}

func TestCursor(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		for _, want := range []time.Time{{}, at, at.Add(time.Hour)} {
			if !want.IsZero() {
				if err := s.SetCursor(t.Context(), "deliveries", want); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := s.Cursor(t.Context(), "deliveries"); !got.Equal(want) || err != nil {
				t.Errorf("got %s, %v; want %s", got, err, want)
			}
		}
	})
}

// TestPrune forgets what is old, and only that.
func TestPrune(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		o := quick()
		o.Now = func() time.Time { return now }
		s := open(t, url, o)
		ping := func(guid string) webhook.Event { return webhook.Event{GUID: guid, Name: "ping"} }
		fill := func(guid string, n int) {
			accept(t, s, ping(guid))
			if err := s.SaveReview(t.Context(), record(n, "h", "c", now, pruneChunk+1)); err != nil {
				t.Fatal(err)
			}
			if err := s.SaveCheck(t.Context(), pull(n), webhook.Check{Head: "h"}); err != nil {
				t.Fatal(err)
			}
		}
		fill("old", 1)
		accept(t, s, push("old but queued", 1, "a"))
		now = now.Add(keepReviews + time.Hour)
		fill("new", 2)
		if err := s.prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		unknown, err := s.Unknown(t.Context(), []string{"old", "old but queued", "new"})
		if diff := cmp.Diff([]string{"old"}, unknown); diff != "" || err != nil {
			t.Errorf("forgotten deliveries: %v, -want +got:\n%s", err, diff)
		}
		for table, want := range map[string]int{"reviews": 1, "findings": pruneChunk + 1, "checks": 1} {
			var got int
			if _, err := one(s.db.read(t.Context(), "SELECT count(*) FROM "+table))(&got); err != nil || got != want {
				t.Errorf("%d %s are left, want %d (%v)", got, table, want, err)
			}
		}
	})
}

func TestStats(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		o := quick()
		o.Now = func() time.Time { return now }
		s := open(t, url, o)
		for n := range 4 {
			accept(t, s, push(guid(n), n+1, "a"))
			now = now.Add(time.Minute)
		}
		change(t, s, "UPDATE river_job SET state = 'running' WHERE id = (SELECT job_id FROM wanted WHERE key = $1)", pull(1).Key())
		change(t, s, "UPDATE wanted SET retry_at = $1 WHERE key = $2", micros(now.Add(time.Hour)), pull(2).Key())
		got, err := s.Stats(t.Context())
		if diff := cmp.Diff(Stats{Available: 2, Running: 1, Retrying: 1, Oldest: 3 * time.Minute}, got); diff != "" || err != nil {
			t.Errorf("%v, -want +got:\n%s", err, diff)
		}
	})
}
