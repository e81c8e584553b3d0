package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/schema-review/schema-review/webhook"
)

const (
	longestBackoff = 5 * time.Minute
	// GitHub's own limits are per hour (x-ratelimit-reset): a longer wait is a mistake somewhere.
	longestWait = 2 * time.Hour
	// Waits that GitHub asked for are no failures, for so long.
	patience = 24 * time.Hour
)

// final outcomes need no other attempt.
func final(outcome error) bool {
	var gone *webhook.GoneError
	var refused *webhook.RefusedError
	return outcome == nil || errors.Is(outcome, webhook.ErrSuperseded) || errors.As(outcome, &gone) || errors.As(outcome, &refused)
}

// finish writes down what follows from a run's outcome. Without the database nothing else can be done
// either, so it tries for a while; when it can't, the job is found later as one that was lost.
func (s *Store) finish(ctx context.Context, r *run, outcome error) error {
	if errors.Is(outcome, webhook.ErrLost) {
		return nil
	}
	const tries, longest = 30, 20 * time.Second
	var err error
	wait := 100 * time.Millisecond
	for range tries {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), longest)
		err = s.db.write(limited, func(t tx) error { return s.conclude(limited, t, r, outcome) })
		cancel()
		if err == nil || errors.Is(err, rivertype.ErrNotFound) { // River took the job from us
			return nil
		}
		s.o.Log.Error("a task's outcome can't be written down", "job_id", r.river.ID, "repo", r.task.FullName(), "pr", r.task.Number, "error", err)
		select {
		case <-time.After(wait):
			wait = min(2*wait, longest)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return err
}

// row is a key's row, locked.
type row struct {
	generation, failures, since int64
}

// conclude decides under the row's lock: an event was either seen by this run, or waits for the lock, or
// has raised the generation.
func (s *Store) conclude(ctx context.Context, t tx, r *run, outcome error) error {
	var w row
	ours, err := one(t.query(ctx, `UPDATE wanted SET job_id = job_id WHERE key = $1 AND job_id = $2 RETURNING generation, failures, since`,
		r.river.Args.Key, r.river.ID))(&w.generation, &w.failures, &w.since)
	if err != nil || !ours {
		return err
	}
	newer := w.generation > r.seen
	if final(outcome) && (newer || !errors.Is(outcome, webhook.ErrSuperseded)) { // a newer head may have had no event yet, or never
		return s.done(ctx, t, r, newer, "done")
	}
	n := s.next(w, outcome)
	switch {
	case n.failures >= int64(s.o.Attempts):
		return s.done(ctx, t, r, newer, "failed")
	case newer && !n.asked:
		n.at = 0
	}
	return s.again(ctx, t, r, n)
}

// next is what follows from a failure.
type next struct {
	failures int64
	at       int64 // 0: now
	asked    bool  // by GitHub
}

func (s *Store) next(w row, outcome error) next {
	now := s.o.Now()
	var retry *webhook.RetryError
	if errors.As(outcome, &retry) && retry.After > 0 {
		wait := min(retry.After, longestWait)
		n := next{failures: w.failures, at: now.Add(wait + rand.N(wait/10+time.Second)).UnixMicro(), asked: true}
		if now.Sub(time.UnixMicro(w.since)) > patience {
			n.failures++
		}
		return n
	}
	return next{failures: w.failures + 1, at: now.Add(s.backoff(w.failures + 1)).UnixMicro()}
}

// backoff is a wait with full jitter: many jobs that failed together don't come back together.
func (s *Store) backoff(failures int64) time.Duration {
	limit := s.o.Backoff
	for ; failures > 1 && limit < longestBackoff; failures-- {
		limit *= 2
	}
	return rand.N(min(limit, longestBackoff))
}

// done ends the run for good: the key's row goes, unless something newer is wanted.
func (s *Store) done(ctx context.Context, t tx, r *run, newer bool, state string) error {
	if err := s.settle(ctx, t, r, state); err != nil {
		return err
	}
	if newer {
		if _, err := t.exec(ctx, `UPDATE wanted SET since = $1, force_generation = CASE WHEN force_generation > $2 THEN force_generation ELSE 0 END
			WHERE key = $3`, s.now(), r.seen, r.river.Args.Key); err != nil {
			return err
		}
		return s.again(ctx, t, r, next{})
	}
	if _, err := t.exec(ctx, "DELETE FROM wanted WHERE key = $1", r.river.Args.Key); err != nil {
		return err
	}
	if state == "failed" {
		return discard(ctx, t, r)
	}
	return t.complete(ctx, r.river)
}

// discard is what River does to a job that has no attempt left.
func discard(ctx context.Context, t tx, r *run) error {
	_, err := t.exec(ctx, "UPDATE river_job SET state = 'discarded', finalized_at = CURRENT_TIMESTAMP WHERE id = $1 AND state = 'running'", r.river.ID)
	return err
}

// again ends this River job and queues the key's next one.
func (s *Store) again(ctx context.Context, t tx, r *run, n next) error {
	if err := t.complete(ctx, r.river); err != nil {
		return err
	}
	if err := enqueueAt(ctx, t, r.task.Job, n.at); err != nil {
		return err
	}
	_, err := t.exec(ctx, "UPDATE wanted SET failures = $1, crashes = 0, retry_at = $2, asked = $3 WHERE key = $4",
		n.failures, n.at, n.asked, r.river.Args.Key)
	return err
}

// enqueueAt queues a job that is not run before its time (0: now). River makes scheduled jobs available
// through an elected leader, every 5 s: too late for short waits, and later still when the leader
// has died. A job that is available already is not fetched before its time either; River itself
// writes short waits so.
func enqueueAt(ctx context.Context, t tx, j webhook.Job, at int64) error {
	if at == 0 {
		return enqueue(ctx, t, j)
	}
	results, err := t.insert(ctx, []river.InsertManyParams{{Args: jobArgs{Key: j.Key()}, InsertOpts: &river.InsertOpts{ScheduledAt: moment(at)}}})
	if err != nil {
		return err
	}
	id := results[0].Job.ID
	if _, err := t.exec(ctx, "UPDATE river_job SET state = 'available' WHERE id = $1 AND state = 'scheduled'", id); err != nil {
		return err
	}
	_, err = t.exec(ctx, "UPDATE wanted SET job_id = $1 WHERE key = $2", id, j.Key())
	return err
}

// settle ends the deliveries that the run has seen. A delivery may wait for several keys: the first
// statement locks it, so that of two runs that end at once the later one sees the earlier one's work.
func (s *Store) settle(ctx context.Context, t tx, r *run, state string) error {
	if _, err := t.exec(ctx, `UPDATE deliveries SET finished = $1
		WHERE guid IN (SELECT guid FROM waiting WHERE key = $2 AND generation <= $3)`, s.now(), r.river.Args.Key, r.seen); err != nil {
		return err
	}
	if state == "failed" {
		if _, err := t.exec(ctx, `UPDATE deliveries SET state = 'failed'
			WHERE guid IN (SELECT guid FROM waiting WHERE key = $1 AND generation <= $2)`, r.river.Args.Key, r.seen); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, `UPDATE deliveries SET state = 'done' WHERE state = 'queued'
		AND guid IN (SELECT guid FROM waiting WHERE key = $1 AND generation <= $2)
		AND NOT EXISTS (SELECT 1 FROM waiting o WHERE o.guid = deliveries.guid AND o.key <> $1)`, r.river.Args.Key, r.seen); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "DELETE FROM waiting WHERE key = $1 AND generation <= $2", r.river.Args.Key, r.seen); err != nil {
		return fmt.Errorf("end the deliveries: %w", err)
	}
	return nil
}
