package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook/standin"
)

// app is the product at work: a GitHub, the program as an App that is installed there, and a repository with a
// table. Each of the tests app_*_test.go is something that happens on GitHub, and what the App makes of it.
type app struct {
	t        *testing.T
	github   *standin.GitHub
	self     *standin.App
	on       *standin.Installation
	repo     *standin.Repository
	serve    *program
	admin    string // operators' address
	database string // file
	url      string // of the database
}

// appOptions are how a test differs from the others.
type appOptions struct {
	base     files             // of the branch main, besides V1__users.sql
	org      files             // of the organisation's repository .github
	settings map[string]string // of the program
	server   bool              // it is a GitHub Enterprise Server
	before   func(a *app)      // happens before the program starts
}

// files are contents by path; nil deletes.
type files map[string]*string

// text is a file of these lines.
func text(lines ...string) *string { return new(strings.Join(lines, "\n") + "\n") }

// migration is one file more.
func migration(version int, lines ...string) files {
	return files{fmt.Sprintf("db/migration/V%d__change.sql", version): text(lines...)}
}

const (
	users        = "db/migration/V1__users.sql"
	dropNickname = "ALTER TABLE users DROP COLUMN nickname;" // an error
	addAge       = "ALTER TABLE users ADD COLUMN age INT;"   // nothing to say
)

func newApp(t *testing.T, o appOptions) *app {
	t.Helper()
	a := &app{t: t, github: standin.New(standin.Options{}), admin: freeAddress(t), database: filepath.Join(t.TempDir(), "sr.db")}
	api, stop := a.github.Start()
	t.Cleanup(stop)
	if o.server {
		api = enterpriseServer(t, a.github)
	}
	address := freeAddress(t)
	a.self = a.github.NewApp(standin.AppOptions{WebhookURL: "http://" + address + "/webhook"})
	a.repo = a.github.NewRepository("acme", "shop")
	a.repo.Commit("main", "The base", files{users: text(
		"CREATE TABLE users (", "  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,", "  email VARCHAR(255) NOT NULL,", "  nickname VARCHAR(40)", ");",
	)})
	if o.base != nil {
		a.repo.Commit("main", "More", o.base)
	}
	if o.org != nil {
		a.github.NewRepository("acme", ".github").Commit("main", "Rules for all", o.org)
	}
	a.on = a.self.Install("acme")
	if o.before != nil {
		o.before(a)
	}
	settings := map[string]string{
		"GITHUB_APP_ID": strconv.FormatInt(a.self.ID, 10), "GITHUB_APP_PRIVATE_KEY": string(a.self.KeyPEM), "GITHUB_WEBHOOK_SECRET": a.self.Secret,
		"GITHUB_API_URL": api, "LISTEN_ADDR": address, "ADMIN_LISTEN_ADDR": a.admin,
		"DATABASE_URL": "sqlite:" + a.database, "WRITE_INTERVAL": "0s",
	}
	maps.Copy(settings, o.settings)
	a.url = settings["DATABASE_URL"]
	a.serve = startServe(t, settings)
	return a
}

// enterpriseServer is a GitHub Enterprise Server: the API has another place there, and nothing answers at the usual one.
func enterpriseServer(t *testing.T, g *standin.GitHub) (api string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/v3/") && r.URL.Path != "/api/graphql" {
			http.NotFound(w, r)
			return
		}
		g.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/api/v3"
}

// open opens a pull request of these files.
func (a *app) open(f files) *standin.Pull {
	return a.repo.OpenPull(standin.PullOptions{Head: fmt.Sprintf("change-%d", len(a.repo.Pulls())+1), Title: "Change the schema", Files: f})
}

var queued = regexp.MustCompile(`(?m)^schema_review_queue_jobs\{state="[a-z]+"\} ([0-9]+)`)

// settle waits until all that GitHub told of is done.
func (a *app) settle() {
	a.t.Helper()
	eventually(a.t, a.serve, "the queue is empty", func() bool {
		if err := a.github.Settle(a.t.Context()); err != nil {
			return false
		}
		res, err := http.Get("http://" + a.admin + "/metrics") //nolint:noctx // loopback
		if err != nil {
			return false
		}
		defer res.Body.Close()
		page, _ := io.ReadAll(res.Body)
		states := queued.FindAllStringSubmatch(string(page), -1)
		return len(states) > 0 && !slices.ContainsFunc(states, func(s []string) bool { return s[1] != "0" })
	})
}

// says waits for the review, and compares what it says: the verdict of the check run, and the comments in their order,
// as "rule:line", with " fixed", " hidden" and " resolved". It gives the check run.
func (a *app) says(p *standin.Pull, verdict string, comments ...string) standin.CheckRun {
	a.t.Helper()
	a.settle() // the head is another one by then, maybe
	run := a.checked(p.State().Head, verdict)
	if diff := gocmp.Diff(comments, commentsOf(a.t, p)); diff != "" {
		a.t.Fatalf("comments (-want +got):\n%s", diff)
	}
	return run
}

// checked waits for the newest check run of a commit.
func (a *app) checked(head, verdict string) standin.CheckRun {
	a.t.Helper()
	a.settle()
	runs := a.repo.CheckRuns(head)
	if len(runs) == 0 {
		a.t.Fatalf("there is no check run; the program says:\n%s", a.serve.log())
	}
	run := runs[len(runs)-1]
	if got := run.Conclusion + ": " + run.Title; run.Status != "completed" || got != verdict {
		a.t.Fatalf("the check run is %s, %q, want %q:\n%s\nthe program says:\n%s", run.Status, got, verdict, run.Summary, a.serve.log())
	}
	return run
}

// eventually waits until the App has found by itself that there is something to review.
func (a *app) eventually(p *standin.Pull, verdict string, comments ...string) {
	a.t.Helper()
	eventually(a.t, a.serve, "there is a check run", func() bool { return len(a.repo.CheckRuns(p.State().Head)) > 0 })
	a.says(p, verdict, comments...)
}

var namedGuideline = regexp.MustCompile("`([a-z0-9-]+)` · (?:guideline|ガイドライン)")

// saidBy is the rule or guideline that a comment goes by.
func saidBy(body string) string {
	for _, named := range []*regexp.Regexp{linkedRule, namedGuideline} {
		if found := named.FindStringSubmatch(body); found != nil {
			return found[1]
		}
	}
	return ""
}

func commentsOf(t *testing.T, p *standin.Pull) []string {
	t.Helper()
	var all []string
	for _, th := range p.Threads() {
		c := th.Comments[0]
		if c.Author.Type != "Bot" {
			continue
		}
		rule := saidBy(c.Body)
		if rule == "" {
			t.Fatalf("the comment names no rule: %s", c.Body)
		}
		one := fmt.Sprintf("%s:%d", rule, cmp.Or(th.StartLine, th.Line))
		if th.Outdated {
			one = rule
		}
		if strings.Contains(c.Body, "Fixed in ") {
			one += " fixed"
		}
		if c.Minimized != "" {
			one += " hidden"
		}
		if th.Resolved {
			one += " resolved"
		}
		all = append(all, one)
	}
	return all
}

// comment is the first comment of the App on a pull request.
func (a *app) comment(p *standin.Pull) standin.Comment {
	a.t.Helper()
	threads := p.Threads()
	if len(threads) == 0 {
		a.t.Fatal("there is no comment")
	}
	return threads[0].Comments[0]
}

// restart ends the program and starts it again; between happens meanwhile.
func (a *app) restart(between func()) {
	a.t.Helper()
	a.serve.stop(syscall.SIGTERM)
	between()
	a.serve.start(a.t)
}

// meanwhile lets something happen once, while the first call of a route is on its way.
func (a *app) meanwhile(route string, happens func()) {
	var once sync.Once
	a.github.Fault(func(r *http.Request) *standin.Fault {
		if strings.HasSuffix(r.Pattern, route) {
			once.Do(happens)
		}
		return nil
	})
}

// calls counts the API calls since the last time, and those of them that create content.
func (a *app) calls() (calls, creating int, routes []string) {
	a.settle()
	for _, c := range a.github.Calls() {
		calls++
		if c.Creates {
			creating++
		}
		routes = append(routes, c.Method+" "+c.Path)
	}
	a.github.ResetCalls()
	return calls, creating, routes
}

// has reports whether a text has all of the parts.
func has(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s doesn't say %q:\n%s", what, part, text)
		}
	}
}
