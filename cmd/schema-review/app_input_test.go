package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Every row of "What happens when…" in docs/install.md about what comes in has a test here.

// delivery is a request as GitHub makes it, with what is wrong about it.
type delivery struct {
	guid, body, signature string
}

// post sends it, and gives what GitHub would show of the answer: "202 queued".
func (a *app) post(d delivery) string {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.serve.url+"/webhook", strings.NewReader(d.body))
	if err != nil {
		a.t.Fatal(err)
	}
	for key, value := range map[string]string{
		"Content-Type": "application/json", "X-GitHub-Event": "pull_request", "X-GitHub-Delivery": d.guid, "X-Hub-Signature-256": d.signature,
	} {
		req.Header.Set(key, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	var said struct{ Status string }
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		a.t.Fatal(err)
	}
	return fmt.Sprintf("%d %s", res.StatusCode, said.Status)
}

// What is forged, repeated, too large or no JSON gets an answer that says so, and starts nothing.
func TestAppRefusesBadDeliveries(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{before: func(a *app) { a.self.SetWebhookURL("") }})
	p := a.open(migration(2, dropNickname))
	_, payload := p.Event("opened")
	good := delivery{rand.Text(), string(payload), a.self.Sign(payload)}
	huge := strings.Repeat(" ", 30_000_000)
	for name, tt := range map[string]struct {
		delivery
		want string
	}{
		"forged signature": {delivery{rand.Text(), good.body, "sha256=" + strings.Repeat("0", 64)}, "401 refused"},
		"other body":       {delivery{rand.Text(), good.body + " ", good.signature}, "401 refused"},
		"no signature":     {delivery{rand.Text(), good.body, ""}, "401 refused"},
		"30 MB":            {delivery{rand.Text(), huge, a.self.Sign([]byte(huge))}, "413 too-large"},
		"malformed JSON":   {delivery{rand.Text(), `{"action":`, a.self.Sign([]byte(`{"action":`))}, "400 bad"},
	} {
		if got := a.post(tt.delivery); got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
	if n := len(a.repo.CheckRuns(p.State().Head)); n > 0 {
		t.Errorf("%d check runs: something was started", n)
	}
	for _, want := range []string{"202 queued", "200 repeated"} {
		if got := a.post(good); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		a.says(p, "failure: 1 error", "drop-column:1")
	}
	if n := len(a.repo.CheckRuns(p.State().Head)); n != 1 {
		t.Errorf("%d check runs: the replay was not recognised", n)
	}
}

// GitHub lists 3,000 files of a pull request at most.
func TestAppReadsManyFiles(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	many := migration(2, dropNickname)
	for i := range 3_050 {
		many[fmt.Sprintf("a/%d.txt", i)] = text("x")
	}
	a.says(a.open(many), "failure: 1 error", "drop-column:1")
}

// A migration of 20,000 lines has no patch that GitHub would show.
func TestAppReadsLargeMigrations(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	lines := make([]string, 20_000)
	for i := range lines {
		lines[i] = fmt.Sprintf("INSERT INTO users (email) VALUES ('%d@example.com');", i)
	}
	lines[19_999] = dropNickname
	p := a.open(migration(2, lines...))
	a.settle()
	run := a.repo.CheckRuns(p.State().Head)[0]
	has(t, "the check run", run.Conclusion+run.Summary, "failure", "L20000", "drop-column")
	said := p.Reviews()[0].Body
	for _, th := range p.Threads() {
		said += th.Comments[0].Body
	}
	has(t, "the review", said, "drop-column")
}

// A file without a patch is compared by its contents.
func TestAppReadsWhatHasNoPatch(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: migration(2, strings.Repeat("-- a long line", 50_000), addAge)})
	p := a.open(migration(2, strings.Repeat("-- another long line", 50_000), addAge, dropNickname))
	a.settle()
	has(t, "the check run", a.repo.CheckRuns(p.State().Head)[0].Summary, "edited-applied-migration")
}

// Text that is no UTF-8 is read as what it is: here Shift-JIS.
func TestAppReadsOtherEncodings(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, "ALTER TABLE users ADD COLUMN age INT COMMENT '\x94\x4e\x97\xee\x82\xcc\x95\x5c\x8e\xa6';", dropNickname))
	a.settle()
	run := a.repo.CheckRuns(p.State().Head)[0]
	has(t, "the check run", run.Conclusion+run.Summary, "failure", "drop-column", "L2")
	has(t, "the comments", strings.Join(commentsOf(t, p), " "), "drop-column:2")
}

// Merged migrations that are deleted or renamed are reviewed as what they are.
func TestAppReviewsDeletedAndRenamedMigrations(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change  files
		verdict string
		says    string
	}{
		"deleted": {files{"db/migration/V2__change.sql": nil}, "failure: 1 error", "is merged and deleted here"},
		"renamed": {files{"db/migration/V2__change.sql": nil, "db/migration/V2__age.sql": text(addAge)}, "failure: 1 error", "edited-applied-migration"},
		"moved":   {files{"db/migration/V2__change.sql": nil, "db/migration/2026/V2__change.sql": text(addAge)}, "success: No problems in 1 merged migration that is edited, moved or deleted", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, appOptions{base: migration(2, addAge)})
			p := a.open(tt.change)
			has(t, "the check run", a.checked(p.State().Head, tt.verdict).Summary, tt.says)
		})
	}
}

// A repository without migrations is left in peace: nothing but a green check.
func TestAppLeavesRepositoriesWithoutMigrations(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{users: nil}})
	a.says(a.open(files{"main.go": text("package main")}), "success: No migrations to review")
	a.calls()
	p := a.open(files{"main.go": text("package main // more")})
	a.says(p, "success: No migrations to review")
	if calls, creating, routes := a.calls(); creating > 2 || calls > 6 {
		t.Errorf("%d calls, %d of them create content:\n%s", calls, creating, strings.Join(routes, "\n"))
	}
}

// What disappears in mid-review ends the review: nothing is posted any more, nothing is tried for ever, and the next pull
// request is reviewed.
func TestAppLetsGo(t *testing.T) {
	t.Parallel()
	for name, happens := range map[string]func(a *app){
		"head branch deleted": func(a *app) { a.repo.DeleteBranch("change-1") },
		"closed":              func(a *app) { a.repo.Pull(1).Close() },
		"uninstalled":         func(a *app) { a.on.Uninstall() },
		"suspended":           func(a *app) { a.on.Suspend() },
		"not selected":        func(a *app) { a.on.Select(a.github.NewRepository("acme", "other")) },
		"deleted":             func(a *app) { a.repo.Delete() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, appOptions{before: func(a *app) {
				a.meanwhile("/compare/{basehead...}", func() { happens(a) })
			}})
			p := a.open(migration(2, dropNickname))
			a.settle()
			if run := a.repo.CheckRuns(p.State().Head)[0]; !p.State().Open && (len(p.Reviews()) > 0 || run.Conclusion != "cancelled") {
				t.Errorf("%d reviews of what is closed, and the check run is %s %s", len(p.Reviews()), run.Status, run.Conclusion)
			}
			if log := a.serve.log(); strings.Contains(log, "panic") || strings.Contains(log, `"level":"ERROR"`) {
				t.Errorf("the log says:\n%s", log)
			}
		})
	}
}

// A suspended installation is let alone; when the suspension ends, its pull requests are looked at.
func TestAppComesBackAfterASuspension(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	a.meanwhile("/compare/{basehead...}", func() { a.on.Suspend() })
	p := a.open(migration(2, dropNickname))
	a.settle()
	a.on.Unsuspend()
	a.says(p, "failure: 1 error", "drop-column:1")
	if n := len(a.repo.CheckRuns(p.State().Head)); n != 1 {
		t.Errorf("%d check runs, want the one that was begun", n)
	}
}

// A clock that is 5 minutes off is no reason to stop.
func TestAppKeepsGitHubsTime(t *testing.T) {
	t.Parallel()
	for name, off := range map[string]time.Duration{"fast": -5 * time.Minute, "slow": 5 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, appOptions{before: func(a *app) { a.github.Clock.Advance(off) }})
			a.says(a.open(migration(2, dropNickname)), "failure: 1 error", "drop-column:1")
		})
	}
}
