package github

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// What people made of four comments: approved of one, resolved, deleted and fixed the others.
func TestHeard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode standin.GraphQLMode
		want []string
	}{
		"graphql": {standin.GraphQLOn, []string{"require-primary-key open 2 1", "require-primary-key dismissed 0 0", "require-primary-key fixed 0 0", " dismissed 0 0"}},
		// Without it, a bot's thumb can't be told from a person's, and what was resolved isn't known.
		"rest": {standin.GraphQLOff, []string{"require-primary-key open 3 1", "require-primary-key open 0 0", "require-primary-key fixed 0 0", " dismissed 0 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, map[string]*string{shopPath: tables(4)})
			w.hub.SetGraphQL(c.mode)
			var known []string
			for _, p := range w.mustReview().Posted {
				known = append(known, p.First)
			}
			of := func(n int) int64 { return w.pull.Threads()[n].Comments[0].ID }
			for _, who := range []string{"ana", "bob", "renovate[bot]"} {
				w.pull.React(of(0), who, "+1")
			}
			w.pull.React(of(0), "eve", "-1")
			w.pull.React(of(0), "eve", "heart")
			w.pull.Resolve(of(1), "ana")
			w.pull.DeleteComment(of(2), "ana")
			w.pull.Push(map[string]*string{shopPath: tables(3)})
			w.mustReview()
			w.pull.Merge()
			w.hub.ResetCalls()

			h, err := w.client.Heard(t.Context(), w.job, known)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range h.Comments {
				got = append(got, fmt.Sprint(p.Rule, " ", p.State, " ", p.Up, " ", p.Down))
				if p.Rule != "" && p.At.IsZero() {
					t.Errorf("%s: it isn't known when it was posted", p.Rule)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("comments (-want +got):\n%s", diff)
			}
			if h.Open || !h.Merged || h.Head != w.pull.State().Head {
				t.Errorf("got %+v, want a merged pull request at %s", h, w.pull.State().Head)
			}
			if n := len(w.hub.Calls()); c.mode == standin.GraphQLOn && n != 1 {
				t.Errorf("%d calls, want 1", n)
			}
		})
	}
}

// A comment keeps its first fingerprint when its statement is edited; thumbs come with the review.
func TestPostedKeepsItsFirstFingerprint(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	first := w.mustReview().Posted[0]
	w.pull.React(w.only().ID, "ana", "+1")
	w.pull.Push(map[string]*string{shopPath: orders("SMALLINT")})
	w.mustReview() // edits the comment
	got := w.mustReview().Posted[0]
	if got.First != first.First || got.Fingerprint == first.Fingerprint || got.Up != 1 {
		t.Errorf("got %+v, want what became of %+v", got, first)
	}
}

// Who suppresses a problem has seen the comment, which stays as it is.
func TestPostedTellsOfSuppressedComments(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{shopPath: tables(1)})
	w.mustReview()
	w.writes()
	w.pull.Push(map[string]*string{shopPath: sql("-- schema-review: ignore require-primary-key a log", "CREATE TABLE t00 (note TEXT);")})
	got := w.mustReview().Posted
	w.wantWrites()
	if len(got) != 1 || got[0].State != webhook.CommentSuppressed || got[0].Comment == 0 {
		t.Errorf("got %+v, want one that is suppressed", got)
	}
}

var _ webhook.Listener = (*Client)(nil)
