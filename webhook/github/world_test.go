package github

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// judge reviews migrations with all rules, as the App does.
func judge(t *testing.T, changed ...review.Changed) *review.Report {
	t.Helper()
	return judgeAll(t, &review.ChangeSet{Changed: changed}, configOf(t, ""))
}

func judgeAll(t *testing.T, cs *review.ChangeSet, c *review.Config) *review.Report {
	t.Helper()
	r, err := (&review.Reviewer{Rules: rules.All()}).Review(t.Context(), cs, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func configOf(t *testing.T, yaml string) *review.Config {
	t.Helper()
	layer := review.Layer{Name: review.RepositoryLayer, Path: ".github/schema-review.yml", Data: []byte("engine: mysql 8.4\n" + yaml)}
	c, problems := review.LoadConfig([]review.Layer{layer}, rules.All(), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// migration is a new file.
func migration(path string, lines ...string) review.Changed {
	return review.Changed{Path: path, Head: []byte(strings.Join(lines, "\n") + "\n")}
}

// world is a pull request on a GitHub of our own, and our client.
type world struct {
	t      *testing.T
	hub    *standin.GitHub
	app    *standin.App
	repo   *standin.Repository
	pull   *standin.Pull
	job    webhook.Job
	client *Client
	url    string
	config *review.Config
	check  func(context.Context) error
}

// sql are a migration's lines.
func sql(lines ...string) *string { return new(strings.Join(lines, "\n") + "\n") }

// newWorld opens a pull request with files in db/migrations.
func newWorld(t *testing.T, files map[string]*string) *world {
	t.Helper()
	w := &world{t: t, hub: standin.New(standin.Options{Limits: standin.Limits{ContentMinute: -1, ContentHour: -1}}), config: configOf(t, "")}
	url, stop := w.hub.Start()
	t.Cleanup(stop)
	w.repo = w.hub.NewRepository("acme", "shop")
	w.repo.Commit("main", "Begin", map[string]*string{"README.md": new("# Shop\n"), "db/migrations/V1__users.sql": sql(
		"CREATE TABLE users (", "  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY", ");")})
	w.app = w.hub.NewApp(standin.AppOptions{})
	installation := w.app.Install("acme")
	w.pull = w.repo.OpenPull(standin.PullOptions{Head: "feature", Title: "Change the schema", Files: files})
	w.job = webhook.Job{Installation: installation.ID, Owner: "acme", Repo: "shop", Number: w.pull.Number}
	w.url, w.client = url, w.newClient(url)
	w.check = func(context.Context) error { return nil }
	return w
}

func (w *world) newClient(url string) *Client {
	w.t.Helper()
	c, err := New(Options{
		AppID: w.app.ID, Key: w.app.KeyPEM, APIURL: url, GraphQLURL: url + "/graphql",
		Secrets: []string{"secret"}, Pace: &Pace{}, CacheDir: w.t.TempDir(),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// review does what a worker does between the check runs.
func (w *world) review() (*webhook.Result, error) {
	w.t.Helper()
	ctx := w.t.Context()
	target, err := w.client.Target(ctx, w.job)
	if err != nil {
		return nil, err
	}
	changes, err := w.client.ChangeSet(ctx, target, w.config)
	if err != nil {
		return nil, err
	}
	r := &webhook.Result{Report: judgeAll(w.t, changes.Set, w.config), Config: w.config}
	r.Posted, err = w.client.Publish(ctx, target, r, func(ctx context.Context) error { return w.check(ctx) })
	return r, err
}

func (w *world) mustReview() *webhook.Result {
	w.t.Helper()
	r, err := w.review()
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// writes are the calls that changed something, since the last time it was asked.
func (w *world) writes() []string {
	var all []string
	for _, c := range w.hub.Calls() {
		if c.Method != http.MethodGet && !strings.HasSuffix(c.Route, "/access_tokens") && (c.Route != "/graphql" || c.Creates) {
			all = append(all, c.Method+" "+c.Route)
		}
	}
	w.hub.ResetCalls()
	return all
}

// failOnce makes the n-th write fail like that.
func (w *world) failOnce(n int, f standin.Fault) {
	w.hub.Fault(func(req *http.Request) *standin.Fault {
		if req.Method == http.MethodGet || strings.HasSuffix(req.URL.Path, "/access_tokens") || strings.HasSuffix(req.URL.Path, "/graphql") {
			return nil
		}
		if n--; n == 0 {
			return &f
		}
		return nil
	})
}

func retryAfterOf(err error) (*webhook.RetryError, bool) {
	return errors.AsType[*webhook.RetryError](err)
}

// bodyOf reads a request's body, and leaves it there.
func bodyOf(req *http.Request) string {
	data, _ := io.ReadAll(req.Body)
	req.Body = io.NopCloser(bytes.NewReader(data))
	return string(data)
}

// leaveDraft is a crash in the middle of trying comments: a draft is left with all that is to be said.
func (w *world) leaveDraft() {
	w.t.Helper()
	target := w.target()
	changes, err := w.client.ChangeSet(w.t.Context(), target, w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	r := &webhook.Result{Report: judgeAll(w.t, changes.Set, w.config), Config: w.config}
	p := &publisher{Client: w.client, target: target, result: r, voice: voiceOf(r), notary: newNotary(w.client.options.Secrets, target.PullID)}
	found, err := p.placed(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := p.create(w.t.Context(), found, &github.PullRequestReviewRequest{}); err != nil {
		w.t.Fatal(err)
	}
}
