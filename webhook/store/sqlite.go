package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// sqlite is one file. All that is written goes through one connection, as River wants it; readers have
// others and never wait.
type sqlite struct {
	writer, reader *sql.DB
	client         *river.Client[*sql.Tx]
	unlock         func() error
	others         chan struct{} // held by the one transaction that waits for the writer beside Accept's
}

func openSQLite(ctx context.Context, s *Store, path string) (_ database, err error) {
	path = strings.TrimPrefix(path, "//")
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return nil, errors.New("the database URL needs a file: sqlite:schema-review.db, or sqlite:/var/lib/schema-review/schema-review.db")
	}
	if err := secure(path); err != nil {
		return nil, err
	}
	d := &sqlite{others: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			_ = d.close()
		}
	}()
	if d.unlock, err = lockFile(ctx, path); err != nil {
		return nil, err
	}
	if err := d.open(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := d.migrate(ctx, s); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	d.client, err = river.NewClient(riversqlite.New(d.writer), s.riverConfig(true))
	return d, err
}

// secure makes the file readable for its owner alone before anything is in it. SQLite gives its
// companions (-wal, -shm) the same permissions.
func secure(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("the database file can't be used: %w; its folder must exist and be writable", err)
	}
	defer f.Close()
	return f.Chmod(0o600)
}

// ErrInUse says that another process, a running serve most likely, has the SQLite file.
var ErrInUse = errors.New("in use by another process")

// lockFile keeps a second process away for as long as this one lives: it would take the running jobs
// for lost ones. The lock is SQLite's own, on an empty database beside the file, and ends with the
// process however that ends.
func lockFile(ctx context.Context, path string) (unlock func() error, err error) {
	path += ".lock"
	if err := secure(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", fileURL(path, "_pragma=journal_mode(MEMORY)&_txlock=exclusive"))
	if err != nil {
		return nil, err
	}
	t, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		_ = db.Close()
		var busy *driver.Error
		if errors.As(err, &busy) && busy.Code() == lib.SQLITE_BUSY {
			err = fmt.Errorf("%w: one database file serves one process, several replicas need Postgres", ErrInUse)
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return func() error { return errors.Join(t.Rollback(), db.Close()) }, nil
}

func (d *sqlite) open(path string) (err error) {
	const pragmas = "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"
	if d.writer, err = sql.Open("sqlite", fileURL(path, pragmas)); err != nil {
		return err
	}
	d.writer.SetMaxOpenConns(1)
	if d.reader, err = sql.Open("sqlite", fileURL(path, "_pragma=busy_timeout(5000)&_pragma=query_only(1)")); err != nil {
		return err
	}
	d.reader.SetMaxOpenConns(4)
	d.reader.SetMaxIdleConns(2)
	return nil
}

func fileURL(path, query string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: query}
	return u.String()
}

func (d *sqlite) migrate(ctx context.Context, s *Store) error {
	m, err := rivermigrate.New(riversqlite.New(d.writer), &rivermigrate.Config{Logger: s.quiet()})
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("create River's tables: %w", err)
	}
	if err := migrate(ctx, d); err != nil {
		return err
	}
	// The leader of before was this file's only process. Without it River waits for its term to end.
	_, err = d.writer.ExecContext(ctx, "DELETE FROM river_leader")
	return err
}

func (d *sqlite) ping(ctx context.Context) error {
	return d.reader.PingContext(ctx)
}

func (d *sqlite) read(ctx context.Context, query string, args ...any) (rows, error) {
	return sqlRows(d.reader.QueryContext(ctx, numbered(query), args...))
}

// write lets one transaction at a time wait for the connection: Accept's never stands behind many.
func (d *sqlite) write(ctx context.Context, do func(tx) error) error {
	select {
	case d.others <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-d.others }()
	return d.writeFirst(ctx, do)
}

func (d *sqlite) writeFirst(ctx context.Context, do func(tx) error) error {
	t, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() //nolint:errcheck // after Commit there is nothing to roll back
	if err := do(sqliteTx{t, d.client}); err != nil {
		return err
	}
	return t.Commit()
}

func (d *sqlite) river() runner               { return d.client }
func (d *sqlite) beat(context.Context) error  { return nil }
func (d *sqlite) leave(context.Context) error { return nil }

// orphaned: at the start nobody but us has the file, so whoever ran those jobs is gone.
func (d *sqlite) orphaned(starting bool) string {
	if starting {
		return "TRUE"
	}
	return "FALSE"
}

func (d *sqlite) close() error {
	var errs []error
	for _, db := range []*sql.DB{d.reader, d.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if d.unlock != nil {
		errs = append(errs, d.unlock())
	}
	return errors.Join(errs...)
}

type sqliteTx struct {
	*sql.Tx
	client *river.Client[*sql.Tx]
}

func (t sqliteTx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	r, err := t.ExecContext(ctx, numbered(query), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (t sqliteTx) query(ctx context.Context, query string, args ...any) (rows, error) {
	return sqlRows(t.QueryContext(ctx, numbered(query), args...))
}

func (t sqliteTx) insert(ctx context.Context, jobs []river.InsertManyParams) ([]*rivertype.JobInsertResult, error) {
	return t.client.InsertManyTx(ctx, t.Tx, jobs)
}

func (t sqliteTx) complete(ctx context.Context, job *river.Job[jobArgs]) error {
	_, err := river.JobCompleteTx[*riversqlite.Driver](ctx, t.Tx, job)
	return err
}

func (t sqliteTx) bringForward(ctx context.Context, jobID int64) error {
	_, err := t.client.JobRetryTx(ctx, t.Tx, jobID)
	return err
}

// numbered writes $1 as ?1, which is what SQLite calls a numbered parameter.
func numbered(query string) string { return strings.ReplaceAll(query, "$", "?") }

// quietRows are sql.Rows whose Close has nothing new to say: Err has said it.
type quietRows struct{ *sql.Rows }

func (r quietRows) Close() { _ = r.Rows.Close() }

func sqlRows(r *sql.Rows, err error) (rows, error) {
	if err != nil {
		return nil, err
	}
	return quietRows{r}, nil
}
