package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// JobsAt finds the pull requests that had this commit as their head when they were reviewed.
func (s *Store) JobsAt(ctx context.Context, owner, name, head string) (all []webhook.Job, _ error) {
	seen := map[string]bool{}
	r, err := s.db.read(ctx, "SELECT key, job FROM reviews WHERE repo = $1 AND head = $2 AND number > 0 ORDER BY number, started DESC", repo(owner, name), head)
	return all, wrap("find the pull requests of a commit", each(r, err, func(scan func(...any) error) error {
		var key, job string
		if err := scan(&key, &job); err != nil || seen[key] {
			return err
		}
		seen[key] = true
		var j webhook.Job
		err := json.Unmarshal([]byte(job), &j)
		all = append(all, j)
		return err
	}))
}

// Unknown gives those of the GUIDs that never arrived, or whose jobs failed.
func (s *Store) Unknown(ctx context.Context, guids []string) ([]string, error) {
	known := map[string]bool{}
	for chunk := range slices.Chunk(guids, 500) {
		v := values{}
		for _, guid := range chunk {
			v.add(guid)
		}
		r, err := s.db.read(ctx, "SELECT guid FROM deliveries WHERE state <> 'failed' AND guid IN ("+v.list()+")", v.args...)
		err = each(r, err, func(scan func(...any) error) error {
			var guid string
			err := scan(&guid)
			known[guid] = true
			return err
		})
		if err != nil {
			return nil, wrap("look deliveries up", err)
		}
	}
	return slices.DeleteFunc(slices.Clone(guids), func(guid string) bool { return known[guid] }), nil
}

// Cursor is a moment kept under a name; the zero time when there is none.
func (s *Store) Cursor(ctx context.Context, name string) (time.Time, error) {
	var at int64
	_, err := one(s.db.read(ctx, "SELECT moment FROM cursors WHERE name = $1", name))(&at)
	return moment(at), wrap("read the cursor", err)
}

// SetCursor keeps it.
func (s *Store) SetCursor(ctx context.Context, name string, at time.Time) error {
	return wrap("keep the cursor", s.db.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "INSERT INTO cursors (name, moment) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET moment = excluded.moment", name, micros(at))
		return err
	}))
}
