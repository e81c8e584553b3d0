package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/schema-review/schema-review/webhook"
)

// onEach runs a test on both databases; each test has a fresh one. The conformance suite is every
// test that uses it.
func onEach(t *testing.T, test func(t *testing.T, url string)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, sqliteURL(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, postgresURL(t))
	})
}

func sqliteURL(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "schema-review.db")
}

// postgresURL makes a schema for the test.
func postgresURL(t testing.TB) string {
	base := os.Getenv("TEST_POSTGRES_URL")
	if base == "" {
		t.Skip("TEST_POSTGRES_URL is not set")
	}
	schema := "test_" + strings.ToLower(rand.Text()[:12])
	administer(t, base, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { administer(t, base, "DROP SCHEMA "+schema+" CASCADE") })
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal("TEST_POSTGRES_URL is no URL")
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func administer(t testing.TB, base, statement string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	c, err := pgx.Connect(ctx, base)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

// quick are options for tests: all that waits, waits briefly.
func quick() Options {
	return Options{
		Workers: 4, Drain: 5 * time.Second, Heartbeat: 50 * time.Millisecond, Lost: time.Second,
		Backoff: time.Millisecond, Log: slog.New(slog.DiscardHandler),
	}
}

func open(t testing.TB, url string, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// work runs the store until the test ends, or stop is called.
func work(t testing.TB, s *Store, h webhook.Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, h) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func pull(n int) webhook.Job {
	return webhook.Job{Installation: 7, Owner: "Acme", Repo: "shop", Number: n}
}

func push(guid string, n int, head string) webhook.Event {
	return webhook.Event{GUID: guid, Name: "pull_request", Action: "synchronize", Repo: "Acme/shop", Jobs: []webhook.Job{pull(n)}, Head: head}
}

func accept(t testing.TB, s *Store, e webhook.Event) bool {
	t.Helper()
	fresh, err := s.Accept(t.Context(), e)
	if err != nil {
		t.Fatalf("Accept(%s): %v", e.GUID, err)
	}
	return fresh
}

// state is a delivery's.
func state(t testing.TB, s *Store, guid string) (state string) {
	t.Helper()
	if _, err := one(s.db.read(t.Context(), "SELECT state FROM deliveries WHERE guid = $1", guid))(&state); err != nil {
		t.Fatal(err)
	}
	return state
}

// change writes to the database behind the store's back.
func change(t testing.TB, s *Store, statement string, args ...any) {
	t.Helper()
	err := s.db.write(t.Context(), func(x tx) error {
		_, err := x.exec(t.Context(), statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for something that other goroutines do.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("did not happen: %s", what)
		}
	}
}

// idle waits until there is nothing to do.
func idle(t testing.TB, s *Store) {
	t.Helper()
	eventually(t, "an empty queue", func() bool {
		stats, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return stats == Stats{}
	})
}

// receive takes a value that must come soon.
func receive[T any](t testing.TB, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(20 * time.Second):
		t.Fatalf("did not happen: %s", what)
		panic("unreachable")
	}
}

// seen are the tasks that a handler was given.
type seen struct {
	mu    sync.Mutex
	tasks []webhook.Task
}

func (s *seen) add(t *webhook.Task) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tasks = append(s.tasks, *t)
	return len(s.tasks)
}

func (s *seen) all() []webhook.Task {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]webhook.Task(nil), s.tasks...)
}

func (s *seen) heads() string {
	var heads []string
	for _, t := range s.all() {
		heads = append(heads, t.Head)
	}
	return strings.Join(heads, " ")
}

func guid(i int) string { return fmt.Sprintf("guid-%d", i) }
