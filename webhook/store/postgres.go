package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
)

// connectTimeout holds where the URL has no connect_timeout: a firewall that drops packets is an error, too.
const connectTimeout = 10 * time.Second

// postgres is a database that several replicas share.
type postgres struct {
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]
	id     string // of this replica's River client
	lost   time.Duration
}

func openPostgres(ctx context.Context, s *Store, rawURL string) (_ database, err error) {
	config, err := pgxpool.ParseConfig(rawURL)
	if err != nil { // pgx takes the password out
		return nil, fmt.Errorf("the database URL can't be read: %w", err)
	}
	if !strings.Contains(rawURL, "pool_max_conns=") {
		config.MaxConns = int32(s.o.Workers) + 4 //nolint:gosec // a handful: the workers, Accept, the listener, River's own
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectTimeout
	}
	d := &postgres{lost: s.o.Lost}
	if d.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, fmt.Errorf("connect to Postgres: %w", err)
	}
	defer func() {
		if err != nil {
			d.pool.Close()
		}
	}()
	if err := d.ping(ctx); err != nil {
		why := strings.Join(strings.Fields(err.Error()), " ") // pgx writes an address a line
		return nil, fmt.Errorf("the Postgres at %s:%d does not let us in: %s", config.ConnConfig.Host, config.ConnConfig.Port, why)
	}
	if err := d.migrate(ctx, s); err != nil {
		return nil, err
	}
	c := s.riverConfig(false)
	d.id = c.ID
	d.client, err = river.NewClient(riverpgxv5.New(d.pool), c)
	return d, err
}

// migrate lets one replica at a time create the tables: three may start at once. The lock belongs to a
// connection of its own, because River migrates in transactions of its own.
func (d *postgres) migrate(ctx context.Context, s *Store) error {
	const key = "hashtextextended('schema-review migrations in ' || current_schema(), 0)"
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock("+key+")"); err != nil {
		return fmt.Errorf("lock the migrations: %w", err)
	}
	defer conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+key+")") //nolint:errcheck // a lost connection has unlocked it
	m, err := rivermigrate.New(riverpgxv5.New(d.pool), &rivermigrate.Config{Logger: s.quiet()})
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("create River's tables: %w; the user needs the right to create tables in the schema", err)
	}
	return migrate(ctx, d)
}

func (d *postgres) ping(ctx context.Context) error { return d.pool.Ping(ctx) }

func (d *postgres) read(ctx context.Context, query string, args ...any) (rows, error) {
	return d.pool.Query(ctx, query, args...) //nolint:sqlclosecheck // the caller closes them: each and one do
}

// write repeats a transaction that Postgres ended for another's sake.
func (d *postgres) write(ctx context.Context, do func(tx) error) error {
	const tries = 5
	var err error
	for range tries {
		err = pgx.BeginFunc(ctx, d.pool, func(t pgx.Tx) error { return do(postgresTx{t, d.client}) })
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != "40P01" && refused.Code != "40001" { // deadlock, serialization failure
			return err
		}
	}
	return err
}

func (d *postgres) writeFirst(ctx context.Context, do func(tx) error) error { return d.write(ctx, do) }

func (d *postgres) river() runner { return d.client }

// clock is the database's own: replicas need not agree on the time.
const clock = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"

func (d *postgres) beat(ctx context.Context) error {
	_, err := d.pool.Exec(ctx, "INSERT INTO replicas (id, seen) VALUES ($1, "+clock+") ON CONFLICT (id) DO UPDATE SET seen = excluded.seen", d.id)
	return err
}

func (d *postgres) leave(ctx context.Context) error {
	_, err := d.pool.Exec(ctx, "DELETE FROM replicas WHERE id = $1", d.id)
	return err
}

// orphaned: River notes who fetched a job at the end of attempted_by.
func (d *postgres) orphaned(bool) string {
	return fmt.Sprintf(`NOT EXISTS (SELECT 1 FROM replicas r
		WHERE r.id = j.attempted_by[array_upper(j.attempted_by, 1)] AND r.seen > %s - %d)`, clock, d.lost.Microseconds())
}

func (d *postgres) close() error {
	d.pool.Close()
	return nil
}

type postgresTx struct {
	pgx.Tx
	client *river.Client[pgx.Tx]
}

func (t postgresTx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	tag, err := t.Exec(ctx, query, args...)
	return tag.RowsAffected(), err
}

func (t postgresTx) query(ctx context.Context, query string, args ...any) (rows, error) {
	return t.Query(ctx, query, args...) //nolint:sqlclosecheck // the caller closes them: each and one do
}

func (t postgresTx) insert(ctx context.Context, jobs []river.InsertManyParams) ([]*rivertype.JobInsertResult, error) {
	return t.client.InsertManyTx(ctx, t.Tx, jobs)
}

func (t postgresTx) complete(ctx context.Context, job *river.Job[jobArgs]) error {
	_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, t.Tx, job)
	return err
}

func (t postgresTx) bringForward(ctx context.Context, jobID int64) error {
	_, err := t.client.JobRetryTx(ctx, t.Tx, jobID)
	return err
}
