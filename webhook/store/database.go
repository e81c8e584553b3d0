package store

import (
	"context"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// database is what SQLite and Postgres do differently. Statements are written once, with $1, $2…
type database interface {
	ping(ctx context.Context) error
	// read asks outside of a transaction.
	read(ctx context.Context, query string, args ...any) (rows, error)
	// write runs a transaction; it may run do again when the database asks for it.
	write(ctx context.Context, do func(tx) error) error
	// writeFirst is write for Accept: GitHub waits for it.
	writeFirst(ctx context.Context, do func(tx) error) error
	// river is the client that fetches the jobs.
	river() runner
	// beat says that this replica lives, and leave that it ends.
	beat(ctx context.Context) error
	leave(ctx context.Context) error
	// orphaned is a condition on the running job j: nobody works on it any more. starting is true
	// before this process has fetched its first job.
	orphaned(starting bool) string
	close() error
}

// tx is a transaction. Jobs go through River, in the same transaction.
type tx interface {
	exec(ctx context.Context, query string, args ...any) (int64, error)
	query(ctx context.Context, query string, args ...any) (rows, error)
	insert(ctx context.Context, jobs []river.InsertManyParams) ([]*rivertype.JobInsertResult, error)
	complete(ctx context.Context, job *river.Job[jobArgs]) error
	// bringForward makes a waiting job available now.
	bringForward(ctx context.Context, jobID int64) error
}

// rows are the answer to a query.
type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}

// runner is a River client, whatever its transactions are.
type runner interface {
	Start(ctx context.Context) error
	Stopped() <-chan struct{}
}

// each scans all rows.
func each(r rows, err error, do func(scan func(dest ...any) error) error) error {
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := do(r.Scan); err != nil {
			return err
		}
	}
	return r.Err()
}

// one scans the first row; found is false when there is none.
func one(r rows, err error) func(dest ...any) (found bool, err error) {
	return func(dest ...any) (found bool, _ error) {
		err := each(r, err, func(scan func(dest ...any) error) error {
			if found {
				return nil
			}
			found = true
			return scan(dest...)
		})
		return found, err
	}
}
