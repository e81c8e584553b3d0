package github

import (
	"context"
	"net/http"
	"slices"

	"github.com/google/go-github/v60/github"
)

// bisect sorts out which items of a list that was refused as a whole are to blame. It concludes nothing: the list
// may have been refused for another reason, and then all are good. Only what has not been tried when the tries
// are used up counts as refused.
func bisect[T any](items []T, accepted func([]T) (bool, error)) (good, bad []T, err error) {
	b := &bisection[T]{accepted: accepted, tries: bisectTries}
	err = b.split(items)
	return b.good, b.bad, err
}

// bisectTries bounds the calls: 30 comments of which one is bad take up to ten tries.
const bisectTries = 24

type bisection[T any] struct {
	accepted  func([]T) (bool, error)
	tries     int
	good, bad []T
}

// split looks into a list that was refused as a whole.
func (b *bisection[T]) split(items []T) error {
	if len(items) == 1 || b.tries == 0 {
		b.bad = append(b.bad, items...)
		return nil
	}
	for _, half := range [][]T{items[:len(items)/2], items[len(items)/2:]} {
		ok, err := b.try(half)
		switch {
		case err != nil:
			return err
		case ok:
			b.good = append(b.good, half...)
		default:
			if err := b.split(half); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bisection[T]) try(items []T) (bool, error) {
	if b.tries == 0 {
		return false, nil
	}
	b.tries--
	return b.accepted(items)
}

// acceptable tries comments in a draft of a review, which nobody sees, and throws it away.
func (p *publisher) acceptable(ctx context.Context) func([]said) (bool, error) {
	return func(list []said) (bool, error) {
		id, err := p.create(ctx, list, &github.PullRequestReviewRequest{})
		if hasStatus(err, http.StatusUnprocessableEntity) {
			return false, nil
		}
		if err != nil {
			return false, p.classify(err)
		}
		return true, p.discard(ctx, id)
	}
}

// discardDrafts throws away what a crash left behind. GitHub takes no review from who has a draft.
func (p *publisher) discardDrafts(ctx context.Context) error {
	for _, r := range p.talk.reviews {
		if r.state == "PENDING" {
			if err := p.discard(ctx, r.id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *publisher) hasDrafts() bool {
	return slices.ContainsFunc(p.talk.reviews, func(r ownReview) bool { return r.state == "PENDING" })
}

func (p *publisher) discard(ctx context.Context, id int64) error {
	_, _, err := p.rest(p.target.Installation).PullRequests.DeletePendingReview(ctx, p.target.Owner, p.target.Repo, p.target.Number, id)
	if hasStatus(err, http.StatusNotFound) {
		return nil
	}
	return p.classify(err)
}
