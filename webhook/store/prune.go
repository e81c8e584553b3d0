package store

import (
	"context"
	"time"
)

const (
	keepReviews  = 180 * 24 * time.Hour
	keepFeedback = 400 * 24 * time.Hour // a year can be compared with the one before
	keepChecks   = 14 * 24 * time.Hour  // GitHub itself calls a check run stale after that
	keepBudgets  = 7                    // days
	pruneChunk   = 500                  // rows in one transaction: a webhook waits for no long one
)

// prune forgets what is old, in small steps.
func (s *Store) prune(ctx context.Context) error {
	for _, old := range []struct {
		statement string
		keep      time.Duration
	}{
		{"DELETE FROM deliveries WHERE guid IN (SELECT guid FROM deliveries WHERE received < $1 AND state <> 'queued' LIMIT $2)", s.o.Keep},
		{"DELETE FROM findings WHERE (key, started, position) IN (SELECT key, started, position FROM findings WHERE started < $1 LIMIT $2)", keepReviews},
		{"DELETE FROM reviews WHERE (key, started) IN (SELECT key, started FROM reviews WHERE started < $1 LIMIT $2)", keepReviews},
		{"DELETE FROM advice WHERE (key, started) IN (SELECT key, started FROM advice WHERE started < $1 LIMIT $2)", keepReviews},
		{"DELETE FROM prompts WHERE (key, started, position) IN (SELECT key, started, position FROM prompts WHERE started < $1 LIMIT $2)", keepReviews},
		{"DELETE FROM feedback WHERE (key, fingerprint) IN (SELECT key, fingerprint FROM feedback WHERE posted < $1 LIMIT $2)", keepFeedback},
		{"DELETE FROM talks WHERE key IN (SELECT key FROM talks WHERE looked < $1 LIMIT $2)", keepFeedback},
		{"DELETE FROM checks WHERE (key, head) IN (SELECT key, head FROM checks WHERE since < $1 LIMIT $2)", keepChecks},
	} {
		if err := s.pruneAll(ctx, old.statement, s.o.Now().Add(-old.keep)); err != nil {
			return wrap("forget what is old", err)
		}
	}
	return wrap("forget old budgets", s.db.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "DELETE FROM budgets WHERE day < $1", s.o.Now().UTC().AddDate(0, 0, -keepBudgets).Format(time.DateOnly))
		return err
	}))
}

func (s *Store) pruneAll(ctx context.Context, statement string, before time.Time) error {
	for {
		var n int64
		err := s.db.write(ctx, func(t tx) (err error) {
			n, err = t.exec(ctx, statement, micros(before), pruneChunk)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}
