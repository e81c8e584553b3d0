package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/riverqueue/river"

	"github.com/schema-review/schema-review/webhook"
)

// bump is what a batch of events asks of one key.
type bump struct {
	job   webhook.Job
	n     int64 // events
	head  string
	heads int64 // the last event that told of a head, 0 when none did
	force int64 // the last event with force
	guids map[string]int64
}

// check refuses what would spoil the batch, such as what Postgres can't keep as text.
func check(e webhook.Event) error {
	if len(e.Jobs) > mostJobs {
		return fmt.Errorf("the event asks for %d jobs, more than one event can", len(e.Jobs))
	}
	text := []string{e.GUID, e.Name, e.Action, e.Repo, e.Head, e.Reason}
	for _, j := range e.Jobs {
		text = append(text, j.Key())
	}
	for _, t := range text {
		if !utf8.ValidString(t) || strings.ContainsRune(t, 0) {
			return errors.New("the event has names that are not text")
		}
	}
	return nil
}

// keep is what Accept does, for several events in one transaction. Rows are touched in the order
// of their keys, so that two replicas don't wait for each other.
func (s *Store) keep(ctx context.Context, t tx, events []webhook.Event) ([]bool, error) {
	fresh, err := s.record(ctx, t, events)
	if err != nil {
		return nil, err
	}
	bumps := bumpsOf(events, fresh)
	if len(bumps) == 0 {
		return fresh, nil
	}
	keys := slices.Sorted(maps.Keys(bumps))
	waiting, idle, err := s.raise(ctx, t, keys, bumps)
	if err != nil {
		return nil, err
	}
	if err := enqueue(ctx, t, idle...); err != nil {
		return nil, err
	}
	return fresh, link(ctx, t, waiting)
}

// record writes the deliveries, and says which of them are to be acted upon.
func (s *Store) record(ctx context.Context, t tx, events []webhook.Event) ([]bool, error) {
	fresh := make([]bool, len(events))
	first := map[string]int{}
	for i, e := range events {
		if e.GUID == "" {
			fresh[i] = true
		} else if _, again := first[e.GUID]; !again {
			first[e.GUID] = i
		}
	}
	if len(first) == 0 {
		return fresh, nil
	}
	now, v := s.now(), values{}
	for _, guid := range slices.Sorted(maps.Keys(first)) {
		e := events[first[guid]]
		state := "queued"
		if len(e.Jobs) == 0 {
			state = "ignored"
		}
		v.add(guid, e.Name, e.Action, e.Repo, state, e.Reason, now)
	}
	r, err := t.query(ctx, `INSERT INTO deliveries (guid, event, action, repo, state, reason, received) VALUES `+v.list()+`
		ON CONFLICT (guid) DO UPDATE SET state = excluded.state, received = excluded.received, finished = 0
		WHERE deliveries.state = 'failed' RETURNING guid`, v.args...)
	return fresh, each(r, err, func(scan func(...any) error) error {
		var guid string
		err := scan(&guid)
		fresh[first[guid]] = true
		return err
	})
}

func bumpsOf(events []webhook.Event, fresh []bool) map[string]*bump {
	bumps := map[string]*bump{}
	for i, e := range events {
		if !fresh[i] {
			continue
		}
		for _, j := range e.Jobs {
			b := bumps[j.Key()]
			if b == nil {
				b = &bump{guids: map[string]int64{}}
				bumps[j.Key()] = b
			}
			b.add(j, e)
		}
	}
	return bumps
}

func (b *bump) add(j webhook.Job, e webhook.Event) {
	b.job = j
	b.n++
	if e.Head != "" {
		b.head, b.heads = e.Head, b.n
	}
	if e.Force {
		b.force = b.n
	}
	if e.GUID != "" {
		b.guids[e.GUID] = b.n
	}
}

// wait says that a delivery waits for a key.
type wait struct {
	key, guid  string
	generation int64
}

// raise raises the generation of the keys. idle are those that have no job yet. A job that waits for
// a retry is brought forward, unless GitHub asked to wait. A new commit, or a person's wish, starts
// counting failures anew.
func (s *Store) raise(ctx context.Context, t tx, keys []string, bumps map[string]*bump) (waiting []wait, idle []webhook.Job, err error) {
	now, v := s.now(), values{}
	for _, key := range keys {
		b := bumps[key]
		job, err := json.Marshal(b.job)
		if err != nil {
			return nil, nil, err
		}
		v.add(key, string(job), b.n, b.head, b.heads, b.force, now)
	}
	r, err := t.query(ctx, `INSERT INTO wanted (key, job, generation, head, head_generation, force_generation, since) VALUES `+v.list()+`
		ON CONFLICT (key) DO UPDATE SET
			job = excluded.job,
			generation = wanted.generation + excluded.generation,
			head = CASE WHEN excluded.head <> '' THEN excluded.head ELSE wanted.head END,
			head_generation = CASE WHEN excluded.head <> '' THEN wanted.generation + excluded.head_generation ELSE wanted.head_generation END,
			force_generation = CASE WHEN excluded.force_generation > 0 THEN wanted.generation + excluded.force_generation ELSE wanted.force_generation END,
			failures = CASE WHEN excluded.force_generation > 0 OR excluded.head <> '' AND excluded.head <> wanted.head THEN 0 ELSE wanted.failures END
		RETURNING key, generation, job_id, retry_at, asked`, v.args...)
	var forward []int64
	err = each(r, err, func(scan func(...any) error) error {
		var key string
		var generation, jobID, retryAt int64
		var asked bool
		if err := scan(&key, &generation, &jobID, &retryAt, &asked); err != nil {
			return err
		}
		b := bumps[key]
		for guid, n := range b.guids {
			waiting = append(waiting, wait{key, guid, generation - b.n + n})
		}
		switch {
		case jobID == 0:
			idle = append(idle, b.job)
		case retryAt > now && !asked:
			forward = append(forward, jobID)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return waiting, idle, bringForward(ctx, t, forward)
}

func bringForward(ctx context.Context, t tx, jobIDs []int64) error {
	for _, id := range jobIDs {
		if err := t.bringForward(ctx, id); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE wanted SET retry_at = 0 WHERE job_id = $1", id); err != nil {
			return err
		}
	}
	return nil
}

// enqueue gives the rows of the jobs a River job each.
func enqueue(ctx context.Context, t tx, jobs ...webhook.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	params := make([]river.InsertManyParams, len(jobs))
	for i, j := range jobs {
		params[i] = river.InsertManyParams{Args: jobArgs{Key: j.Key()}}
	}
	results, err := t.insert(ctx, params)
	if err != nil {
		return err
	}
	v := values{casts: []string{"TEXT", "BIGINT"}}
	for i, r := range results {
		v.add(jobs[i].Key(), r.Job.ID)
	}
	_, err = t.exec(ctx, `WITH fresh (key, id) AS (VALUES `+v.list()+`)
		UPDATE wanted SET job_id = fresh.id FROM fresh WHERE wanted.key = fresh.key`, v.args...)
	return err
}

func link(ctx context.Context, t tx, waiting []wait) error {
	if len(waiting) == 0 {
		return nil
	}
	slices.SortFunc(waiting, func(a, b wait) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.guid, b.guid)) })
	v := values{}
	for _, w := range waiting {
		v.add(w.key, w.guid, w.generation)
	}
	_, err := t.exec(ctx, `INSERT INTO waiting (key, guid, generation) VALUES `+v.list()+`
		ON CONFLICT (key, guid) DO UPDATE SET generation = excluded.generation`, v.args...)
	return err
}
