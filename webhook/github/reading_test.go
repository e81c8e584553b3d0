package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// reading is a repository on a stand-in for GitHub, and a client that reads it.
type reading struct {
	t      *testing.T
	gh     *standin.GitHub
	app    *standin.App
	on     *standin.Installation
	repo   *standin.Repository
	url    string
	cache  string
	client *Client
}

// newReading makes a repository whose default branch has the files.
func newReading(t *testing.T, files map[string]string, options ...func(*Options)) *reading {
	t.Helper()
	gh := standin.New(standin.Options{})
	r := &reading{t: t, gh: gh, app: gh.NewApp(standin.AppOptions{}), repo: gh.NewRepository("acme", "shop"), cache: t.TempDir()}
	r.commit(files)
	r.on = r.app.Install("acme")
	url, stop := gh.Start()
	t.Cleanup(stop)
	r.url, r.client = url, r.newClient(url, options...)
	return r
}

func (r *reading) newClient(url string, options ...func(*Options)) *Client {
	r.t.Helper()
	o := Options{AppID: r.app.ID, Key: r.app.KeyPEM, APIURL: url, CacheDir: r.cache, Secrets: []string{"s"}, Transport: newPool()}
	for _, change := range options {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

func texts(files map[string]string) map[string]*string {
	out := map[string]*string{}
	for path, text := range files {
		out[path] = new(text)
	}
	return out
}

func (r *reading) commit(files map[string]string) {
	if len(files) > 0 {
		r.repo.Commit("main", "Base", texts(files))
	}
}

// pull opens a pull request that writes the files; those without text are deleted.
func (r *reading) pull(files map[string]*string) *standin.Pull {
	return r.repo.OpenPull(standin.PullOptions{Head: fmt.Sprintf("change-%d", len(r.repo.Pulls())), Files: files})
}

func (r *reading) job(p *standin.Pull) webhook.Job {
	return webhook.Job{Installation: r.on.ID, Owner: r.repo.Owner, Repo: r.repo.Name, Number: p.Number}
}

// readOut is what was read of a target.
type readOut struct {
	target  *webhook.Target
	layers  []review.Layer
	preview *review.Layer
	changes *webhook.Changes
}

func (r *reading) read(j webhook.Job) *readOut {
	r.t.Helper()
	got, err := r.try(j)
	if err != nil {
		r.t.Fatal(err)
	}
	return got
}

// try reads as the worker does.
func (r *reading) try(j webhook.Job) (o *readOut, err error) {
	o = &readOut{}
	if o.target, err = r.client.Target(r.t.Context(), j); err != nil {
		return nil, err
	}
	if o.layers, o.preview, err = r.client.Layers(r.t.Context(), o.target); err != nil {
		return nil, err
	}
	config, problems := review.LoadConfig(o.layers, nil, nil)
	if len(problems) > 0 {
		r.t.Fatal(problems)
	}
	o.changes, err = r.client.ChangeSet(r.t.Context(), o.target, config)
	return o, err
}

// calls counts those to the API since the last time, without requests for tokens.
func (r *reading) calls() (all []string) {
	for _, c := range r.gh.Calls() {
		if !strings.HasSuffix(c.Route, "/access_tokens") {
			all = append(all, c.Method+" "+c.Path)
		}
	}
	r.gh.ResetCalls()
	return all
}

// once makes the first request that matches fail.
func (r *reading) once(match string, f standin.Fault) {
	done := false
	r.gh.Fault(func(req *http.Request) *standin.Fault {
		if done || !strings.Contains(req.URL.Path, match) {
			return nil
		}
		done = true
		return &f
	})
}

// touchedBy lists the changed files as "old -> new", "+new", "-deleted" or "edited".
func touchedBy(set *review.ChangeSet) (out []string) {
	for _, c := range set.Changed {
		switch {
		case c.OldPath != "":
			out = append(out, c.OldPath+" -> "+c.Path)
		case c.Base == nil:
			out = append(out, "+"+c.Path)
		case c.Head == nil:
			out = append(out, "-"+c.Path)
		default:
			out = append(out, c.Path)
		}
	}
	return out
}

func before(set *review.ChangeSet) (out []string) {
	for _, f := range set.History {
		out = append(out, f.Path)
	}
	return out
}

// flyway is a history of n migrations.
func flyway(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("db/migration/V%d__t%d.sql", i+1, i+1)] = fmt.Sprintf("CREATE TABLE t%d (id BIGINT PRIMARY KEY) ENGINE=InnoDB;\n", i+1)
	}
	return files
}

func added(path, text string) map[string]*string { return map[string]*string{path: new(text)} }

const drop = "ALTER TABLE t1 DROP COLUMN id;\n"
