package webhook

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"time"
)

// Estate is what the App may see.
type Estate interface {
	// Installations lists those that are not suspended.
	Installations(ctx context.Context) ([]Installation, error)
	// Installation reads one; a GoneError when it is suspended or no more.
	Installation(ctx context.Context, id int64) (Installation, error)
	// OpenPulls lists the open pull requests of an installation's repositories that were updated since
	// then. It ends with an error, or when there are no more.
	OpenPulls(ctx context.Context, installation int64, since time.Time) iter.Seq2[OpenPull, error]
	// HasCheck is the newest check run of ours on a commit; the zero value when there is none.
	HasCheck(ctx context.Context, j Job, head string) (CheckState, error)
}

// Installation is an account that has installed the App.
type Installation struct {
	ID        int64
	Account   string
	CreatedAt time.Time
}

// OpenPull is an open pull request, as far as a list tells.
type OpenPull struct {
	Job
	Head      string
	UpdatedAt time.Time
	Draft     bool
}

// CheckState is how far a check run is.
type CheckState struct {
	Status    string // "queued", "in_progress", "completed"; "" = there is none
	StartedAt time.Time
}

// Sweep looks, slowly, for open pull requests that no event led to: their head has no check run, or
// one that somebody began and never ended. It is what is left when even GitHub's list of deliveries is silent.
type Sweep struct {
	Estate Estate
	Inbox  Inbox
	Cursor Cursor
	Ledger Ledger
	Log    *slog.Logger
	Now    func() time.Time
}

const (
	// sweepWindow is how long ago a pull request may have been updated: older ones were swept before.
	sweepWindow = 3 * 24 * time.Hour
	// staleCheck is when a check run in progress is given up: a task takes minutes, its retries less
	// than an hour.
	staleCheck = time.Hour
)

const (
	sweepCursor = "sweep"
	// sweepLooks is how often per interval it is looked whether a sweep is due.
	sweepLooks = 4
)

// Run queues a sweep of every installation once in an interval, however many replicas run and however
// often they start, until the context ends.
func (s *Sweep) Run(ctx context.Context, interval time.Duration) {
	every(ctx, interval/sweepLooks, func() {
		if err := onceIn(ctx, s.Cursor, sweepCursor, s.Now, interval, s.Queue); err != nil && ctx.Err() == nil {
			s.Log.LogAttrs(ctx, slog.LevelWarn, "could not queue a sweep", slog.String("error", err.Error()))
		}
	})
}

// onceIn does it if it was not done in the interval, by whichever replica.
func onceIn(ctx context.Context, c Cursor, name string, now func() time.Time, interval time.Duration, do func(context.Context) error) error {
	last, err := c.Cursor(ctx, name)
	if err != nil {
		return fmt.Errorf("read the cursor: %w", err)
	}
	if now().Sub(last) < interval {
		return nil
	}
	if err := do(ctx); err != nil {
		return err
	}
	if err := c.SetCursor(ctx, name, now()); err != nil {
		return fmt.Errorf("keep the cursor: %w", err)
	}
	return nil
}

// Queue makes a job of each installation.
func (s *Sweep) Queue(ctx context.Context) error {
	all, err := s.Estate.Installations(ctx)
	if err != nil {
		return fmt.Errorf("list installations: %w", err)
	}
	for _, i := range all {
		if _, err := s.Inbox.Accept(ctx, Event{Name: "sweep", Jobs: []Job{{Installation: i.ID}}}); err != nil {
			return fmt.Errorf("queue installation %d: %w", i.ID, err)
		}
	}
	return nil
}

// Handle is the Handler of a job that is an installation: it queues the pull requests that were missed.
func (s *Sweep) Handle(ctx context.Context, t *Task) error {
	since, err := s.since(ctx, t.Installation)
	if err != nil {
		return err
	}
	stale := staleCheck
	if len(t.Deliveries) > 0 { // a suspension ended, or permissions were granted: what was in work before ended then
		stale = 0
	}
	queued := 0
	for pull, err := range s.Estate.OpenPulls(ctx, t.Installation, since) {
		if err != nil {
			return fmt.Errorf("list open pull requests: %w", err)
		}
		missed, err := s.missed(ctx, pull, stale)
		if err != nil {
			return err
		}
		if !missed {
			continue
		}
		if _, err := s.Inbox.Accept(ctx, Event{Name: "sweep", Repo: pull.FullName(), Jobs: []Job{pull.Job}, Head: pull.Head}); err != nil {
			return err
		}
		queued++
	}
	s.Log.LogAttrs(ctx, slog.LevelInfo, "swept an installation", slog.Int64("installation_id", t.Installation), slog.Int("queued", queued))
	return nil
}

// since is where the sweep begins: who installs the App doesn't ask for comments on all that is
// open already.
func (s *Sweep) since(ctx context.Context, installation int64) (time.Time, error) {
	i, err := s.Estate.Installation(ctx, installation)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the installation: %w", err)
	}
	return later(i.CreatedAt, s.Now().Add(-sweepWindow)), nil
}

// missed asks GitHub only about heads that are not in our own records.
func (s *Sweep) missed(ctx context.Context, p OpenPull, stale time.Duration) (bool, error) {
	last, err := s.Ledger.LastReview(ctx, p.Job)
	if err != nil {
		return false, err
	}
	if last != nil && last.Head == p.Head {
		return false, nil
	}
	state, err := s.Estate.HasCheck(ctx, p.Job, p.Head)
	if err != nil {
		return false, fmt.Errorf("look for the check run of %s#%d: %w", p.FullName(), p.Number, err)
	}
	switch state.Status {
	case "completed":
		return false, nil
	case "":
		return true, nil
	}
	return s.Now().Sub(state.StartedAt) >= stale, nil
}
