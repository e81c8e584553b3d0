package standin

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// PullOptions describe a new pull request.
type PullOptions struct {
	Head   string // branch that exists already, or that Files make
	Base   string // default: the default branch
	Title  string
	Body   string
	Draft  bool
	Author string // default "octocat"
	Fork   string // owner of the fork that the head lies in, "" = the repository itself
	// Files are committed on the head before the pull request is opened.
	Files map[string]*string
}

// Pull is a pull request.
type Pull struct {
	Number int

	r           *Repository
	id          int64
	title, body string
	author      *account
	draft       bool
	open        bool
	merged      *commit
	headRepo    *Repository
	headRef     string
	baseRef     string
	head, base  *commit // as of the last push or change of the base
	created     time.Time
	updated     time.Time
	closed      time.Time
	reviews     []*review
	threads     []*thread
	remarks     []*remark // comments on the conversation
	diff        *diff     // of base and head, made when first asked for
}

// OpenPull opens a pull request.
func (r *Repository) OpenPull(o PullOptions) *Pull {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	if o.Base == "" {
		o.Base = r.main
	}
	head, author := r, r.g.person(o.Author)
	if o.Fork != "" {
		head = r.fork(o.Fork)
	}
	if o.Files != nil {
		head.commit(o.Head, "Change "+names(o.Files), o.Files, author)
	}
	if head.refs[o.Head] == nil {
		head.refs[o.Head] = r.refs[o.Base]
	}
	r.last++
	now := r.g.Clock.Now()
	p := &Pull{
		Number: r.last, r: r, id: r.g.id(), title: o.Title, body: o.Body, author: author, draft: o.Draft, open: true,
		headRepo: head, headRef: o.Head, baseRef: o.Base, head: head.refs[o.Head], base: r.refs[o.Base],
		created: now, updated: now,
	}
	if p.title == "" {
		p.title = fmt.Sprintf("Pull request %d", p.Number)
	}
	r.pulls[p.Number] = p
	r.index(p)
	r.g.touch()
	p.event("opened", author, nil)
	return p
}

// index makes the pull request found by its head's name and commit.
func (r *Repository) index(p *Pull) {
	for _, key := range []string{"refs/heads/" + p.headRef, p.head.sha} {
		if !slices.Contains(r.heads[key], p) {
			r.heads[key] = append(r.heads[key], p)
		}
	}
}

// names lists files for a commit message.
func names(files map[string]*string) string {
	var out []string
	for path := range files {
		out = append(out, path[strings.LastIndexByte(path, '/')+1:])
	}
	slices.Sort(out)
	if len(out) > 3 {
		out = append(out[:3], "and others")
	}
	return strings.Join(out, ", ")
}

// pullRef finds the commit of "refs/pull/n/head".
func (r *Repository) pullRef(rev string) *commit {
	var n int
	if _, err := fmt.Sscanf(strings.TrimPrefix(rev, "refs/"), "pull/%d/head", &n); err != nil || r.pulls[n] == nil {
		return nil
	}
	return r.pulls[n].head
}
