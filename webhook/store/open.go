package store

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// Options are what a program may want otherwise. The zero value is right for serve.
type Options struct {
	Workers   int              // jobs at a time; 4
	Waiting   int              // jobs more that may be in work because most of them wait for a model; 0
	Replica   string           // name in logs and tables; the host's name
	Drain     time.Duration    // how long Run waits for running tasks when it is told to end; 20 s
	Heartbeat time.Duration    // how often a replica says that it lives, and looks for lost jobs; 4 s
	Lost      time.Duration    // after which silence a replica's jobs are given to others; 15 s
	Deadline  time.Duration    // for one task; 15 min
	Attempts  int              // failures after which a job is given up; 12
	Backoff   time.Duration    // the longest wait after the first failure, doubled with each; 1 s
	Keep      time.Duration    // how long deliveries are remembered; 14 days
	Now       func() time.Time // time.Now
	Log       *slog.Logger     // slog.Default
}

// Store is the durable state of serve: an Inbox, a Ledger and a Cursor.
type Store struct {
	o        Options
	db       database
	requests chan request
	handler  webhook.Handler // set by Run
	alive    atomic.Int64    // when this replica last said that it lives, by our own clock
	running  sync.Mutex      // held by Run
	close    sync.Once
	closing  chan struct{}
	closed   sync.WaitGroup
}

// Open opens "sqlite:PATH" or "postgres://…", and brings its tables up to date.
func Open(ctx context.Context, rawURL string, o Options) (*Store, error) {
	s := &Store{o: o.withDefaults(), requests: make(chan request), closing: make(chan struct{})}
	var err error
	if s.db, err = s.connect(ctx, rawURL); err != nil {
		return nil, err
	}
	s.closed.Go(s.commitAll)
	return s, nil
}

// Close gives the database back. Run must have returned. A second Close does nothing.
func (s *Store) Close() (err error) {
	s.close.Do(func() {
		close(s.closing)
		s.closed.Wait()
		err = s.db.close()
	})
	return err
}

// Ping asks whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.db.ping(ctx); err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	return nil
}

// connect chooses by the scheme. Errors never show the URL: it may hold a password.
func (s *Store) connect(ctx context.Context, rawURL string) (database, error) {
	scheme, rest, _ := strings.Cut(rawURL, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, s, rest)
	case "postgres", "postgresql":
		if _, err := url.Parse(rawURL); err != nil {
			return nil, fmt.Errorf("the database URL can't be read: special characters in its password must be written as %%XX")
		}
		return openPostgres(ctx, s, rawURL)
	}
	return nil, fmt.Errorf("the database URL must begin with sqlite: or postgres://, as in sqlite:schema-review.db")
}

func (o Options) withDefaults() Options {
	or(&o.Workers, 4)
	or(&o.Drain, 20*time.Second)
	or(&o.Heartbeat, 4*time.Second)
	or(&o.Lost, 15*time.Second)
	or(&o.Deadline, 15*time.Minute)
	or(&o.Attempts, 12)
	or(&o.Backoff, time.Second)
	or(&o.Keep, 14*24*time.Hour)
	or(&o.Log, slog.Default())
	if o.Replica == "" {
		o.Replica, _ = os.Hostname()
	}
	o.Replica = o.Replica[:min(len(o.Replica), 80)] // River takes 100 characters, with what we add
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

func or[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func (s *Store) now() int64 { return s.o.Now().UnixMicro() }

// moment is the time of a column; 0 is none.
func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// micros is the column of a time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
