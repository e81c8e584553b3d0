package main

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook/standin"
)

// A pull request from its beginning to its end: one comment per problem, whatever happens.
func TestAppFollowsAPullRequest(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, dropNickname))
	run := a.says(p, "failure: 1 error", "drop-column:1")
	has(t, "the check run", run.Summary, "1 migration", "The schema before them has 1 table", "MySQL 8.4", "seconds")
	has(t, "the review", p.Reviews()[0].Body, "```mermaid")

	fix := p.Push(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden")
	has(t, "the comment", a.comment(p).Body, "Fixed in "+fix[:7])

	p.Push(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")

	p.ForcePush(migration(2, "-- Nobody reads it.", dropNickname))
	before := a.says(p, "failure: 1 error", "drop-column:2")
	a.repo.Commit("release", "Release", nil)
	p.Retarget("release")
	if after := a.says(p, "failure: 1 error", "drop-column:2"); after.ID == before.ID {
		t.Error("it was not reviewed for its new base")
	}

	p.Close()
	p.Reopen()
	a.says(p, "failure: 1 error", "drop-column:2")
	if n := len(p.Reviews()); n != 1 {
		t.Errorf("%d reviews, want the first one alone", n)
	}
}

// A problem that a person resolved is never raised again, not even when it was away meanwhile.
func TestAppAcceptsWhatPeopleResolved(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	p.Resolve(a.comment(p).ID, "ana")
	p.Push(files{"README.md": text("# Shop")})
	a.says(p, "failure: 1 error", "drop-column:1 resolved")
	p.Push(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement", "drop-column resolved")
	p.Push(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1 resolved")
}

// A comment that people answered keeps its words; when the problem is fixed, it says so and stays in sight.
func TestAppKeepsWhatPeopleAnswered(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	before := a.comment(p)
	p.Reply(before.ID, "ana", "Is it really gone?")
	p.Push(migration(2, "ALTER TABLE users ADD COLUMN age INT, DROP COLUMN nickname;"))
	a.says(p, "failure: 1 error", "drop-column")
	if after := a.comment(p); after.Body != before.Body {
		t.Errorf("the comment was changed:\n%s", after.Body)
	}
	p.Push(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement", "drop-column fixed")
	if n := len(p.Threads()[0].Comments); n != 2 {
		t.Errorf("the thread has %d comments, want ours and the answer", n)
	}
}

// Drafts wait until they are ready, unless the repository wants them reviewed.
func TestAppLeavesDrafts(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.repo.OpenPull(standin.PullOptions{Head: "draft", Draft: true, Files: migration(2, dropNickname)})
	a.says(p, "neutral: Draft: not reviewed yet")
	p.Ready()
	a.says(p, "failure: 1 error", "drop-column:1")
}

func TestAppReviewsDraftsWhereItIsAsked(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{configPath: text("review_drafts: true")}})
	p := a.repo.OpenPull(standin.PullOptions{Head: "draft", Draft: true, Files: migration(2, dropNickname)})
	a.says(p, "failure: 1 error", "drop-column:1")
	p.Ready()
	a.says(p, "failure: 1 error", "drop-column:1")
}

// "Re-run" works on one check run and on all of them, and says nothing twice. GitHub doesn't tell which pull request of
// a fork a check belongs to.
func TestAppRunsAgain(t *testing.T) {
	t.Parallel()
	for name, fork := range map[string]string{"branch": "", "fork": "mallory"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, appOptions{})
			p := a.repo.OpenPull(standin.PullOptions{Head: "change", Fork: fork, Author: "mallory", Files: migration(2, dropNickname)})
			first := a.says(p, "failure: 1 error", "drop-column:1")
			a.repo.Rerun(first.ID, "ana")
			second := a.says(p, "failure: 1 error", "drop-column:1")
			a.repo.RerunAll(p.State().Head, "ana")
			third := a.says(p, "failure: 1 error", "drop-column:1")
			if first.ID == second.ID || second.ID == third.ID {
				t.Errorf("the check runs are %d, %d and %d: want a new one each time", first.ID, second.ID, third.ID)
			}
		})
	}
}

// The button at an older commit's check looks at what is there now.
func TestAppRunsAgainWhatIsThereNow(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, dropNickname))
	old := a.says(p, "failure: 1 error", "drop-column:1")
	p.Push(migration(2, addAge))
	before := a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden")
	a.repo.Rerun(old.ID, "ana")
	if after := a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden"); after.ID == before.ID {
		t.Error("nothing was done")
	}
}

// Two pull requests of one branch share their commit, and neither comments nor check runs.
func TestAppTellsPullRequestsOfOneCommitApart(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	a.repo.Commit("release", "Release", nil)
	p := a.open(migration(2, dropNickname))
	q := a.repo.OpenPull(standin.PullOptions{Head: p.State().HeadRef, Base: "release"})
	a.says(p, "failure: 1 error", "drop-column:1")
	a.says(q, "failure: 1 error", "drop-column:1")
	a.repo.RerunAll(p.State().Head, "ana")
	a.settle()
	runs := map[string]int{}
	for _, r := range a.repo.CheckRuns(p.State().Head) {
		runs[r.Status+" "+r.ExternalID]++
	}
	if diff := gocmp.Diff(map[string]int{"completed pull/1": 2, "completed pull/2": 2}, runs); diff != "" {
		t.Errorf("check runs (-want +got):\n%s", diff)
	}
}

// A fork isn't needed: its commits are read through the repository.
func TestAppReviewsDeletedForks(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	a.meanwhile("/compare/{basehead...}", func() { a.github.Repository("mallory/shop").Delete() })
	p := a.repo.OpenPull(standin.PullOptions{Head: "change", Fork: "mallory", Author: "mallory", Files: migration(2, dropNickname)})
	a.says(p, "failure: 1 error", "drop-column:1")
}

// What bots cause starts nothing: they would answer each other for ever.
func TestAppIgnoresBots(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{settings: map[string]string{"SWEEP_INTERVAL": "0"}})
	// The App was just installed, and looks once for what is open.
	eventually(t, a.serve, "it has looked", func() bool { return strings.Contains(a.serve.log(), "swept an installation") })
	p := a.repo.OpenPull(standin.PullOptions{Head: "change", Author: "renovate[bot]", Files: migration(2, dropNickname)})
	a.settle()
	if n := len(a.repo.CheckRuns(p.State().Head)); n != 0 {
		t.Errorf("%d check runs of a bot's pull request", n)
	}
	a.repo.RerunAll(p.State().Head, "ana")
	a.says(p, "failure: 1 error", "drop-column:1")
}

// Where there is nothing to say, nothing is said: a green check, and no comment.
func TestAppIsSilent(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, addAge))
	run := a.says(p, "success: No problems in 1 statement")
	has(t, "the check run", run.Summary, "in 1 statement of 1 migration", "1 table, from 1 earlier migration")
	q := a.open(files{"main.go": text("package main")})
	has(t, "the check run", a.says(q, "success: No migrations to review").Summary, "No changed file is a migration.")
	if n := len(p.Reviews()) + len(q.Reviews()) + len(p.Remarks()) + len(q.Remarks()); n > 0 {
		t.Errorf("%d reviews and remarks, want none", n)
	}
}

// oneRule leaves it at one problem for each table of bad.
const oneRule = "rules: {multiple-failure-points: off}"

// bad is a migration with n problems, each at a line of its own.
func bad(version, n int, name string) files {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("CREATE TABLE %s%d (note TEXT);", name, i))
	}
	return migration(version, lines...)
}

// With many findings the first 30 get comments; the review's body and annotations have the others.
func TestAppLimitsComments(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{configPath: text(oneRule)}})
	p := a.open(bad(2, 60, "t"))
	run := a.checked(p.State().Head, "failure: 60 errors")
	if inline, notes, reviews := len(p.Threads()), len(run.Annotations), len(p.Reviews()); inline != 30 || notes != 30 || reviews != 1 {
		t.Errorf("%d comments, %d annotations, %d reviews: want 30, 30 and 1", inline, notes, reviews)
	}
	p.Push(files{"README.md": text("# Shop")})
	a.checked(p.State().Head, "failure: 60 errors")
	if inline, reviews := len(p.Threads()), len(p.Reviews()); inline != 30 || reviews != 1 {
		t.Errorf("%d comments and %d reviews after another push: want 30 and 1", inline, reviews)
	}
}

// GitHub takes 50 annotations at a time.
func TestAppAnnotatesInParts(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{configPath: text("max_comments: 0", oneRule)}})
	p := a.open(bad(2, 120, "t"))
	run := a.checked(p.State().Head, "failure: 120 errors")
	if len(p.Threads()) != 0 || len(run.Annotations) != 120 {
		t.Errorf("%d comments and %d annotations: want 0 and 120", len(p.Threads()), len(run.Annotations))
	}
	_, _, routes := a.calls()
	if n := strings.Count(strings.Join(routes, "\n"), "PATCH /repos/acme/shop/check-runs/"); n != 3 {
		t.Errorf("the check run was updated %d times, want 3", n)
	}
}

// Texts near GitHub's limits are cut in whole parts; Japanese letters count as GitHub counts them.
func TestAppCutsLongTexts(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{configPath: text("language: ja", oneRule)}})
	p := a.open(bad(2, 400, strings.Repeat("注文明細履歴", 9)))
	a.settle()
	run := a.repo.CheckRuns(p.State().Head)[0]
	body := p.Reviews()[0].Body
	for what, s := range map[string]string{"review": body, "check run": run.Summary} {
		if n := len([]rune(s)); n > 65_535 || n < 10_000 {
			t.Errorf("the %s has %d letters", what, n)
		}
	}
	if run.Conclusion != "failure" || len(p.Threads()) != 30 {
		t.Errorf("%s, %d comments: want a failure and 30", run.Conclusion, len(p.Threads()))
	}
}

// A review asks for changes only where that is configured, and takes it back when they were made.
func TestAppRequestsChanges(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{configPath: text("request_changes: true")}})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	if s := p.Reviews()[0].State; s != "CHANGES_REQUESTED" {
		t.Errorf("the review is %s", s)
	}
	p.Push(migration(2, addAge))
	a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden")
	if s := p.Reviews()[0].State; s != "DISMISSED" {
		t.Errorf("the review is %s after the fix", s)
	}
}
