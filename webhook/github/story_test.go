package github

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

const (
	postReview   = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews"
	editComment  = "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}"
	graphQLWrite = "POST /graphql"
)

// orders is a migration with one finding, which has a suggestion: the column's type.
func orders(userID string) *string {
	return sql(
		"CREATE TABLE orders (",
		"  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,",
		"  user_id "+userID+" NOT NULL,",
		"  CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id)",
		");",
	)
}

const (
	wrongType = "INT"
	rightType = "BIGINT UNSIGNED"
)

// tables is a migration with so many findings.
func tables(n int) *string {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("CREATE TABLE t%02d (note TEXT);", i))
	}
	return sql(lines...)
}

// only is the one comment on the pull request.
func (w *world) only() standin.Comment {
	w.t.Helper()
	threads := w.pull.Threads()
	if len(threads) != 1 {
		w.t.Fatalf("got %d threads, want 1: %+v", len(threads), threads)
	}
	return threads[0].Comments[0]
}

func (w *world) wantWrites(want ...string) {
	w.t.Helper()
	if diff := cmp.Diff(want, w.writes()); diff != "" {
		w.t.Errorf("writes (-want +got)\n%s", diff)
	}
}

func states(posted []webhook.Posted) []string {
	var all []string
	for _, p := range posted {
		all = append(all, p.Rule+" "+p.Object+" "+p.State)
	}
	return all
}

// eachAPI runs a story with GraphQL and without.
func eachAPI(t *testing.T, story func(t *testing.T, mode standin.GraphQLMode)) {
	for name, mode := range map[string]standin.GraphQLMode{"graphql": standin.GraphQLOn, "none": standin.GraphQLOff, "errors": standin.GraphQLErrors} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story(t, mode)
		})
	}
}

func TestPublishPostsOnce(t *testing.T) {
	t.Parallel()
	eachAPI(t, func(t *testing.T, mode standin.GraphQLMode) {
		w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
		w.hub.SetGraphQL(mode)
		got := w.mustReview().Posted
		w.wantWrites(postReview)
		if diff := cmp.Diff([]string{"foreign-key-type-mismatch orders.user_id open"}, states(got)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		c := w.only()
		if c.Line != 3 || c.StartLine != 0 || !strings.Contains(c.Body, "```suggestion\n  user_id "+strings.ToLower(rightType)) && !strings.Contains(c.Body, "```suggestion\n  user_id "+rightType) {
			t.Errorf("got the comment at %d-%d:\n%s", c.StartLine, c.Line, c.Body)
		}
		if reviews := w.pull.Reviews(); reviews[0].State != "COMMENTED" || !strings.Contains(reviews[0].Body, "1 error") {
			t.Errorf("got the review %+v", reviews[0])
		}
		again := w.mustReview().Posted // as after a crash before it was recorded
		w.wantWrites()
		if len(again) != 1 || again[0].Comment != c.ID || !again[0].Shown {
			t.Errorf("got %+v, want the comment %d", again, c.ID)
		}
	})
}

func TestPublishNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(rightType)})
	if got := w.mustReview().Posted; len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
	w.wantWrites()
}

func TestPublishFixedAndBackAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	before := w.only()
	w.writes()

	sha := w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	got := w.mustReview().Posted
	w.wantWrites(editComment, graphQLWrite)
	if c := w.only(); !strings.Contains(c.Body, "Fixed in "+sha[:7]) || strings.Contains(c.Body, "suggestion") || !strings.EqualFold(c.Minimized, "outdated") {
		t.Errorf("minimized %q:\n%s", c.Minimized, c.Body)
	}
	if len(got) != 1 || got[0].State != "fixed" {
		t.Errorf("got %+v, want one that is fixed", got)
	}
	w.mustReview()
	w.wantWrites()

	w.pull.Push(map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	w.wantWrites(graphQLWrite, editComment)
	c := w.only()
	if c.ID != before.ID || c.Minimized != "" || strings.Contains(c.Body, "Fixed in") {
		t.Errorf("got %+v, want the comment %d restored", c, before.ID)
	}
	w.mustReview()
	w.wantWrites()
}

func TestPublishFixedWithoutGraphQL(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.hub.SetGraphQL(standin.GraphQLOff)
	w.mustReview()
	w.writes()
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.mustReview()
	w.wantWrites(editComment)
	w.mustReview()
	w.wantWrites()
	if c := w.only(); !strings.Contains(c.Body, "Fixed in") || c.Minimized != "" {
		t.Errorf("minimized %q:\n%s", c.Minimized, c.Body)
	}
}

func TestPublishStatementEdited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	before := w.only()
	w.writes()
	w.pull.Push(map[string]*string{shopPath: orders("SMALLINT")})
	w.mustReview()
	w.wantWrites(editComment)
	c := w.only()
	if c.ID != before.ID || strings.Contains(c.Body, "Fixed in") || !strings.Contains(strings.ToLower(c.Body), "smallint") {
		t.Errorf("got\n%s", c.Body)
	}
	w.mustReview()
	w.wantWrites()
	w.pull.Push(map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	w.wantWrites(editComment)
}

func TestPublishLeavesAlone(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(w *world, c standin.Comment){
		"resolved":               func(w *world, c standin.Comment) { w.pull.Resolve(c.ID, "ana") },
		"deleted":                func(w *world, c standin.Comment) { w.pull.DeleteComment(c.ID, "ana") },
		"answered":               func(w *world, c standin.Comment) { w.pull.Reply(c.ID, "ana", "Why?") },
		"disliked":               func(w *world, c standin.Comment) { w.pull.React(c.ID, "ana", "-1") },
		"edited by a maintainer": func(w *world, c standin.Comment) { w.pull.EditComment(c.ID, "ana", "Ask the DBREs.\n"+c.Body) },
		"quoted by a person":     func(w *world, c standin.Comment) { w.pull.CommentOn("ana", c.Path, c.Line, c.Body) },
		"quoted in the talk":     func(w *world, c standin.Comment) { w.pull.Say("ana", c.Body) },
		"pushed something else":  func(w *world, _ standin.Comment) { w.pull.Push(map[string]*string{"README.md": sql("# New")}) },
		"pushed lines before it": func(w *world, _ standin.Comment) {
			w.pull.Push(map[string]*string{shopPath: sql("-- New.", "", *orders(wrongType))})
		},
		"renamed the file": func(w *world, _ standin.Comment) {
			w.pull.Push(map[string]*string{shopPath: nil, "db/migrations/V3__orders.sql": orders(wrongType)})
		},
		"pushed with force": func(w *world, _ standin.Comment) {
			w.pull.ForcePush(map[string]*string{shopPath: orders(wrongType), "x.md": sql("x")})
		},
		"closed and opened again": func(w *world, _ standin.Comment) { w.pull.Close(); w.pull.Reopen() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
			w.mustReview()
			w.writes()
			act(w, w.only())
			w.mustReview()
			w.wantWrites()
		})
	}
}

func TestPublishAnsweredAndFixed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	w.writes()
	w.pull.Reply(w.only().ID, "ana", "Good catch, thanks.")
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.mustReview()
	w.wantWrites(editComment)
	if c := w.only(); !strings.Contains(c.Body, "Fixed in") || c.Minimized != "" {
		t.Errorf("minimized %q:\n%s", c.Minimized, c.Body)
	}
}

// A person's copy of our comment is a person's comment.
func TestPublishBelievesOnlyItself(t *testing.T) {
	t.Parallel()
	eachAPI(t, func(t *testing.T, mode standin.GraphQLMode) {
		w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
		w.hub.SetGraphQL(mode)
		w.mustReview()
		ours := w.only()
		copied := w.pull.CommentOn("schema-review", ours.Path, ours.Line, ours.Body)
		w.pull.DeleteComment(ours.ID, "ana")
		w.writes()
		w.pull.Push(map[string]*string{shopPath: orders(rightType)})
		w.mustReview()
		w.wantWrites()
		if c := w.only(); c.ID != copied || c.Body != ours.Body {
			t.Errorf("touched a person's comment: %+v", c)
		}
	})
}

func TestPublishSuperseded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	target, err := w.client.Target(t.Context(), w.job)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := w.client.ChangeSet(t.Context(), target, w.config)
	if err != nil {
		t.Fatal(err)
	}
	w.pull.ForcePush(map[string]*string{"README.md": sql("# New")})
	r := &webhook.Result{Report: judgeAll(t, changes.Set, w.config), Config: w.config}
	if _, err := w.client.Publish(t.Context(), target, r, w.check); !errors.Is(err, webhook.ErrSuperseded) {
		t.Errorf("got %v, want ErrSuperseded", err)
	}
	w.wantWrites()
}

// Who closes a pull request while it is reviewed doesn't want to hear of it any more.
func TestPublishClosed(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]standin.GraphQLMode{"graphql": standin.GraphQLOn, "rest": standin.GraphQLOff} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
			w.hub.SetGraphQL(mode)
			w.pull.Close()
			if _, err := w.review(); !errors.Is(err, webhook.ErrSuperseded) {
				t.Errorf("got %v, want ErrSuperseded", err)
			}
			w.wantWrites()
		})
	}
}

func TestPublishAsksBeforeItWrites(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.check = func(context.Context) error { return webhook.ErrLost }
	if _, err := w.review(); !errors.Is(err, webhook.ErrLost) {
		t.Errorf("got %v, want ErrLost", err)
	}
	w.wantWrites()
}

func TestPublishManyFindings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(35)})
	w.mustReview()
	w.wantWrites(postReview)
	if got := len(w.pull.Threads()); got != 30 {
		t.Errorf("got %d comments, want 30", got)
	}
	if body := w.pull.Reviews()[0].Body; !strings.Contains(body, "t34") {
		t.Errorf("the body doesn't tell of the 35th:\n%s", body)
	}
	w.mustReview()
	w.wantWrites()
	w.pull.Push(map[string]*string{shopPath: tables(36)})
	w.mustReview()
	w.wantWrites(postReview)
	if got := len(w.pull.Threads()); got != 30 {
		t.Errorf("got %d comments, want still 30", got)
	}
}

func TestPublishInSeveralRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(35)})
	w.config = configOf(t, "max_comments: 40\n")
	w.mustReview()
	w.wantWrites(postReview, postReview)
	if got := len(w.pull.Threads()); got != 35 {
		t.Errorf("got %d comments, want 35", got)
	}
	w.mustReview()
	w.wantWrites()
}

func TestPublishRequestsChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.config = configOf(t, "request_changes: true\n")
	w.mustReview()
	if got := w.pull.Reviews()[0].State; got != "CHANGES_REQUESTED" {
		t.Errorf("got %s, want CHANGES_REQUESTED", got)
	}
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.mustReview()
	if got := w.pull.Reviews()[0].State; got != "DISMISSED" {
		t.Errorf("got %s after the fix, want DISMISSED", got)
	}
	w.writes()
	w.mustReview()
	w.wantWrites()
}

// A finding in a part of a changed migration that the diff doesn't show goes to the body, once.
func TestPublishOutsideTheDiff(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(*tables(40)), "\n")
	w := newWorld(t, map[string]*string{shopPath: sql(lines...)})
	w.repo.Commit("main", "Merge", map[string]*string{"db/migrations/V9__t.sql": sql(lines...)})
	w.pull = w.repo.OpenPull(standin.PullOptions{Head: "edit", Files: map[string]*string{"db/migrations/V9__t.sql": sql(append(slices.Clone(lines), "CREATE TABLE new (note TEXT);")...)}})
	w.job.Number = w.pull.Number
	w.config = configOf(t, "max_comments: 3\n")
	w.mustReview()
	w.wantWrites(postReview)
	for _, thread := range w.pull.Threads() {
		if thread.Line < 38 {
			t.Errorf("a comment at line %d, which the diff doesn't show", thread.Line)
		}
	}
	w.mustReview()
	w.wantWrites()
}

func TestPublishJapanese(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 400 {
		lines = append(lines, fmt.Sprintf("CREATE TABLE `%s%d` (`メモ` TEXT COMMENT '注文の控え');", strings.Repeat("注文控え", 10), i))
	}
	w := newWorld(t, map[string]*string{shopPath: sql(lines...)})
	w.config = configOf(t, "language: ja\n")
	w.mustReview()
	w.wantWrites(postReview)
	for _, v := range w.pull.Reviews() {
		if n := len([]rune(v.Body)); n > 65_536 {
			t.Errorf("a body of %d characters", n)
		}
	}
	w.mustReview()
	w.wantWrites()
}
