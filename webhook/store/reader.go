package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/schema-review/schema-review/webhook"
)

// Reader reads what a serve has written, also while it runs, and changes nothing.
type Reader struct {
	read  func(ctx context.Context, query string, args ...any) (rows, error)
	close func() error
}

// OpenReader opens "sqlite:PATH" or "postgres://…" for reading.
func OpenReader(ctx context.Context, rawURL string) (*Reader, error) {
	r, err := connectReader(ctx, rawURL)
	if err != nil {
		return nil, err
	}
	if err := r.checkVersion(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// Close gives the database back.
func (r *Reader) Close() error { return r.close() }

// connectReader chooses by the scheme. Errors never show the URL: it may hold a password.
func connectReader(ctx context.Context, rawURL string) (*Reader, error) {
	scheme, rest, _ := strings.Cut(rawURL, ":")
	switch scheme {
	case "sqlite":
		return readSQLite(strings.TrimPrefix(rest, "//"))
	case "postgres", "postgresql":
		return readPostgres(ctx, rawURL)
	}
	return nil, errors.New("the database URL must begin with sqlite: or postgres://, as in sqlite:schema-review.db")
}

// readSQLite needs the right to write to the folder where nobody has the file open: SQLite then puts its write-ahead log
// back there.
func readSQLite(path string) (*Reader, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no database at %s", path)
	}
	db, err := sql.Open("sqlite", fileURL(path, "mode=rw&_pragma=busy_timeout(5000)&_pragma=query_only(1)"))
	if err != nil {
		return nil, err
	}
	read := func(ctx context.Context, query string, args ...any) (rows, error) {
		return sqlRows(db.QueryContext(ctx, numbered(query), args...))
	}
	return &Reader{read, db.Close}, nil
}

func readPostgres(ctx context.Context, rawURL string) (*Reader, error) {
	config, err := pgx.ParseConfig(rawURL)
	if err != nil { // pgx takes the password out
		return nil, fmt.Errorf("the database URL can't be read: %w", err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	config.RuntimeParams["default_transaction_read_only"] = "on"
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		why := strings.Join(strings.Fields(err.Error()), " ")
		return nil, fmt.Errorf("the Postgres at %s:%d does not let us in: %s", config.Host, config.Port, why)
	}
	read := func(ctx context.Context, query string, args ...any) (rows, error) {
		return conn.Query(ctx, query, args...) //nolint:sqlclosecheck // the caller closes them: each and one do
	}
	return &Reader{read, func() error { return conn.Close(context.WithoutCancel(ctx)) }}, nil
}

// checkVersion wants the tables of this program: what another one wrote may mean something else.
func (r *Reader) checkVersion(ctx context.Context) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var have int
	if _, err := one(r.read(ctx, "SELECT coalesce(max(version), 0) FROM schema_version"))(&have); err != nil {
		return fmt.Errorf("this is no database of schema-review serve: %w", err)
	}
	if have != len(files) {
		return fmt.Errorf("the database has tables of version %d, and this schema-review knows %d: use the version that serve has", have, len(files))
	}
	return nil
}

// Comments are those that were posted since then, of one repository ("owner/name") or of all ("").
func (r *Reader) Comments(ctx context.Context, since time.Time, name string) (all []webhook.Comment, _ error) {
	rows, err := r.read(ctx, "SELECT "+commentColumns+" FROM feedback WHERE posted >= $1 AND ($2 = '' OR repo = $2) ORDER BY posted, key, fingerprint",
		micros(since), strings.ToLower(name))
	return all, wrap("read what became of comments", eachComment(rows, err, func(c webhook.Comment) { all = append(all, c) }))
}

// Reviews are the records since then without their findings, of one repository or of all, oldest first.
func (r *Reader) Reviews(ctx context.Context, since time.Time, name string) (all []webhook.Review, _ error) {
	rows, err := r.read(ctx, `SELECT v.job, v.started, v.calls, a.prompts, a.models, a.input, a.output, a.cache_read, a.cache_write,
			a.calls, a.cost, a.priced, a.claims, a.dropped, a.complete
		FROM reviews v LEFT JOIN advice a ON a.key = v.key AND a.started = v.started
		WHERE v.started >= $1 AND ($2 = '' OR v.repo = $2) ORDER BY v.started, v.key`, micros(since), strings.ToLower(name))
	return all, wrap("read the reviews", each(rows, err, func(scan func(...any) error) error {
		v, err := scanReview(scan)
		all = append(all, v)
		return err
	}))
}

func scanReview(scan func(...any) error) (v webhook.Review, err error) {
	var job string
	var started int64
	var prompts, models, dropped *string // NULL: no model was asked
	var input, output, cacheRead, cacheWrite, calls, claims *int
	var cost *float64
	var priced, complete *bool
	if err := scan(&job, &started, &v.Calls, &prompts, &models, &input, &output, &cacheRead, &cacheWrite, &calls, &cost, &priced, &claims, &dropped, &complete); err != nil {
		return v, err
	}
	v.Started = moment(started)
	if err := json.Unmarshal([]byte(job), &v.Job); err != nil || prompts == nil {
		return v, err
	}
	v.Advice = &webhook.Advice{
		Prompts: *prompts, Input: *input, Output: *output, CacheRead: *cacheRead, CacheWrite: *cacheWrite, Calls: *calls,
		Cost: *cost, Priced: *priced, Claims: *claims, Complete: *complete,
	}
	return v, errors.Join(json.Unmarshal([]byte(*models), &v.Advice.Models), json.Unmarshal([]byte(*dropped), &v.Advice.Dropped))
}
