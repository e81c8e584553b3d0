package github

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// advise does what a worker does with a model, and without rules. Without a model nobody is asked.
func (w *world) advise(model review.Model, change ...func(*webhook.Result)) []webhook.Posted {
	w.t.Helper()
	ctx, target := w.t.Context(), w.target()
	changes, err := w.client.ChangeSet(ctx, target, w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	reviewer := &review.Reviewer{Prompts: guidelines(w.t), Model: model}
	report, err := reviewer.Review(ctx, changes.Set, w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	r := &webhook.Result{Report: reviewer.Advise(ctx, report, w.config, review.About{}), Config: w.config}
	for _, f := range change {
		f(r)
	}
	if r.Posted, err = w.client.Publish(ctx, target, r, w.check); err != nil {
		w.t.Fatal(err)
	}
	return r.Posted
}

// pushDocs is a push that changes no migration.
func (w *world) pushDocs(text string) { w.pull.Push(map[string]*string{"README.md": sql(text)}) }

const suggestion = "first orders.user_id"

// newAdvised is a pull request with one comment of a guideline.
func newAdvised(t *testing.T, mode standin.GraphQLMode) *world {
	t.Helper()
	w := newWorld(t, map[string]*string{shopPath: orders(wrongType)})
	w.hub.SetGraphQL(mode)
	got := w.advise(claims(suggestion))
	w.wantWrites(postReview)
	if diff := cmp.Diff([]string{suggestion + " open"}, states(got)); diff != "" || !got[0].ByModel {
		t.Fatalf("(-want +got)\n%s", diff)
	}
	if c := w.only(); c.Line != 3 || !strings.Contains(c.Body, "A design that will cost something later.") {
		t.Fatalf("got the comment at %d:\n%s", c.Line, c.Body)
	}
	return w
}

// says checks what the one comment begins with, and how the finding stands.
func (w *world) says(begin string, posted []webhook.Posted, state string) {
	w.t.Helper()
	if c := w.only(); !strings.HasPrefix(c.Body, begin) {
		w.t.Errorf("want %q, got\n%s", begin, c.Body)
	}
	if len(posted) != 1 || posted[0].State != state || posted[0].Rule != "first" || posted[0].Object != "orders.user_id" || !posted[0].ByModel {
		w.t.Errorf("got %+v, want one that is %s", posted, state)
	}
}

// TestAdviceTakenBack is a comment's life over five heads.
func TestAdviceTakenBack(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]standin.GraphQLMode{"graphql": standin.GraphQLOn, "none": standin.GraphQLOff} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newAdvised(t, mode)
			begin, _, _ := strings.Cut(w.only().Body, "\n")
			closing, opening := []string{editComment}, []string{editComment}
			if mode == standin.GraphQLOn {
				closing, opening = []string{editComment, graphQLWrite}, []string{graphQLWrite, editComment}
			}
			w.pushDocs("1")
			w.says(begin, w.advise(silent()), "open")
			w.wantWrites(editComment) // that a run has missed it
			w.pushDocs("2")
			w.says("~~💡 Think again (a design suggestion)~~ Not suggested any more as of ", w.advise(silent()), "withdrawn")
			w.wantWrites(closing...)
			w.pushDocs("3")
			w.says("~~", w.advise(silent()), "withdrawn")
			w.wantWrites()
			w.pushDocs("4")
			w.says(begin, w.advise(claims(suggestion)), "open")
			w.wantWrites(opening...)
			w.pull.Push(map[string]*string{shopPath: orders(rightType)})
			w.says("~~💡 Think again (a design suggestion)~~ Changed in ", w.advise(silent()), "fixed")
			w.wantWrites(closing...)
		})
	}
}

// Nothing that a model does makes noise.
func TestAdviceLeavesAlone(t *testing.T) {
	t.Parallel()
	reworded := script{claim(suggestion, "The same thing in wholly other words, this time around.")}
	for name, again := range map[string]struct {
		model  review.Model
		change func(*webhook.Result)
	}{
		"claimed again":        {model: claims(suggestion)},
		"worded otherwise":     {model: reworded},
		"said of the table":    {model: claims("first orders")},
		"unreachable":          {model: unreachable()},
		"nobody asked":         {},
		"still to be asked":    {change: func(r *webhook.Result) { r.Unadvised = true }},
		"said twice at a time": {model: append(claims(suggestion), reworded...)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newAdvised(t, standin.GraphQLOn)
			body := w.only().Body
			w.pushDocs("1")
			var change []func(*webhook.Result)
			if again.change != nil {
				change = append(change, again.change)
			}
			w.says(body, w.advise(again.model, change...), "open")
			w.wantWrites()
		})
	}
}

// What a person doesn't want to hear is not said again.
func TestAdviceDismissed(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(w *world, c standin.Comment){
		"resolved": func(w *world, c standin.Comment) { w.pull.Resolve(c.ID, "ana") },
		"deleted":  func(w *world, c standin.Comment) { w.pull.DeleteComment(c.ID, "ana") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newAdvised(t, standin.GraphQLOn)
			act(w, w.only())
			for _, text := range []*string{orders(wrongType), orders("SMALLINT"), orders(rightType)} {
				w.pull.Push(map[string]*string{shopPath: text, "README.md": sql(name + *text)})
				got := w.advise(script{claim(suggestion, "Said in another way once more.")})
				w.wantWrites()
				if diff := cmp.Diff([]string{suggestion + " dismissed"}, states(got)); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
		})
	}
}

// A suppression beside the SQL closes the comment, and says so.
func TestAdviceAccepted(t *testing.T) {
	t.Parallel()
	w := newAdvised(t, standin.GraphQLOn)
	w.pull.Push(map[string]*string{shopPath: sql("-- schema-review: ignore first as agreed (DBRE-1)", strings.TrimSpace(*orders(wrongType)))})
	w.says("~~💡 Think again (a design suggestion)~~ Accepted in ", w.advise(claims(suggestion)), "dismissed")
	w.wantWrites(editComment, graphQLWrite)
}

// The first of two publications, before the model has answered, closes nothing.
func TestAdviceOfAnEditedTableWaits(t *testing.T) {
	t.Parallel()
	w := newAdvised(t, standin.GraphQLOn)
	w.pull.Push(map[string]*string{shopPath: orders("SMALLINT")})
	w.says("💡", w.advise(nil, func(r *webhook.Result) { r.Unadvised = true }), "open")
	w.wantWrites()
	w.says("💡", w.advise(claims(suggestion)), "open")
	w.wantWrites(editComment) // the marker
}
