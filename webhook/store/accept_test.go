package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/schema-review/schema-review/webhook"
)

func TestAcceptKnowsDeliveriesByTheirOutcome(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		o := quick()
		o.Attempts = 1
		s := open(t, url, o)
		ping := webhook.Event{GUID: "ping", Name: "ping", Reason: "a ping"}
		for i, want := range []bool{true, false} {
			for _, e := range []webhook.Event{push("good", 1, "a"), push("bad", 2, "a"), ping} {
				if got := accept(t, s, e); got != want {
					t.Errorf("round %d: Accept(%s) = %v, want %v", i, e.GUID, got, want)
				}
			}
		}
		stop := work(t, s, func(_ context.Context, task *webhook.Task) error {
			if task.Number == 2 {
				return errors.New("no luck")
			}
			return nil
		})
		idle(t, s)
		stop()
		for guid, want := range map[string]string{"good": "done", "bad": "failed", "ping": "ignored"} {
			if got := state(t, s, guid); got != want {
				t.Errorf("delivery %s is %s, want %s", guid, got, want)
			}
		}
		unknown, err := s.Unknown(t.Context(), []string{"good", "bad", "ping", "never"})
		if diff := cmp.Diff([]string{"bad", "never"}, unknown); diff != "" || err != nil {
			t.Errorf("Unknown: %v, -want +got:\n%s", err, diff)
		}
		if accept(t, s, push("good", 1, "a")) || !accept(t, s, push("bad", 2, "a")) {
			t.Error("what was done must not be fresh again, what failed must be")
		}
	})
}

func TestAcceptTheSameDeliveryTwiceAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		fresh := make(chan bool)
		for range 20 {
			go func() {
				f, err := s.Accept(t.Context(), push("one", 1, "a"))
				if err != nil {
					t.Error(err)
				}
				fresh <- f
			}()
		}
		n := 0
		for range 20 {
			if receive(t, "Accept", fresh) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d of 20 were fresh, want 1", n)
		}
	})
}

func TestAcceptRefusesWhatIsNotText(t *testing.T) {
	t.Parallel()
	s := open(t, sqliteURL(t), quick())
	for _, bad := range []webhook.Event{push("a\x00b", 1, "h"), push("g", 1, "\xff")} {
		if _, err := s.Accept(t.Context(), bad); err == nil {
			t.Errorf("Accept(%q, %q) took it", bad.GUID, bad.Head)
		}
	}
}

// TestAcceptManyJobs: what one event may ask for fits into a statement, also when several come at once.
func TestAcceptManyJobs(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		errs := make(chan error)
		for i := range 3 {
			go func() {
				e := push(guid(i), 1, "a")
				for n := 1; n < mostJobs; n++ {
					e.Jobs = append(e.Jobs, pull(n+1))
				}
				_, err := s.Accept(t.Context(), e)
				errs <- err
			}()
		}
		for range 3 {
			if err := receive(t, "Accept", errs); err != nil {
				t.Error(err)
			}
		}
		if stats, err := s.Stats(t.Context()); err != nil || stats.Available != mostJobs {
			t.Errorf("%+v, %v; want %d jobs", stats, err, mostJobs)
		}
		if _, err := s.Accept(t.Context(), webhook.Event{GUID: "more", Jobs: make([]webhook.Job, mostJobs+1)}); err == nil {
			t.Error("an event with more jobs was taken")
		}
	})
}

func TestAcceptAfterCloseFails(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), sqliteURL(t), quick())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accept(t.Context(), push("g", 1, "a")); err == nil {
		t.Error("Accept on a closed store: no error")
	}
}

func TestManyEventsAreOneTask(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		again := push("3", 1, "")
		again.Force = true
		for _, e := range []webhook.Event{push("1", 1, "a"), push("2", 1, "b"), again, push("", 1, "")} {
			accept(t, s, e)
		}
		var tasks seen
		work(t, s, func(_ context.Context, task *webhook.Task) error {
			tasks.add(task)
			return nil
		})
		idle(t, s)
		all := tasks.all()
		if len(all) != 1 {
			t.Fatalf("%d tasks, want 1", len(all))
		}
		got := all[0]
		got.Check = nil
		slices.Sort(got.Deliveries)
		want := webhook.Task{Job: pull(1), Head: "b", Force: true, Attempt: 1, Deliveries: []string{"1", "2", "3"}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("task, -want +got:\n%s", diff)
		}
	})
}

func TestDeliveryWaitsForAllItsJobs(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		suite := push("suite", 1, "a")
		suite.Jobs = append(suite.Jobs, pull(2))
		accept(t, s, suite)
		second := make(chan struct{})
		first := make(chan struct{})
		work(t, s, func(_ context.Context, task *webhook.Task) error {
			if task.Number == 2 {
				<-second
			} else {
				close(first)
			}
			return nil
		})
		receive(t, "the first job", first)
		eventually(t, "the first job is done", func() bool {
			stats, err := s.Stats(t.Context())
			return err == nil && stats.Running == 1 && stats.Available == 0
		})
		if got := state(t, s, "suite"); got != "queued" {
			t.Errorf("with one of two jobs done the delivery is %s", got)
		}
		close(second)
		idle(t, s)
		if got := state(t, s, "suite"); got != "done" {
			t.Errorf("with both jobs done the delivery is %s", got)
		}
	})
}

// TestNewEventAndRetries: a new event brings a waiting retry forward, but not when GitHub asked to wait.
func TestNewEventAndRetries(t *testing.T) {
	tests := map[string]struct {
		err    error
		sooner bool
	}{
		"our own backoff": {errors.New("down"), true},
		"GitHub asked":    {&webhook.RetryError{After: time.Hour, Err: errors.New("slow down")}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, url string) {
				o := quick()
				o.Backoff = 1e6 * time.Hour // the jitter makes it shorter, not short
				s := open(t, url, o)
				var tasks seen
				work(t, s, func(_ context.Context, task *webhook.Task) error {
					if tasks.add(task) == 1 {
						return test.err
					}
					return nil
				})
				accept(t, s, push("1", 1, "a"))
				eventually(t, "the job waits", func() bool {
					stats, err := s.Stats(t.Context())
					return err == nil && stats.Retrying == 1
				})
				accept(t, s, push("2", 1, "b"))
				if test.sooner {
					idle(t, s)
				} else {
					time.Sleep(400 * time.Millisecond) // twice SQLite's poll
				}
				want := map[bool]string{true: "a b", false: "a"}[test.sooner]
				if got := tasks.heads(); got != want {
					t.Errorf("heads in work: %q, want %q", got, want)
				}
			})
		})
	}
}

func TestValuesNumbersItsParameters(t *testing.T) {
	t.Parallel()
	v := values{casts: []string{"TEXT", "BIGINT"}}
	v.add("a", 1)
	v.add("b", 2)
	want := "(CAST($1 AS TEXT), CAST($2 AS BIGINT)), (CAST($3 AS TEXT), CAST($4 AS BIGINT))"
	if got := strings.TrimSpace(v.list()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
