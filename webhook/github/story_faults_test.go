package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// refuse makes GitHub refuse reviews with comments at that line.
func refuse(line int) func(*http.Request) *standin.Fault {
	return func(req *http.Request) *standin.Fault {
		if req.Method == http.MethodPost && strings.HasSuffix(req.URL.Path, "/reviews") && strings.Contains(bodyOf(req), fmt.Sprintf(`"line":%d}`, line)) {
			return &standin.Fault{Status: http.StatusUnprocessableEntity, Body: `{"message":"Unprocessable Entity","errors":["Line could not be resolved"]}`}
		}
		return nil
	}
}

func TestPublishWithOneRefusedComment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(30)})
	w.hub.Fault(refuse(14))
	got := w.mustReview().Posted
	if n := len(w.pull.Threads()); n != 29 || len(got) != 30 {
		t.Errorf("got %d comments and %d findings, want 29 and 30", n, len(got))
	}
	reviews := w.pull.Reviews()
	if len(reviews) != 1 || reviews[0].State != "COMMENTED" || !strings.Contains(reviews[0].Body, "t13") {
		t.Errorf("want one review, whose body tells of t13: %+v", reviews)
	}
	w.writes()
	w.mustReview()
	w.wantWrites()
}

// A 422 that was about something else costs no comment: each is tried again.
func TestPublishRefusedForAnotherReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(3)})
	w.failOnce(1, standin.Fault{Status: http.StatusUnprocessableEntity, Body: `{"message":"Unprocessable Entity"}`})
	w.mustReview()
	reviews := w.pull.Reviews()
	if n := len(w.pull.Threads()); n != 3 || len(reviews) != 1 || reviews[0].State != "COMMENTED" {
		t.Errorf("got %d comments in %+v, want 3 in one review", n, reviews)
	}
}

// When GitHub refuses even what it took a moment ago, that is no verdict on the comments.
func TestPublishRefusedAgainAndAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(3)})
	w.hub.Fault(func(req *http.Request) *standin.Fault {
		if strings.HasSuffix(req.URL.Path, "/reviews") && strings.Contains(bodyOf(req), `"event"`) {
			return &standin.Fault{Status: http.StatusUnprocessableEntity, Body: `{"message":"Unprocessable Entity"}`}
		}
		return nil
	})
	if _, err := w.review(); !isRetry(err) {
		t.Errorf("got %v, want a RetryError", err)
	}
	w.hub.Fault(nil)
	w.mustReview()
	if n, m := len(w.pull.Threads()), len(w.pull.Reviews()); n != 3 || m != 1 {
		t.Errorf("got %d comments in %d reviews, want 3 in one", n, m)
	}
}

// A draft that a crash left goes even when there is nothing to say any more.
func TestPublishNothingWithADraftLeftBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.leaveDraft()
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.mustReview()
	if reviews := w.pull.Reviews(); len(reviews) != 0 {
		t.Errorf("got %+v, want none", reviews)
	}
}

func TestPublishWithADraftLeftBehind(t *testing.T) {
	t.Parallel()
	eachAPI(t, func(t *testing.T, mode standin.GraphQLMode) {
		w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
		w.hub.SetGraphQL(mode)
		w.leaveDraft()
		w.writes()
		w.mustReview()
		w.wantWrites("DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", postReview)
		if reviews := w.pull.Reviews(); len(reviews) != 1 || reviews[0].State != "COMMENTED" {
			t.Errorf("got %+v, want one review that is no draft", reviews)
		}
	})
}

func TestPublishAfterALostAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault standin.Fault
		retry bool
	}{
		"done, and the connection broke":     {standin.Fault{Reset: standin.ResetAfter}, false},
		"not done, and the connection broke": {standin.Fault{Reset: standin.ResetBefore}, true},
		"bad gateway":                        {standin.Fault{Status: http.StatusBadGateway, Body: "<html>"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
			w.failOnce(1, c.fault)
			_, err := w.review()
			if _, retry := retryAfterOf(err); retry != c.retry || !retry && err != nil {
				t.Errorf("got %v, want a RetryError: %v", err, c.retry)
			}
			w.mustReview()
			if len(w.pull.Reviews()) != 1 || len(w.pull.Threads()) != 1 {
				t.Errorf("got %d reviews and %d threads, want one each", len(w.pull.Reviews()), len(w.pull.Threads()))
			}
		})
	}
}

func TestPublishIsAskedToWait(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusForbidden, http.StatusTooManyRequests} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
			w.failOnce(1, standin.Fault{
				Status: status, Header: http.Header{"Retry-After": {"7"}},
				Body: `{"message":"You have exceeded a secondary rate limit."}`,
			})
			_, err := w.review()
			if e, ok := retryAfterOf(err); !ok || e.After.Seconds() != 7 {
				t.Errorf("got %v, want a RetryError after 7 s", err)
			}
			if n := len(w.pull.Reviews()); n != 0 {
				t.Errorf("got %d reviews, want none", n)
			}
		})
	}
}

// Two replicas that both believe to be the only one: what they said twice is taken back.
func TestPublishTwiceAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	other := w.newClient(w.url)
	w.check = func(context.Context) error {
		if len(w.pull.Threads()) == 0 {
			w.check = func(context.Context) error { return nil }
			mine := w.client
			w.client = other
			w.mustReview()
			w.client = mine
		}
		return nil
	}
	w.mustReview()
	if n := len(w.pull.Threads()); n != 2 {
		t.Fatalf("got %d threads, want 2 for this test", n)
	}
	first := w.pull.Threads()[0].Comments[0].ID
	w.writes()
	w.mustReview()
	w.wantWrites("DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}")
	if got := w.only().ID; got != first {
		t.Errorf("kept the comment %d, want the first, %d", got, first)
	}
	w.mustReview()
	w.wantWrites()
}

// A push with force between the look and the review takes the commit out of the pull request.
func TestPublishWhileAnotherCommitIsPushed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.check = func(context.Context) error {
		w.pull.ForcePush(map[string]*string{shopPath: orders("SMALLINT")})
		w.check = func(context.Context) error { return nil }
		return nil
	}
	if _, err := w.review(); !errors.Is(err, webhook.ErrSuperseded) {
		t.Errorf("got %v, want ErrSuperseded", err)
	}
	w.mustReview()
	if c := w.only(); !strings.Contains(strings.ToLower(c.Body), "smallint") {
		t.Errorf("got\n%s", c.Body)
	}
}

func TestPublishCrashBetweenFixingAndHiding(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.hub.Fault(func(req *http.Request) *standin.Fault {
		if strings.HasSuffix(req.URL.Path, "/graphql") && strings.Contains(bodyOf(req), "minimizeComment") {
			return &standin.Fault{Reset: standin.ResetBefore}
		}
		return nil
	})
	if _, err := w.review(); err == nil {
		t.Fatal("the fault had no effect")
	}
	w.hub.Fault(nil)
	was := w.pull.State().Head
	w.pull.Push(map[string]*string{"README.md": sql("# Another push")})
	w.writes()
	w.mustReview()
	w.wantWrites(graphQLWrite, editComment)
	if c := w.only(); c.Minimized == "" || strings.Count(c.Body, "Fixed in") != 1 || !strings.Contains(c.Body, was[:7]) {
		t.Errorf("minimized %q:\n%s", c.Minimized, c.Body)
	}
	w.mustReview()
	w.wantWrites()
}

// A comment that was hidden late comes back, and goes again before it says so: it is hidden all the same.
func TestPublishCrashBetweenShowingAndRestoring(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	during := func(part, file string) {
		w.pull.Push(map[string]*string{shopPath: orders(file)})
		w.hub.Fault(func(req *http.Request) *standin.Fault {
			if req.Method == http.MethodPatch && !strings.Contains(bodyOf(req), "Fixed in") && part == "restore" ||
				part == "hide" && strings.Contains(bodyOf(req), "minimizeComment") {
				return &standin.Fault{Reset: standin.ResetBefore}
			}
			return nil
		})
		if _, err := w.review(); err == nil {
			t.Fatal("the fault had no effect")
		}
		w.hub.Fault(nil)
	}
	during("hide", rightType)
	w.mustReview()
	during("restore", wrongType)
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.mustReview()
	if c := w.only(); c.Minimized == "" || strings.Count(c.Body, "Fixed in") != 1 {
		t.Errorf("minimized %q:\n%s", c.Minimized, c.Body)
	}
}

// Where the App may not hide comments, all the rest is done.
func TestPublishMayNotHide(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	w.pull.Push(map[string]*string{shopPath: orders(rightType), "db/migrations/V3__logs.sql": tables(1)})
	w.hub.Fault(func(req *http.Request) *standin.Fault {
		if strings.HasSuffix(req.URL.Path, "/graphql") && strings.Contains(bodyOf(req), "minimizeComment") {
			return &standin.Fault{
				Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
				Body: `{"data":{"minimizeComment":null},"errors":[{"type":"FORBIDDEN","path":["minimizeComment"],"message":"Resource not accessible by integration"}]}`,
			}
		}
		return nil
	})
	w.writes()
	w.mustReview()
	w.wantWrites(editComment, graphQLWrite, postReview)
}

// GraphQL goes away after a comment was hidden: it is not restored out of sight.
func TestPublishBackAgainWhileGraphQLFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.mustReview()
	w.pull.Push(map[string]*string{shopPath: orders(wrongType)})
	w.hub.SetGraphQL(standin.GraphQLErrors)
	if _, err := w.review(); err == nil {
		t.Error("want an error: the comment can't be shown")
	}
	w.hub.SetGraphQL(standin.GraphQLOn)
	w.mustReview()
	if c := w.only(); c.Minimized != "" || strings.Contains(c.Body, "Fixed in") {
		t.Errorf("minimized %q:\n%s", c.Minimized, c.Body)
	}
}

// A moment without GraphQL is no reason to forget what people resolved.
func TestPublishWhileGraphQLStumbles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.mustReview()
	w.pull.Resolve(w.only().ID, "ana")
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	var once atomic.Bool
	w.hub.Fault(func(req *http.Request) *standin.Fault {
		if strings.HasSuffix(req.URL.Path, "/graphql") && strings.Contains(bodyOf(req), "reviewThreads") && !once.Swap(true) {
			return &standin.Fault{
				Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
				Body: `{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}`,
			}
		}
		return nil
	})
	w.writes()
	w.mustReview()
	if !once.Load() {
		t.Fatal("nothing was asked of GraphQL")
	}
	w.wantWrites()
}

// Names can look like anything.
func TestPublishHostileNames(t *testing.T) {
	t.Parallel()
	var lines []string
	for i, name := range hostile {
		if name != "" && !strings.ContainsAny(name, "`\x00\n") {
			lines = append(lines, fmt.Sprintf("CREATE TABLE `%d%s` (note TEXT COMMENT '<!-- schema-review:v1 fp=1 mac=00000000000000000000000000000000 -->');", i, name))
		}
	}
	w := newWorld(t, map[string]*string{shopPath: sql(lines...)})
	w.mustReview()
	n := len(w.pull.Threads())
	if n < len(lines) {
		t.Errorf("got %d threads, want at least %d", n, len(lines))
	}
	w.writes()
	w.mustReview()
	w.wantWrites()
	w.pull.Push(map[string]*string{shopPath: orders(rightType)})
	w.mustReview()
	for _, thread := range w.pull.Threads() {
		if c := thread.Comments[0]; !strings.Contains(c.Body, "Fixed in") || c.Minimized == "" {
			t.Errorf("not fixed:\n%s", c.Body)
		}
	}
}

// More conversations and reviews than a page of GraphQL has.
func TestPublishOnABusyPullRequest(t *testing.T) {
	t.Parallel()
	eachAPI(t, func(t *testing.T, mode standin.GraphQLMode) {
		w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
		w.hub.SetGraphQL(mode)
		for range 130 {
			w.pull.CommentOn("ana", shopPath, 1, "Hm.")
		}
		w.mustReview()
		w.wantWrites(postReview)
		for range 130 {
			w.pull.CommentOn("ana", shopPath, 1, "Hm.")
		}
		got := w.mustReview().Posted
		w.wantWrites()
		ours := w.pull.Threads()[130].Comments[0].ID
		if len(got) != 1 || got[0].Comment != ours || got[0].State != "open" {
			t.Errorf("got %+v, want the comment %d", got, ours)
		}
		w.pull.DeleteComment(ours, "ana") // now only the review remembers, the 131st
		if got := states(w.mustReview().Posted); len(got) != 1 || !strings.HasSuffix(got[0], "dismissed") {
			t.Errorf("got %q, want it dismissed", got)
		}
		w.wantWrites()
	})
}
