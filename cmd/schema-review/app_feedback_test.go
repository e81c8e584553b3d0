package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// reported runs the report beside the running server.
func (a *app) reported(flags ...string) *feedbackReport {
	a.t.Helper()
	var out, errs bytes.Buffer
	c := console{out: &out, err: &errs, getenv: func(string) string { return "" }}
	args := append([]string{"report", "--format", "json", "--database-url", a.url}, flags...)
	if code := run(a.t.Context(), args, c); code != exitFine {
		a.t.Fatalf("the report ended with %d: %s", code, errs.String())
	}
	r := &feedbackReport{}
	if err := json.Unmarshal(out.Bytes(), r); err != nil {
		a.t.Fatal(err)
	}
	return r
}

// Four comments: one is liked, one resolved, one fixed by a push; the pull request is merged with the others open.
func TestAppReportsWhatPeopleThought(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(*testing.T) string{"sqlite": func(*testing.T) string { return "" }, "postgres": newPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := map[string]string{"FEEDBACK_INTERVAL": "24h"} // no look but those that events cause
			if url := database(t); url != "" {
				settings["DATABASE_URL"] = url
			}
			a := newApp(t, appOptions{settings: settings})
			const one, two, three, four = "CREATE TABLE a (n INT);", "CREATE TABLE b (n INT);", "CREATE TABLE c (n INT);", "CREATE TABLE d (n INT);"
			p := a.open(migration(2, one, two, three, four))
			a.says(p, "failure: 4 errors", "require-primary-key:1", "require-primary-key:2", "require-primary-key:3", "require-primary-key:4")
			comment := func(n int) int64 { return p.Threads()[n].Comments[0].ID }
			p.React(comment(0), "ana", "+1")
			p.React(comment(0), "renovate[bot]", "+1")
			p.Resolve(comment(1), "bob")
			p.Push(migration(2, one, two, four))
			a.settle()
			if got := a.reported().Comments; got.Open != 2 || got.Fixed != 1 || got.Dismissed != 1 || got.Up != 1 {
				t.Errorf("before the merge: %+v", got)
			}
			p.Merge()
			a.settle()

			want := fates{Posted: 4, Fixed: 1, Dismissed: 1, Left: 2, Up: 1, Accepted: share{Count: 2, Of: 3}}
			want.Accepted.close()
			r := a.reported("--repo", "Acme/Shop")
			if diff := gocmp.Diff(want, r.Comments); diff != "" {
				t.Errorf("all (-want +got):\n%s", diff)
			}
			if diff := gocmp.Diff([]group{{"rule", "require-primary-key", want}}, r.Groups, gocmp.AllowUnexported(group{})); diff != "" {
				t.Errorf("groups (-want +got):\n%s", diff)
			}
			if got := a.reported("--repo", "acme/else"); got.Comments.Posted != 0 {
				t.Errorf("%d comments in a repository without any", got.Comments.Posted)
			}
		})
	}
}

// What a guideline's comment met with is told by the version of the prompts that wrote it, beside what that has cost.
func TestAppReportsByPrompts(t *testing.T) {
	t.Parallel()
	made := but(func(c *prompts.Claim) { c.Guideline = "be-nice" })
	a := newAdvised(t, newAdvisor(t, converse.Always(claiming(softDelete(), made))), appOptions{})
	p := a.open(migration(2, append(members, dropNickname)...))
	a.says(p, "failure: 1 error, 1 design suggestion", "drop-column:7", "soft-delete-with-unique-key:3")
	for _, th := range p.Threads() {
		if strings.Contains(th.Comments[0].Body, "soft-delete-with-unique-key") {
			p.React(th.Comments[0].ID, "ana", "+1")
		}
	}
	p.Merge()
	a.settle()
	r := a.reported("--by", "prompts")
	if len(r.Groups) != 1 || len(r.Usage) != 1 || r.Comments.Posted != 2 {
		t.Fatalf("got %+v, want one version of the prompts and two comments", r)
	}
	g, u := r.Groups[0], r.Usage[0]
	if g.Name == "" || g.Name != u.Prompts || g.Posted != 1 || g.Left != 1 || g.Up != 1 || g.Accepted.Count != 1 {
		t.Errorf("comments: %+v", g)
	}
	want := usage{
		Prompts: g.Name, Models: advisingModel, Reviews: 1, Calls: 1, Input: 15_000, Output: 400, CacheRead: 6000,
		Cost: (9000*3 + 400*15 + 6000*0.3) / 1e6, Claims: 2, Dropped: map[string]int{"unknown-guideline": 1},
	}
	if diff := gocmp.Diff(want, u); diff != "" {
		t.Errorf("usage (-want +got):\n%s", diff)
	}
	if got := a.reported("--by", "guideline").Groups; len(got) != 1 || got[0].Name != "soft-delete-with-unique-key" {
		t.Errorf("guidelines: %+v", got)
	}
	if got := a.reported("--by", "model").Groups; len(got) != 1 || got[0].Name != advisingModel {
		t.Errorf("models: %+v", got)
	}
}

// What people said comes back with the next review when the database was lost.
func TestAppReportsAfterALoss(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	p.React(a.comment(p).ID, "ana", "+1")
	a.restart(func() {
		for _, end := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(a.database + end) // the last two may not be there
		}
	})
	if got := a.reported().Comments.Posted; got != 0 {
		t.Fatalf("%d comments in an empty database", got)
	}
	p.Push(files{"README.md": text("# Shop")})
	a.says(p, "failure: 1 error", "drop-column:1")
	if got := a.reported().Comments; got.Posted != 1 || got.Open != 1 || got.Up != 1 {
		t.Errorf("got %+v, want the comment with its thumb", got)
	}
}

// No event tells of reactions: it is looked from time to time.
func TestAppLooksForReactions(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{settings: map[string]string{"FEEDBACK_INTERVAL": "1s"}})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	p.React(a.comment(p).ID, "ana", "-1")
	eventually(t, a.serve, "the report shows it", func() bool { return a.reported("--by", "rule").Comments.Down == 1 })
	if got := a.reported().Groups[0]; got.Open != 1 || got.Accepted.Of != 1 || got.Accepted.Count != 0 {
		t.Errorf("got %+v, want an open comment that nobody accepted", got)
	}
}

// Where nobody wants to know, nobody looks.
func TestAppLooksForNoReactions(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{settings: map[string]string{"FEEDBACK_INTERVAL": "0"}})
	p := a.open(migration(2, dropNickname))
	a.says(p, "failure: 1 error", "drop-column:1")
	a.calls()
	p.Resolve(a.comment(p).ID, "ana")
	p.Merge()
	if calls, _, routes := a.calls(); calls != 0 {
		t.Errorf("%d calls: %q", calls, routes)
	}
}
