package github

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

const (
	// listPage is small: once the patches of an answer reach some 20,000 lines, GitHub gives the later files with
	// zero counts and no patch, unmarked. https://github.com/orgs/community/discussions/213491
	listPage = 50
	// listLimit is how many files of a pull request GitHub lists at most.
	// https://docs.github.com/rest/pulls/pulls#list-pull-requests-files
	listLimit = 3000
	// compareLimit is how many files a comparison has at most.
	// https://docs.github.com/rest/commits/commits#compare-two-commits
	compareLimit = 300
	// keptPatches bounds what is kept of patches; those that are not kept are computed.
	keptPatches = 2 << 20
)

// listing is what a target touches.
type listing struct {
	touched []review.Touched
	head    map[string]blobRef // contents of the files that are there now
	patches map[string]string  // as GitHub gave them
}

// listing reads which files the target touches.
func (c *Client) listing(ctx context.Context, t *webhook.Target) (*listing, error) {
	s, err := c.start(ctx, t)
	if err != nil {
		return nil, err
	}
	v := c.views.of(t)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.listing != nil {
		return v.listing, nil
	}
	l, err := c.readListing(ctx, t, s, v.count)
	if err != nil {
		return nil, fmt.Errorf("files of %s: %w", t.Key(), err)
	}
	v.listing, s.files = l, nil
	return l, nil
}

// readListing takes GitHub's list where it can be trusted, else the difference of the two trees.
func (c *Client) readListing(ctx context.Context, t *webhook.Target, s *start, count int) (*listing, error) {
	if t.MergeGroup != nil {
		if l := newListing(s.files); len(s.files) > 0 && len(s.files) < compareLimit && l != nil {
			return l, nil
		}
		return c.compareTrees(ctx, t, s)
	}
	if count >= listLimit {
		return c.compareTrees(ctx, t, s)
	}
	files, err := c.listFiles(ctx, t)
	if err != nil {
		return nil, err
	}
	// A list that is empty although there are commits may be true, or one that was not made yet.
	believable := len(files) < listLimit && (count < 0 || count == len(files)) && (len(files) > 0 || s.commit == t.Head)
	if l := newListing(files); l != nil && believable {
		return l, nil
	}
	return c.compareTrees(ctx, t, s)
}

func (c *Client) listFiles(ctx context.Context, t *webhook.Target) ([]*github.CommitFile, error) {
	var all []*github.CommitFile
	kept := 0
	o := &github.ListOptions{PerPage: listPage}
	for {
		files, resp, err := c.rest(t.Installation).PullRequests.ListFiles(ctx, t.Owner, t.Repo, t.Number, o)
		if err != nil {
			return nil, c.classify(err)
		}
		for _, f := range files {
			if !ofHead(f, t.Head) {
				return nil, &webhook.RetryError{Err: errors.New("a newer commit was pushed while the files were listed")}
			}
			if kept += len(f.GetPatch()); kept > keptPatches {
				f.Patch = nil
			}
		}
		all = append(all, files...)
		if resp.NextPage == 0 || len(all) >= listLimit {
			return all, nil
		}
		o.Page = resp.NextPage
	}
}

// ofHead reports whether the file is listed as of that head: the list is always that of the newest one. The address
// is only looked at, never called.
func ofHead(f *github.CommitFile, head string) bool {
	u, err := url.Parse(f.GetContentsURL())
	if err != nil {
		return true
	}
	ref := u.Query().Get("ref")
	return !isSHA(ref) || ref == head
}

// newListing makes a listing of GitHub's files, nil when they lack something.
func newListing(files []*github.CommitFile) *listing {
	l := &listing{head: map[string]blobRef{}, patches: map[string]string{}}
	for _, f := range files {
		t := review.Touched{Path: f.GetFilename(), Deleted: f.GetStatus() == "removed"}
		if f.GetStatus() == "renamed" {
			t.OldPath = f.GetPreviousFilename()
		}
		if !t.Deleted && !isSHA(f.GetSHA()) {
			return nil
		}
		if !t.Deleted {
			l.head[t.Path] = blobRef{f.GetSHA(), -1}
		}
		if f.Patch != nil {
			l.patches[t.Path] = *f.Patch
		}
		l.touched = append(l.touched, t)
	}
	return l
}

// compareTrees finds what differs between the merge base and the head.
func (c *Client) compareTrees(ctx context.Context, t *webhook.Target, s *start) (*listing, error) {
	before, err := c.tree(ctx, t.Job, s.tree)
	if err != nil {
		return nil, err
	}
	after, err := c.tree(ctx, t.Job, t.Head)
	if err != nil {
		return nil, err
	}
	l := &listing{head: map[string]blobRef{}}
	for _, f := range after.files {
		if old, ok := before.find(f.path); !ok || old.sha != f.sha {
			l.touched = append(l.touched, review.Touched{Path: f.path})
			l.head[f.path] = f.blobRef
		}
	}
	for _, f := range before.files {
		if _, ok := after.find(f.path); !ok {
			l.touched = append(l.touched, review.Touched{Path: f.path, Deleted: true})
		}
	}
	return l, nil
}

// touches tells what becomes of a path: there is false when it isn't touched, the content's SHA is "" when it
// is not there any more.
func (l *listing) touches(path string) (now blobRef, touched bool) {
	for _, t := range l.touched {
		if t.Path == path || t.OldPath == path {
			touched = true
		}
	}
	return l.head[path], touched
}
