package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/schema-review/schema-review/webhook"
)

// TestEventDuringWorkIsNotSwallowed: the run in work hears of it, and another run follows.
func TestEventDuringWorkIsNotSwallowed(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		var tasks seen
		started, pushed := make(chan struct{}), make(chan struct{})
		work(t, s, func(ctx context.Context, task *webhook.Task) error {
			if tasks.add(task) > 1 {
				return task.Check(ctx, "b")
			}
			if err := task.Check(ctx, "a"); err != nil {
				t.Errorf("Check before the push: %v", err)
			}
			close(started)
			<-pushed
			if err := task.Check(ctx, "b"); err != nil { // read on GitHub before the event came
				t.Errorf("Check of the pushed head: %v", err)
			}
			return task.Check(ctx, "a")
		})
		accept(t, s, push("1", 1, "a"))
		receive(t, "the first task", started)
		accept(t, s, push("2", 1, "b"))
		close(pushed)
		idle(t, s)
		if got := tasks.heads(); got != "a b" {
			t.Errorf("heads in work: %q, want a, then b", got)
		}
		if state(t, s, "1") != "done" || state(t, s, "2") != "done" {
			t.Error("the deliveries are not done")
		}
	})
}

// TestForceIsForOneRun: the wish is fulfilled by the run that saw it.
func TestForceIsForOneRun(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		var tasks seen
		work(t, s, func(context context.Context, task *webhook.Task) error {
			if tasks.add(task) == 1 {
				accept(t, s, push("2", 1, "b"))
			}
			return nil
		})
		forced := push("1", 1, "a")
		forced.Force = true
		accept(t, s, forced)
		idle(t, s)
		all := tasks.all()
		if len(all) != 2 || !all[0].Force || all[1].Force {
			t.Errorf("tasks: %+v, want one with force, then one without", all)
		}
	})
}

func TestOutcomes(t *testing.T) {
	failed := errors.New("no luck")
	tests := map[string]struct {
		outcome error // of the first three attempts; those after it succeed
		runs    int
		state   string
	}{
		"nil":        {nil, 1, "done"},
		"superseded": {webhook.ErrSuperseded, 3, "failed"}, // by a head that no event told of
		"gone":       {&webhook.GoneError{What: "the pull request is gone", Err: failed}, 1, "done"},
		"refused":    {&webhook.RefusedError{Sentence: "no", Err: failed}, 1, "done"},
		"error":      {failed, 3, "failed"},
		"retry":      {&webhook.RetryError{Err: failed}, 3, "failed"},
		"asked":      {&webhook.RetryError{Err: failed, After: time.Millisecond}, 4, "done"}, // no failure
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, url string) {
				o := quick()
				o.Attempts = 3
				s := open(t, url, o)
				var tasks seen
				work(t, s, func(_ context.Context, task *webhook.Task) error {
					if tasks.add(task) > 3 {
						return nil
					}
					return test.outcome
				})
				accept(t, s, push("1", 1, "a"))
				idle(t, s)
				if got := state(t, s, "1"); got != test.state {
					t.Errorf("the delivery is %s, want %s", got, test.state)
				}
				all := tasks.all()
				if len(all) != test.runs {
					t.Fatalf("%d runs, want %d", len(all), test.runs)
				}
				if last := all[len(all)-1]; last.Last != (test.state == "failed") || last.Last && last.Attempt != 3 {
					t.Errorf("last run: attempt %d, last %v", last.Attempt, last.Last)
				}
			})
		})
	}
}

func TestPanicIsAFailure(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		var tasks seen
		work(t, s, func(_ context.Context, task *webhook.Task) error {
			if tasks.add(task) == 1 {
				panic("oh")
			}
			return nil
		})
		accept(t, s, push("1", 1, "a"))
		idle(t, s)
		if all := tasks.all(); len(all) != 2 || all[1].Attempt != 2 {
			t.Errorf("%d tasks, want a second attempt", len(all))
		}
	})
}

func TestDeadlineIsAFailure(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		o := quick()
		o.Deadline = 50 * time.Millisecond
		s := open(t, url, o)
		var tasks seen
		work(t, s, func(ctx context.Context, task *webhook.Task) error {
			if tasks.add(task) == 1 {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		})
		accept(t, s, push("1", 1, "a"))
		idle(t, s)
		if all := tasks.all(); len(all) != 2 || all[1].Attempt != 2 {
			t.Errorf("%d tasks, want a second attempt", len(all))
		}
	})
}

// TestRunDrains: told to end, Run waits for what is in work.
func TestRunDrains(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url, quick())
		started, finish := make(chan struct{}), make(chan struct{})
		stop := work(t, s, func(context.Context, *webhook.Task) error {
			close(started)
			<-finish
			return nil
		})
		accept(t, s, push("1", 1, "a"))
		receive(t, "the task", started)
		time.AfterFunc(50*time.Millisecond, func() { close(finish) })
		stop()
		if got := state(t, s, "1"); got != "done" {
			t.Errorf("after draining the delivery is %s", got)
		}
	})
}

// TestDrainHasAnEnd: after Options.Drain the task is cancelled, and taken up at the next start as if it
// had never begun.
func TestDrainHasAnEnd(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		o := quick()
		o.Drain = 50 * time.Millisecond
		s := open(t, url, o)
		var tasks seen
		started := make(chan struct{})
		stop := work(t, s, func(ctx context.Context, task *webhook.Task) error {
			tasks.add(task)
			close(started)
			<-ctx.Done()
			return &webhook.RetryError{Err: errors.New("the connection was closed")}
		})
		accept(t, s, push("1", 1, "a"))
		receive(t, "the task", started)
		stop()
		work(t, s, func(_ context.Context, task *webhook.Task) error {
			tasks.add(task)
			return nil
		})
		idle(t, s)
		var attempts []int
		for _, task := range tasks.all() {
			attempts = append(attempts, task.Attempt)
		}
		if diff := cmp.Diff([]int{1, 1}, attempts); diff != "" {
			t.Errorf("attempts, -want +got:\n%s", diff)
		}
	})
}

func TestRunTwiceAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t, sqliteURL(t), quick())
	started := make(chan struct{})
	work(t, s, func(context.Context, *webhook.Task) error { close(started); return nil })
	accept(t, s, push("1", 1, "a"))
	receive(t, "the task", started)
	if err := s.Run(t.Context(), nil); err == nil {
		t.Error("the second Run did not say that the store runs already")
	}
}
