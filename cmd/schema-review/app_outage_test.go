package main

import (
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

// GitHub gets its answer when the job is durable, whatever GitHub itself is doing: here its API hangs, and the program is
// killed right after the answer.
func TestAppAnswersBeforeItAsks(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	a.github.Fault(func(*http.Request) *standin.Fault { return &standin.Fault{Delay: time.Minute} })
	p := a.open(migration(2, dropNickname))
	if err := a.github.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, d := range a.self.Deliveries() {
		if d.Event == "pull_request" && (d.StatusCode != http.StatusAccepted || d.Took > 2*time.Second) {
			t.Errorf("answered with %d after %s", d.StatusCode, d.Took)
		}
	}
	a.serve.stop(syscall.SIGKILL)
	a.github.Fault(nil)
	a.self.SetEvents() // no delivery helps
	a.serve.start(t)
	a.says(p, "failure: 1 error", "drop-column:1")
}

// What GitHub could not deliver while nobody was there is not missing afterwards.
func TestAppCatchesUp(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	first := a.open(migration(2, dropNickname))
	a.says(first, "failure: 1 error", "drop-column:1")
	var second *standin.Pull
	a.restart(func() {
		first.Push(migration(2, addAge))
		second = a.open(migration(2, dropNickname))
		_ = a.github.Settle(t.Context()) // in vain
	})
	a.eventually(first, "success: No problems in 1 statement", "drop-column fixed hidden")
	a.eventually(second, "failure: 1 error", "drop-column:1")
}

// What not even GitHub's list of deliveries tells of is found by the sweep, unless the repository doesn't want it.
func TestAppSweeps(t *testing.T) {
	t.Parallel()
	var wanted, unwanted *standin.Pull
	a := newApp(t, appOptions{before: func(a *app) {
		a.self.SetWebhookURL("")
		a.self.SetEvents()
		wanted = a.open(migration(2, dropNickname))
		other := a.github.NewRepository("acme", "quiet")
		other.Commit("main", "The base", files{users: text("CREATE TABLE users (id BIGINT PRIMARY KEY, nickname TEXT);"), configPath: text("sweep: false")})
		unwanted = other.OpenPull(standin.PullOptions{Head: "change", Files: migration(2, dropNickname)})
	}})
	a.eventually(wanted, "failure: 1 error", "drop-column:1")
	a.settle()
	if n := len(unwanted.Threads()); n > 0 {
		t.Errorf("%d comments where no sweep is wanted", n)
	}
}

// The database can be lost: what was said is read from GitHub, and nothing is said twice.
func TestAppForgetsNothing(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	a.restart(func() {
		for _, end := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(a.database + end) // the last two may not be there
		}
		p.Push(migration(2, dropNickname, addAge))
		_ = a.github.Settle(t.Context()) // in vain
	})
	a.eventually(p, "failure: 1 error, 1 notice", "drop-column:1", "multiple-failure-points:2")
	p.Push(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden", "multiple-failure-points:1 fixed hidden")
	if n := len(p.Reviews()); n != 2 {
		t.Errorf("%d reviews, want one for each of the problems", n)
	}
}

// The webhook's secret can be exchanged: comments that were marked with the old one are recognised.
func TestAppKnowsItsCommentsWithAnotherSecret(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	a.restart(func() { a.serve.env = append(a.serve.env, "GITHUB_WEBHOOK_SECRET=another\n"+a.self.Secret) }) // the last one counts
	p.Push(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden")
}

// Without GraphQL, files are read one by one, and fixed comments stay in sight.
func TestAppWorksWithoutGraphQL(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]standin.GraphQLMode{"off": standin.GraphQLOff, "errors": standin.GraphQLErrors} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, appOptions{before: func(a *app) { a.github.SetGraphQL(mode) }})
			p := a.open(migration(2, dropNickname))
			a.says(p, "failure: 1 error", "drop-column:1")
			p.Push(migration(2, addAge))
			a.says(p, "success: No problems in 1 statement", "drop-column fixed")
		})
	}
}

// A GitHub Enterprise Server has its API below /api.
func TestAppOnEnterpriseServer(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{server: true})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	p.Push(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden")
}

// A permission that was not granted is named: in the check run, or in the log when that is what is missing.
func TestAppTellsOfMissingPermissions(t *testing.T) {
	t.Parallel()
	granted := func(permissions ...string) func(*app) {
		return func(a *app) {
			list := map[string]string{"metadata": "read"}
			for _, p := range permissions {
				name, access, _ := strings.Cut(p, ":")
				list[name] = access
			}
			a.on.Uninstall()
			a.self.SetPermissions(list)
			a.on = a.self.Install("acme")
		}
	}
	const sentence = "schema-review lacks a permission here"
	for name, tt := range map[string]struct {
		granted func(*app)
		check   bool
	}{
		"no contents": {granted("pull_requests:write", "checks:write"), true},
		"no reviews":  {granted("contents:read", "pull_requests:read", "checks:write"), true},
		"no checks":   {granted("contents:read", "pull_requests:write"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, appOptions{before: tt.granted})
			p := a.open(migration(2, dropNickname))
			a.settle()
			if !tt.check {
				has(t, "the log", a.serve.log(), sentence)
				return
			}
			has(t, "the check run", a.says(p, "neutral: Could not review").Summary, sentence)
		})
	}
}

// SIGTERM lets the review in work come to its end.
func TestAppDrains(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	working, told := make(chan struct{}), make(chan struct{})
	a.meanwhile("/compare/{basehead...}", func() { close(working); <-told })
	p := a.open(migration(2, dropNickname))
	<-working
	if err := a.serve.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	eventually(t, a.serve, "it stops", func() bool { return strings.Contains(a.serve.log(), "stopping") })
	close(told)
	if err := a.serve.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v:\n%s", err, a.serve.log())
	}
	if run := a.repo.CheckRuns(p.State().Head)[0]; run.Conclusion != "failure" || len(p.Threads()) != 1 {
		t.Errorf("the check run is %s %s, %d comments: want a review", run.Status, run.Conclusion, len(p.Threads()))
	}
}

// A push while its pull request is reviewed: the check run was there at once, and the older head's review posts nothing.
func TestAppLetsTheNewestHeadWin(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	var p *standin.Pull
	opened := make(chan struct{})
	a.meanwhile("/compare/{basehead...}", func() {
		<-opened
		if run := a.repo.CheckRuns(p.State().Head)[0]; run.Status != "in_progress" {
			t.Errorf("the check run is %s while the pull request is reviewed", run.Status)
		}
		p.ForcePush(migration(2, addAge, dropNickname))
		_ = a.github.Settle(t.Context())
	})
	p = a.open(migration(2, dropNickname))
	old := p.State().Head
	close(opened)
	a.says(p, "failure: 1 error, 1 notice", "drop-column:2", "multiple-failure-points:2")
	if run := a.repo.CheckRuns(old)[0]; run.Conclusion != "cancelled" {
		t.Errorf("the older head's check run is %s %s", run.Status, run.Conclusion)
	}
}
