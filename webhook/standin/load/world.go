package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

// world is a GitHub with pull requests that nobody has reviewed.
type world struct {
	github *standin.GitHub
	app    *standin.App
	api    string
	stop   func()
	pulls  []pull
}

type pull struct {
	*standin.Pull
	repo *standin.Repository
}

// repositories is how many the pull requests are spread over, each of an account of its own.
const repositories = 50

// newWorld makes the pull requests: each adds a migration with three problems to a history of twenty.
func newWorld(o options) *world {
	w := &world{github: standin.New(standin.Options{
		Latency: o.latency,
		Limits:  standin.Limits{Hour: -1, ContentMinute: -1, ContentHour: -1},
	})}
	w.api, w.stop = w.github.Start()
	w.app = w.github.NewApp(standin.AppOptions{})
	var repos []*standin.Repository
	for i := range min(repositories, o.pulls) {
		owner := fmt.Sprintf("team%d", i)
		w.github.NewOrganization(owner)
		r := w.github.NewRepository(owner, "shop")
		r.Commit("main", "The history", history())
		w.app.Install(owner)
		repos = append(repos, r)
	}
	for i := range o.pulls {
		r := repos[i%len(repos)]
		p := r.OpenPull(standin.PullOptions{
			Head: fmt.Sprintf("change-%d", i), Title: "Add orders",
			Files: map[string]*string{"db/migration/V21__orders.sql": new(change)},
		})
		w.pulls = append(w.pulls, pull{p, r})
	}
	w.github.ResetCalls()
	return w
}

const change = `CREATE TABLE orders (
  id BIGINT NOT NULL,
  user_id INT NOT NULL,
  price FLOAT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES users_1 (id)
);
`

func history() map[string]*string {
	files := map[string]*string{"README.md": new("A shop.\n")}
	for i := 1; i <= 20; i++ {
		files[fmt.Sprintf("db/migration/V%d__users.sql", i)] = new(fmt.Sprintf(
			"CREATE TABLE users_%d (\n  id BIGINT PRIMARY KEY,\n  email VARCHAR(320) NOT NULL,\n  UNIQUE KEY users_%d_email (email)\n);\n", i, i))
	}
	return files
}

// reviewed waits until the head of each pull request has a completed check run.
func (w *world) reviewed(ctx context.Context) error {
	deadline := time.Now().Add(20 * time.Minute)
	left := w.pulls
	for len(left) > 0 {
		var still []pull
		for _, p := range left {
			runs := p.repo.CheckRuns(p.State().Head)
			if len(runs) == 0 || runs[len(runs)-1].Status != "completed" {
				still = append(still, p)
			}
		}
		left = still
		if time.Now().After(deadline) {
			return fmt.Errorf("%d pull requests were not reviewed", len(left))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// newFolder is a folder for one phase.
func newFolder(dir, name string) (string, error) {
	folder := filepath.Join(dir, strings.ReplaceAll(name, " ", "-"))
	return folder, os.Mkdir(folder, 0o700)
}
