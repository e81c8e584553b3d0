package webhook

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// estate is an Estate in memory: installation 7.
type estate struct {
	installation Installation
	err          error
	pulls        []OpenPull
	checks       map[string]CheckState
	since        time.Time
	asked        []string // heads whose check run was looked for
}

func (e *estate) Installations(context.Context) ([]Installation, error) {
	return []Installation{e.installation}, e.err
}

func (e *estate) Installation(context.Context, int64) (Installation, error) {
	return e.installation, e.err
}

func (e *estate) OpenPulls(_ context.Context, _ int64, since time.Time) iter.Seq2[OpenPull, error] {
	e.since = since
	return func(yield func(OpenPull, error) bool) {
		for _, p := range e.pulls {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func (e *estate) HasCheck(_ context.Context, _ Job, head string) (CheckState, error) {
	e.asked = append(e.asked, head)
	return e.checks[head], nil
}

// knownHeads is a Ledger that knows the heads of pull requests.
type knownHeads struct {
	Ledger
	heads map[int]string
}

func (r knownHeads) LastReview(_ context.Context, j Job) (*Review, error) {
	head, ok := r.heads[j.Number]
	if !ok {
		return nil, nil
	}
	return &Review{Job: j, Head: head}, nil
}

func newSweep(e *estate, i *inbox) *Sweep {
	return &Sweep{
		Estate: e, Inbox: i, Cursor: &cursors{}, Ledger: knownHeads{heads: map[int]string{1: "reviewed", 2: "old"}},
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return today },
	}
}

func TestSweepHandle(t *testing.T) {
	t.Parallel()
	pull := func(n int, head string) OpenPull {
		return OpenPull{Job: Job{Installation: 7, Owner: "acme", Repo: "shop", Number: n}, Head: head}
	}
	e := &estate{
		installation: Installation{ID: 7, CreatedAt: today.Add(-time.Hour)},
		pulls:        []OpenPull{pull(1, "reviewed"), pull(2, "new"), pull(3, "none"), pull(4, "done"), pull(5, "running"), pull(6, "stuck")},
		checks: map[string]CheckState{
			"new":     {Status: "completed"},
			"done":    {Status: "completed", StartedAt: today.Add(-2 * time.Hour)},
			"running": {Status: "in_progress", StartedAt: today.Add(-time.Minute)},
			"stuck":   {Status: "in_progress", StartedAt: today.Add(-2 * time.Hour)},
		},
	}
	i := &inbox{}
	if err := newSweep(e, i).Handle(t.Context(), &Task{Job: Job{Installation: 7}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{3, 6}, numbers(i.events)); diff != "" {
		t.Errorf("queued (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"new", "none", "done", "running", "stuck"}, e.asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if e.since != today.Add(-time.Hour) {
		t.Errorf("listed since %v, want the installation's time", e.since)
	}
	if got := i.events[0]; got.GUID != "" || got.Force || got.Head != "none" {
		t.Errorf("got %+v, want an event that nobody sent", got)
	}
}

// An installation that was suspended while a pull request was reviewed left a check run that nobody ends.
func TestSweepAfterASuspension(t *testing.T) {
	t.Parallel()
	e := &estate{
		installation: Installation{ID: 7, CreatedAt: today.Add(-time.Hour)},
		pulls:        []OpenPull{{Job: Job{Installation: 7, Owner: "acme", Repo: "shop", Number: 5}, Head: "running"}},
		checks:       map[string]CheckState{"running": {Status: "in_progress", StartedAt: today}},
	}
	i := &inbox{}
	if err := newSweep(e, i).Handle(t.Context(), &Task{Job: Job{Installation: 7}, Deliveries: []string{"guid"}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{5}, numbers(i.events)); diff != "" {
		t.Errorf("queued (-want +got):\n%s", diff)
	}
}

func TestSweepOfAnOldInstallation(t *testing.T) {
	t.Parallel()
	e := &estate{installation: Installation{ID: 7, CreatedAt: today.AddDate(-1, 0, 0)}}
	if err := newSweep(e, &inbox{}).Handle(t.Context(), &Task{Job: Job{Installation: 7}}); err != nil {
		t.Fatal(err)
	}
	if want := today.Add(-sweepWindow); e.since != want {
		t.Errorf("listed since %v, want %v", e.since, want)
	}
}

func TestSweepOfASuspendedInstallation(t *testing.T) {
	t.Parallel()
	gone := &GoneError{What: "suspended", Err: errors.New("403")}
	err := newSweep(&estate{err: gone}, &inbox{}).Handle(t.Context(), &Task{Job: Job{Installation: 7}})
	if got := (*GoneError)(nil); !errors.As(err, &got) {
		t.Errorf("got %v, want a GoneError: there is nothing to try again", err)
	}
}

// However many replicas run and however often they start, an installation is queued once in an interval.
func TestSweepRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		i := &inbox{}
		s := newSweep(&estate{installation: Installation{ID: 7}}, i)
		s.Now = time.Now
		for range 2 {
			ctx, stop := context.WithCancel(t.Context())
			go s.Run(ctx, time.Hour)
			time.Sleep(time.Second)
			go s.Run(ctx, time.Hour)
			time.Sleep(100 * time.Minute)
			stop()
			synctest.Wait()
		}
		// At once, and after one hour; then 40 minutes were over when it started again.
		if want := 4; len(i.events) != want {
			t.Errorf("queued %d times in 200 minutes, want %d", len(i.events), want)
		}
	})
}
