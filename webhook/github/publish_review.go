package github

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"unicode/utf16"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

const (
	// batch is how many comments a review has at most; GitHub took more at a time for abuse.
	batch = 30
	// namesMost is how many problems a review's marker names.
	namesMost = 300
	// bodyMost is the length of a review's body, in UTF-16 units to be safe; GitHub refuses 65,537 characters.
	bodyMost = 65_500
)

// submit posts what is new, as one review where it isn't too long.
func (p *publisher) submit(ctx context.Context) error {
	if len(p.plan.post) == 0 && !p.plan.tell {
		return nil
	}
	if err := p.submitAll(ctx); err != nil {
		return p.afterLoss(ctx, err)
	}
	return nil
}

func (p *publisher) submitAll(ctx context.Context) error {
	said, err := p.first(ctx)
	if err != nil {
		return err
	}
	for rest := p.plan.post[said:]; len(rest) > 0; rest = rest[min(batch, len(rest)):] {
		next := rest[:min(batch, len(rest))]
		if err := p.send(ctx, next, p.notary.sign(p.reviewMark(next, nil))); err != nil {
			return refusedForNow(err) // the next attempt begins with these, and sorts them out
		}
	}
	return nil
}

// batch is what the first review has.
func (p *publisher) batch() []said { return p.plan.post[:min(batch, len(p.plan.post))] }

// first posts the review that has the body, and tells how much of what there is to post it has. Comments that
// GitHub refuses move into the body: one bad comment must not cost the others.
func (p *publisher) first(ctx context.Context) (int, error) {
	list := p.batch()
	err := p.send(ctx, list, p.body(list))
	if !hasStatus(err, http.StatusUnprocessableEntity) || len(list) == 0 {
		return len(list), err
	}
	if err := p.look(ctx); err != nil { // a newer commit is the usual reason
		return 0, err
	}
	p.reclaim(list)
	list = p.batch()
	if len(list) == 0 && !p.plan.tell {
		return 0, nil
	}
	if p.hasDrafts() {
		if err := p.discardDrafts(ctx); err != nil {
			return 0, err
		}
		if err := p.send(ctx, list, p.body(list)); !hasStatus(err, http.StatusUnprocessableEntity) {
			return len(list), err
		}
	}
	return p.sortOut(ctx, list)
}

// reclaim is for a forge that keeps the body of a review that it refuses, as an emulator does: nobody has deleted
// the comments that the body speaks of, there were none.
func (p *publisher) reclaim(refused []said) {
	p.plan.quiet = slices.DeleteFunc(p.plan.quiet, func(m matched) bool {
		missing := m.comment == nil && slices.ContainsFunc(refused, func(s said) bool { return s.fingerprint == m.fingerprint })
		if missing {
			p.plan.outside, p.plan.tell = append(p.plan.outside, m.said), true
		}
		return missing
	})
}

// sortOut posts what GitHub takes, and says the rest in the body.
func (p *publisher) sortOut(ctx context.Context, list []said) (int, error) {
	good, refused, err := bisect(list, p.acceptable(ctx))
	if err != nil {
		return 0, err
	}
	p.options.Log.WarnContext(ctx, "comments were refused", "installation_id", p.target.Installation,
		"repo", p.target.FullName(), "pr", p.target.Number, "refused", len(refused))
	p.plan.post = append(slices.Clip(good), p.plan.post[len(list):]...)
	p.plan.outside = append(p.plan.outside, refused...)
	return len(good), refusedForNow(p.send(ctx, good, p.body(good)))
}

// refusedForNow is for a refusal that says nothing of what was sent: each part of it was taken, or will be tried by
// itself.
func refusedForNow(err error) error {
	if hasStatus(err, http.StatusUnprocessableEntity) {
		return &webhook.RetryError{Err: err}
	}
	return err
}

// send posts a review.
func (p *publisher) send(ctx context.Context, list []said, body string) error {
	if err := p.check(ctx); err != nil {
		return err
	}
	event := "COMMENT"
	if p.result.Config.RequestChanges && p.result.Report.Failed() {
		event = "REQUEST_CHANGES"
	}
	_, err := p.create(ctx, list, &github.PullRequestReviewRequest{Body: &body, Event: &event})
	return err
}

func (p *publisher) create(ctx context.Context, list []said, r *github.PullRequestReviewRequest) (int64, error) {
	r.CommitID = &p.target.Head
	for _, s := range list {
		r.Comments = append(r.Comments, p.draft(s))
	}
	made, _, err := p.rest(p.target.Installation).PullRequests.CreateReview(ctx, p.target.Owner, p.target.Repo, p.target.Number, r)
	return made.GetID(), err
}

// body is the review's text, with a marker that remembers what the review told of.
func (p *publisher) body(list []said) string {
	o := review.BodyOptions{Problems: p.result.Problems, Previews: p.result.Preview != nil, Design: p.result.Design, Added: p.result.Added}
	if p.result.Preview != nil {
		o.Preview, o.Differences = p.result.Preview.Problems, p.result.Preview.Differences
	}
	for _, s := range p.plan.outside {
		o.Outside = append(o.Outside, s.Finding)
	}
	text := p.voice.Body(p.result.Report, o)
	return fit(text, p.notary.sign(p.reviewMark(list, p.plan.outside)))
}

// fit puts the marker below the text.
func fit(text, mark string) string {
	room := bodyMost - len(mark) - 2
	if units := utf16.Encode([]rune(text)); len(units) > room {
		text = string(utf16.Decode(units[:room]))
	}
	return text + "\n" + mark
}

func (p *publisher) reviewMark(list, outside []said) marker {
	fingerprint, id := func(s said) string { return s.fingerprint }, func(s said) string { return s.id }
	m := marker{}.with(markHead, p.target.Head).with(markInline, shortAll(list, fingerprint, batch)).with(markIDs, shortAll(list, id, batch)).
		with(markBody, shortAll(outside, fingerprint, namesMost))
	if len(outside) > namesMost {
		m = m.with(markMore, "1")
	}
	return m
}

// afterLoss finds out whether a review arrived whose answer was lost. It is not posted again here: GitHub
// may still be at work on it. The next attempt posts what is missing then.
func (p *publisher) afterLoss(ctx context.Context, err error) error {
	if !wasLost(ctx, err) {
		return p.classify(err)
	}
	if err := sleep(ctx, 2*p.options.Pace.Interval); err != nil {
		return err
	}
	if err := p.look(ctx); err != nil {
		return err
	}
	if len(p.plan.post) > 0 || p.plan.tell {
		return &webhook.RetryError{Err: err}
	}
	return nil
}

// wasLost reports whether GitHub may have done what it was asked to, and its answer didn't arrive.
func wasLost(ctx context.Context, err error) bool {
	if ctx.Err() != nil || isOurs(err) || errors.Is(err, webhook.ErrSuperseded) || errors.Is(err, webhook.ErrLost) {
		return false
	}
	return isRetry(classifyBroken(err)) || serverFailed(err)
}

func serverFailed(err error) bool {
	e, ok := errors.AsType[*github.ErrorResponse](err)
	return ok && e.Response.StatusCode >= http.StatusInternalServerError
}

func isRetry(err error) bool {
	_, ok := errors.AsType[*webhook.RetryError](err)
	return ok
}

func isRefused(err error) bool {
	_, ok := errors.AsType[*webhook.RefusedError](err)
	return ok
}

func isGraphQL(err error) bool {
	_, ok := errors.AsType[*graphQLErrors](err)
	return ok
}
