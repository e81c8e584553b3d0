package github

import (
	"context"

	"github.com/google/go-github/v60/github"
)

// readREST reads the conversation where there is no GraphQL. It can't tell what was resolved or hidden.
func (c *Client) readREST(ctx context.Context, e *eavesdrop) error {
	t := e.target
	gh := c.rest(t.Installation)
	pull, _, err := gh.PullRequests.Get(ctx, t.Owner, t.Repo, t.Number)
	if err != nil {
		return err
	}
	e.talk.head, e.talk.closed, e.talk.merged = pull.GetHead().GetSHA(), pull.GetState() == "closed", pull.GetMerged()
	if t.PullID == 0 {
		e.about(pull.GetID())
	}
	comments, err := all(func(o github.ListOptions) ([]*github.PullRequestComment, *github.Response, error) {
		return gh.PullRequests.ListComments(ctx, t.Owner, t.Repo, t.Number, &github.PullRequestListCommentsOptions{ListOptions: o})
	})
	if err != nil {
		return err
	}
	e.threadsOf(comments)
	reviews, err := all(func(o github.ListOptions) ([]*github.PullRequestReview, *github.Response, error) {
		return gh.PullRequests.ListReviews(ctx, t.Owner, t.Repo, t.Number, &o)
	})
	for _, r := range reviews {
		login, bot := botLogin(r.GetUser())
		e.review(r.GetID(), r.GetState(), wrote{bot, login, r.GetBody()})
	}
	return err
}

// threadsOf puts replies to what they answer: REST lists all comments in a row.
func (e *eavesdrop) threadsOf(comments []*github.PullRequestComment) {
	replies := map[int64][]wrote{}
	for _, c := range comments {
		login, bot := botLogin(c.GetUser())
		replies[c.GetInReplyTo()] = append(replies[c.GetInReplyTo()], wrote{bot, login, c.GetBody()})
	}
	for _, c := range comments {
		if c.GetInReplyTo() != 0 {
			continue
		}
		login, bot := botLogin(c.GetUser())
		own := &comment{id: c.GetID(), node: c.GetNodeID(), path: c.GetPath(), first: c.GetStartLine(), last: c.GetLine(), at: c.GetCreatedAt().Time}
		if r := c.Reactions; r != nil { // bots' count as well: here they can't be told from people's
			own.up, own.down = r.GetPlusOne(), r.GetMinusOne()
		}
		if own.first == 0 {
			own.first = own.last
		}
		e.thread(own, wrote{bot, login, c.GetBody()}, replies[c.GetID()])
	}
}

// all reads a list to its end.
func all[T any](list func(github.ListOptions) ([]T, *github.Response, error)) ([]T, error) {
	var items []T
	for item, err := range pages(list) {
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}
