package github

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// Target reads the pull request or merge group as it is now.
func (c *Client) Target(ctx context.Context, j webhook.Job) (*webhook.Target, error) {
	if g := j.MergeGroup; g != nil {
		return &webhook.Target{Job: j, Open: true, Head: g.Head, Base: g.Base, BaseRef: strings.TrimPrefix(g.BaseRef, "refs/heads/")}, nil
	}
	pull, _, err := c.rest(j.Installation).PullRequests.Get(ctx, j.Owner, j.Repo, j.Number)
	if err != nil {
		return nil, fmt.Errorf("pull request %s: %w", j.Key(), c.notYet(ctx, j, c.classify(err)))
	}
	t := &webhook.Target{
		Job: j, Open: pull.GetState() == "open", Draft: pull.GetDraft(), Title: pull.GetTitle(), Body: pull.GetBody(), PullID: pull.GetID(),
		Fork:   pull.GetHead().GetRepo().GetID() != pull.GetBase().GetRepo().GetID(), // a fork that was deleted is none of ours, too
		RepoID: pull.GetBase().GetRepo().GetID(),
		Head:   pull.GetHead().GetSHA(), Base: pull.GetBase().GetSHA(), BaseRef: pull.GetBase().GetRef(),
	}
	c.views.of(t).count = changedFiles(pull)
	return t, nil
}

// changedFiles is how many files the pull request says that it changes, -1 when it doesn't say.
func changedFiles(pull *github.PullRequest) int {
	if pull.ChangedFiles == nil {
		return -1
	}
	return *pull.ChangedFiles
}

// notYet tells a pull request that GitHub's replicas have not heard of yet from one in a repository that
// is gone: pull requests themselves are not deleted.
func (c *Client) notYet(ctx context.Context, j webhook.Job, err error) error {
	if !isGone(err) {
		return err
	}
	if _, _, e := c.rest(j.Installation).Repositories.Get(ctx, j.Owner, j.Repo); e == nil {
		return &webhook.RetryError{Err: err}
	}
	return err
}
