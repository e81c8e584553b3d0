package github

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// start is where a target's change starts from: the merge base.
type start struct {
	commit string
	tree   string // its tree, or the commit where that isn't known: GitHub takes either
	files  []*github.CommitFile
}

// comparison is the part of GitHub's answer that matters here.
type comparison struct {
	MergeBase struct {
		SHA    string `json:"sha"`
		Commit struct {
			Tree struct {
				SHA string `json:"sha"`
			} `json:"tree"`
		} `json:"commit"`
	} `json:"merge_base_commit"`
	Files []*github.CommitFile `json:"files"`
}

// start finds the merge base of the target.
func (c *Client) start(ctx context.Context, t *webhook.Target) (*start, error) {
	v := c.views.of(t)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.start != nil {
		return v.start, nil
	}
	cmp, err := c.compare(ctx, t)
	switch {
	case isGone(err):
		// No compare here, as on an emulator, or no common ancestor any more.
		v.start = &start{commit: t.Base, tree: t.Base}
	case err != nil:
		return nil, fmt.Errorf("merge base of %s: %w", t.Key(), err)
	default:
		v.start = &start{cmp.MergeBase.SHA, cmp.MergeBase.Commit.Tree.SHA, cmp.Files}
	}
	if v.start.tree == "" {
		v.start.tree = v.start.commit
	}
	return v.start, nil
}

// compare asks for the merge base. Files come with the first page only, and only a merge group needs them:
// a pull request lists its own.
// https://docs.github.com/rest/commits/commits#compare-two-commits
func (c *Client) compare(ctx context.Context, t *webhook.Target) (*comparison, error) {
	page := "?per_page=1&page=2"
	if t.MergeGroup != nil {
		page = "?per_page=1"
	}
	out, err := c.comparePage(ctx, t, page)
	if err == nil && out.MergeBase.SHA == "" {
		out, err = c.comparePage(ctx, t, "")
	}
	if err == nil && out.MergeBase.SHA == "" {
		err = &webhook.GoneError{What: "there is no merge base", Err: fmt.Errorf("compare %s...%s", t.Base, t.Head)}
	}
	return out, err
}

func (c *Client) comparePage(ctx context.Context, t *webhook.Target, query string) (*comparison, error) {
	path := fmt.Sprintf("repos/%s/%s/compare/%s...%s%s", t.Owner, t.Repo, url.PathEscape(t.Base), url.PathEscape(t.Head), query)
	gh := c.rest(t.Installation)
	req, err := gh.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	out := &comparison{}
	if _, err := gh.Do(ctx, req, out); err != nil {
		return nil, c.classify(err)
	}
	return out, nil
}
