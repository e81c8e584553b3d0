package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

const (
	// A task whose process dies may be what kills it: after some deaths it waits longer and longer, and
	// in the end it is given up.
	freeCrashes = 3
	mostCrashes = 25
)

// rescue gives every key whose job nobody works on any more a new job: its process died, or River gave
// it up. The old job's id becomes worthless, so that a process that only slept finds out by Check.
func (s *Store) rescue(ctx context.Context, starting bool) error {
	lost := s.lost(starting)
	type key struct {
		name  string
		jobID int64
	}
	var keys []key
	r, err := s.db.read(ctx, "SELECT w.key, w.job_id FROM wanted w LEFT JOIN river_job j ON j.id = w.job_id WHERE "+lost+" ORDER BY w.key")
	err = each(r, err, func(scan func(...any) error) error {
		var k key
		err := scan(&k.name, &k.jobID)
		keys = append(keys, k)
		return err
	})
	if err != nil {
		return err
	}
	for _, k := range keys {
		if err := s.db.write(ctx, func(t tx) error { return s.take(ctx, t, k.name, k.jobID, lost) }); err != nil {
			return err
		}
	}
	return nil
}

// lost is a condition on a key's job j.
func (s *Store) lost(starting bool) string {
	return "(j.id IS NULL OR j.state IN ('completed', 'cancelled', 'discarded') OR j.state = 'running' AND " + s.db.orphaned(starting) + ")"
}

// take looks again under the row's lock: another replica may have been quicker.
func (s *Store) take(ctx context.Context, t tx, key string, jobID int64, lost string) error {
	var encoded string
	var crashes int64
	found, err := one(t.query(ctx, "UPDATE wanted SET job_id = job_id WHERE key = $1 AND job_id = $2 RETURNING job, crashes", key, jobID))(&encoded, &crashes)
	if err != nil || !found {
		return err
	}
	var still int64
	found, err = one(t.query(ctx, "SELECT w.job_id FROM wanted w LEFT JOIN river_job j ON j.id = w.job_id WHERE w.key = $1 AND "+lost, key))(&still)
	if err != nil || !found {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE river_job SET state = 'cancelled', finalized_at = CURRENT_TIMESTAMP WHERE id = $1 AND state = 'running'", jobID); err != nil {
		return err
	}
	var j webhook.Job
	if err := json.Unmarshal([]byte(encoded), &j); err != nil {
		return err
	}
	s.o.Log.Warn("an interrupted job is taken up again", "job_id", jobID, "repo", j.FullName(), "pr", j.Number)
	return s.retake(ctx, t, j, crashes+1)
}

func (s *Store) retake(ctx context.Context, t tx, j webhook.Job, crashes int64) error {
	if crashes > mostCrashes {
		return s.giveUp(ctx, t, j)
	}
	var at int64
	if crashes > freeCrashes {
		at = s.o.Now().Add(s.backoff(crashes - freeCrashes)).Add(time.Millisecond).UnixMicro()
	}
	if err := enqueueAt(ctx, t, j, at); err != nil {
		return err
	}
	_, err := t.exec(ctx, "UPDATE wanted SET crashes = $1, retry_at = $2, asked = FALSE WHERE key = $3", crashes, at, j.Key())
	return err
}

func (s *Store) giveUp(ctx context.Context, t tx, j webhook.Job) error {
	s.o.Log.Error("a job is given up: its process died each time", "repo", j.FullName(), "pr", j.Number)
	for _, statement := range []string{
		"UPDATE deliveries SET state = 'failed' WHERE guid IN (SELECT guid FROM waiting WHERE key = $1)",
		"DELETE FROM waiting WHERE key = $1",
		"DELETE FROM wanted WHERE key = $1",
	} {
		if _, err := t.exec(ctx, statement, j.Key()); err != nil {
			return err
		}
	}
	return nil
}
