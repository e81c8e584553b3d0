package main

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/github"
	"github.com/schema-review/schema-review/webhook/standin"
)

// served is a stand-in with a repository, and the settings of a server for it.
type served struct {
	github *standin.GitHub
	app    *standin.App
	repo   *standin.Repository
	config *serverConfig
}

func newServed(t *testing.T, webhookURL string) *served {
	t.Helper()
	g := standin.New(standin.Options{})
	api, stop := g.Start()
	t.Cleanup(stop)
	s := &served{github: g, app: g.NewApp(standin.AppOptions{WebhookURL: webhookURL})}
	s.repo = g.NewRepository("acme", "shop")
	s.repo.Commit("main", "The base", map[string]*string{
		"db/migration/V1__users.sql": standin.Text("CREATE TABLE users (\n  id BIGINT PRIMARY KEY,\n  nickname VARCHAR(40)\n);\n"),
	})
	s.app.Install("acme")
	dir := t.TempDir()
	s.config = &serverConfig{
		credentials: &webhook.Credentials{AppID: s.app.ID, PrivateKey: string(s.app.KeyPEM), WebhookSecret: s.app.Secret},
		secrets:     []string{s.app.Secret}, apiURL: api, graphQLURL: api + "/graphql", listen: "127.0.0.1:0",
		database: "sqlite:" + filepath.Join(dir, "sr.db"), cacheDir: filepath.Join(dir, "cache"), cacheBytes: 64 << 20,
		workers: 2, catchUp: time.Hour, pace: &github.Pace{},
	}
	return s
}

// open opens a pull request that drops a column.
func (s *served) open(branch string) *standin.Pull {
	return s.repo.OpenPull(standin.PullOptions{Head: branch, Title: "Drop it", Files: map[string]*string{
		"db/migration/V2__" + branch + ".sql": standin.Text("ALTER TABLE users DROP COLUMN nickname;\n"),
	}})
}

// run starts the server; the function that it gives ends it as SIGTERM does.
func (s *served) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	server := &server{config: s.config, log: slog.New(slog.NewTextHandler(io.Discard, nil)), metrics: webhook.NewMetrics("test")}
	ended := make(chan error, 1)
	go func() { ended <- server.work(ctx) }()
	return func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the server ended with %v", err)
			}
		case <-time.After(30 * time.Second):
			t.Error("the server doesn't end")
		}
	}
}

// reviewed waits for the pull request's completed check run.
func (s *served) reviewed(t *testing.T, p *standin.Pull) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		runs := s.repo.CheckRuns(p.State().Head)
		if len(runs) == 1 && runs[0].Status == "completed" && len(p.Threads()) > 0 {
			return
		}
	}
	t.Fatalf("pull request %d: not reviewed after 30 s", p.Number)
}

// What GitHub tried to deliver while nobody was there is reviewed when somebody is there again; what was
// reviewed is left alone by the next start.
func TestServeCatchesUp(t *testing.T) {
	t.Parallel()
	s := newServed(t, "http://127.0.0.1:1/nobody-listens")
	first := s.open("first")
	if err := s.github.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop := s.run(t)
	s.reviewed(t, first)
	stop()

	second := s.open("second")
	if err := s.github.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop = s.run(t)
	s.reviewed(t, second)
	stop()
	if n := len(first.Reviews()); n != 1 {
		t.Errorf("the first pull request has %d reviews, want 1", n)
	}
}

// A pull request that no delivery tells of at all is found by the sweep.
func TestServeSweeps(t *testing.T) {
	t.Parallel()
	s := newServed(t, "")
	p := s.open("silent")
	s.config.sweep = time.Hour
	stop := s.run(t)
	defer stop()
	s.reviewed(t, p)
}
