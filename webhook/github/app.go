package github

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// perPage is the most that GitHub's lists give at once.
const perPage = 100

// Deliveries lists the attempts to deliver events to the App since then, newest first.
func (c *Client) Deliveries(ctx context.Context, since time.Time) ([]webhook.Delivery, error) {
	var list []webhook.Delivery
	for cursor := ""; ; {
		page, resp, err := c.app().Apps.ListHookDeliveries(ctx, &github.ListCursorOptions{PerPage: perPage, Cursor: cursor})
		if err != nil {
			return nil, c.classify(err)
		}
		older := 0
		for _, d := range page {
			if d.GetDeliveredAt().Before(since) {
				older++
				continue
			}
			list = append(list, delivery(d))
		}
		// The list is sorted by id, and a redelivery may be listed a little out of its time: only a
		// page of nothing but older ones ends it.
		if older == len(page) || resp.Cursor == "" || resp.Cursor == cursor {
			return list, nil
		}
		cursor = resp.Cursor
	}
}

func delivery(d *github.HookDelivery) webhook.Delivery {
	return webhook.Delivery{
		ID: d.GetID(), GUID: d.GetGUID(), Event: d.GetEvent(), Action: d.GetAction(), DeliveredAt: d.GetDeliveredAt().Time,
		Status: d.GetStatus(), StatusCode: d.GetStatusCode(), Redelivery: d.GetRedelivery(),
	}
}

// Payload is the body of a delivery; nil when GitHub doesn't have it any more.
func (c *Client) Payload(ctx context.Context, id int64) ([]byte, error) {
	d, _, err := c.app().Apps.GetHookDelivery(ctx, id)
	if hasStatus(err, 404, 410) {
		return nil, nil
	}
	if err != nil {
		return nil, c.classify(err)
	}
	if d.Request == nil || d.Request.RawPayload == nil || string(*d.Request.RawPayload) == "null" {
		return nil, nil
	}
	return *d.Request.RawPayload, nil
}

// Redeliver asks GitHub to send a delivery again; it answers 202.
func (c *Client) Redeliver(ctx context.Context, id int64) error {
	_, _, err := c.app().Apps.RedeliverHookDelivery(ctx, id)
	if _, accepted := errors.AsType[*github.AcceptedError](err); accepted {
		return nil
	}
	return c.classify(err)
}

// Installations lists those that are not suspended.
func (c *Client) Installations(ctx context.Context) ([]webhook.Installation, error) {
	var list []webhook.Installation
	for i, err := range pages(func(o github.ListOptions) ([]*github.Installation, *github.Response, error) {
		return c.app().Apps.ListInstallations(ctx, &o)
	}) {
		if err != nil {
			return nil, c.classify(err)
		}
		if i.SuspendedAt == nil {
			list = append(list, installation(i))
		}
	}
	return list, nil
}

// Installation reads one.
func (c *Client) Installation(ctx context.Context, id int64) (webhook.Installation, error) {
	i, _, err := c.app().Apps.GetInstallation(ctx, id)
	switch {
	case hasStatus(err, 404):
		return webhook.Installation{}, &webhook.GoneError{What: "the App was uninstalled", Err: err}
	case err != nil:
		return webhook.Installation{}, c.classify(err)
	case i.SuspendedAt != nil:
		return webhook.Installation{}, &webhook.GoneError{What: "the installation was suspended", Err: fmt.Errorf("installation %d", id)}
	}
	return installation(i), nil
}

func installation(i *github.Installation) webhook.Installation {
	return webhook.Installation{ID: i.GetID(), Account: i.GetAccount().GetLogin(), CreatedAt: i.GetCreatedAt().Time}
}

// OpenPulls lists the open pull requests of an installation that were updated since then. Archived
// repositories take no reviews.
func (c *Client) OpenPulls(ctx context.Context, id int64, since time.Time) iter.Seq2[webhook.OpenPull, error] {
	return func(yield func(webhook.OpenPull, error) bool) {
		for repo, err := range c.repositories(ctx, id) {
			if err != nil {
				yield(webhook.OpenPull{}, c.classify(err))
				return
			}
			if repo.GetArchived() || repo.GetDisabled() {
				continue
			}
			for p, err := range c.openPulls(ctx, id, repo, since) {
				if !yield(p, err) || err != nil {
					return
				}
			}
		}
	}
}

func (c *Client) repositories(ctx context.Context, id int64) iter.Seq2[*github.Repository, error] {
	return pages(func(o github.ListOptions) ([]*github.Repository, *github.Response, error) {
		list, resp, err := c.rest(id).Apps.ListRepos(ctx, &o)
		if err != nil {
			return nil, resp, err
		}
		return list.Repositories, resp, nil
	})
}

// openPulls are one repository's, most recently updated first.
func (c *Client) openPulls(ctx context.Context, id int64, repo *github.Repository, since time.Time) iter.Seq2[webhook.OpenPull, error] {
	owner, name := repo.GetOwner().GetLogin(), repo.GetName()
	list := pages(func(o github.ListOptions) ([]*github.PullRequest, *github.Response, error) {
		return c.rest(id).PullRequests.List(ctx, owner, name, &github.PullRequestListOptions{State: "open", Sort: "updated", Direction: "desc", ListOptions: o})
	})
	return func(yield func(webhook.OpenPull, error) bool) {
		for p, err := range list {
			if hasStatus(err, 404) { // it was deleted since it was listed
				return
			}
			if err != nil {
				yield(webhook.OpenPull{}, c.classify(err))
				return
			}
			if p.GetUpdatedAt().Before(since) || !yield(openPull(id, owner, name, p), nil) {
				return
			}
		}
	}
}

func openPull(id int64, owner, name string, p *github.PullRequest) webhook.OpenPull {
	return webhook.OpenPull{
		Job:       webhook.Job{Installation: id, Owner: owner, Repo: name, Number: p.GetNumber()},
		Head:      p.GetHead().GetSHA(),
		UpdatedAt: p.GetUpdatedAt().Time,
		Draft:     p.GetDraft(),
	}
}

// HasCheck is the newest check run of ours on a commit.
func (c *Client) HasCheck(ctx context.Context, j webhook.Job, head string) (webhook.CheckState, error) {
	app := c.options.AppID
	list, _, err := c.rest(j.Installation).Checks.ListCheckRunsForRef(ctx, j.Owner, j.Repo, head,
		&github.ListCheckRunsOptions{AppID: &app, ListOptions: github.ListOptions{PerPage: perPage}})
	if err != nil {
		return webhook.CheckState{}, c.classify(err)
	}
	var last *github.CheckRun
	for _, run := range list.CheckRuns {
		if run.GetApp().GetID() == app && (last == nil || run.GetID() > last.GetID()) {
			last = run
		}
	}
	if last == nil {
		return webhook.CheckState{}, nil
	}
	return webhook.CheckState{Status: last.GetStatus(), StartedAt: last.GetStartedAt().Time}, nil
}

// pages goes through a list page by page, as far as it is asked.
func pages[T any](list func(github.ListOptions) ([]T, *github.Response, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for o := (github.ListOptions{Page: 1, PerPage: perPage}); ; {
			page, resp, err := list(o)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range page {
				if !yield(item, nil) {
					return
				}
			}
			if resp.NextPage <= o.Page {
				return
			}
			o.Page = resp.NextPage
		}
	}
}
