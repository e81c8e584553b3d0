package store

import (
	"context"
	"time"
)

// Budget is how many tokens of a model a repository may use in a day, of all replicas together.
type Budget struct {
	store *Store
	limit int
}

// Budget bounds what each repository uses in a day (UTC).
func (s *Store) Budget(tokens int) *Budget { return &Budget{s, tokens} }

// Reserve takes tokens out of today's budget; false when not so many are left. What a crash leaves reserved is
// lost for the day.
func (b *Budget) Reserve(ctx context.Context, repo string, tokens int) (granted bool, err error) {
	err = b.store.db.write(ctx, func(t tx) error {
		if _, err := t.exec(ctx, "INSERT INTO budgets (repo, day, tokens) VALUES ($1, $2, 0) ON CONFLICT (repo, day) DO NOTHING", repo, b.today()); err != nil {
			return err
		}
		n, err := t.exec(ctx, "UPDATE budgets SET tokens = tokens + $1 WHERE repo = $2 AND day = $3 AND tokens + $1 <= $4", tokens, repo, b.today(), b.limit)
		granted = n > 0
		return err
	})
	return granted, wrap("reserve tokens", err)
}

// Settle says how many of the reserved tokens were used. At midnight a reservation may be another day's: it then gives
// nothing back that wasn't taken.
func (b *Budget) Settle(ctx context.Context, repo string, reserved, used int) {
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	err := b.store.db.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, `UPDATE budgets SET tokens = CASE WHEN tokens > $1 THEN tokens - $1 ELSE 0 END
			WHERE repo = $2 AND day = $3`, reserved-used, repo, b.today())
		return err
	})
	if err != nil {
		b.store.o.Log.WarnContext(ctx, "tokens that were not used stay reserved until tomorrow", "tokens", reserved-used, "error", err)
	}
}

// settleTime bounds the last word about a reservation: nobody waits for it.
const settleTime = 10 * time.Second

func (b *Budget) today() string { return b.store.o.Now().UTC().Format(time.DateOnly) }
