package store

import (
	"context"
	"time"
)

// Stats is the queue as it stands.
type Stats struct {
	Available int           // ready to be worked on
	Running   int           // in work
	Retrying  int           // waiting for their next attempt
	Oldest    time.Duration // how long the oldest of those not in work has been waiting; 0 when there is none
}

// Stats counts the keys for which there is something to do.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var stats Stats
	now := s.now()
	r, err := s.db.read(ctx, `SELECT coalesce(j.state = 'running', FALSE), w.retry_at > $1, count(*), min(w.since)
		FROM wanted w LEFT JOIN river_job j ON j.id = w.job_id GROUP BY 1, 2`, now)
	err = each(r, err, func(scan func(...any) error) error {
		var running, later bool
		var n int
		var since int64
		if err := scan(&running, &later, &n, &since); err != nil {
			return err
		}
		stats.add(running, later, n, time.Duration(now-since)*time.Microsecond)
		return nil
	})
	return stats, wrap("count the jobs", err)
}

func (s *Stats) add(running, later bool, n int, age time.Duration) {
	switch {
	case running:
		s.Running += n
		return
	case later:
		s.Retrying += n
	default:
		s.Available += n
	}
	s.Oldest = max(s.Oldest, age)
}
