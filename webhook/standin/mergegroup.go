package standin

import (
	"fmt"
	"strings"
)

// MergeGroup is a commit that the merge queue wants to know the checks of.
type MergeGroup struct {
	Head    string // commit
	HeadRef string // "refs/heads/gh-readonly-queue/main/pr-1-…"
	Base    string // commit
	BaseRef string // "refs/heads/main"

	r     *Repository
	pulls []*Pull
}

// Queue puts pull requests on top of their base branch, as a merge queue does, and asks for the checks of
// the result.
func (r *Repository) Queue(pulls ...*Pull) *MergeGroup {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	base := r.refs[pulls[0].baseRef]
	head := base
	for _, p := range pulls {
		head = p.mergeOnto(head)
	}
	last := pulls[len(pulls)-1]
	m := &MergeGroup{
		Head: head.sha, HeadRef: fmt.Sprintf("refs/heads/gh-readonly-queue/%s/pr-%d-%s", last.baseRef, last.Number, base.sha),
		Base: base.sha, BaseRef: "refs/heads/" + last.baseRef, r: r, pulls: pulls,
	}
	r.groups = append(r.groups, m)
	r.push(strings.TrimPrefix(m.HeadRef, "refs/heads/"), head, last.author)
	m.event("checks_requested", "")
	return m
}

// Done ends the group: "merged", "invalidated" or "dequeued".
func (m *MergeGroup) Done(reason string) {
	m.r.g.mu.Lock()
	defer m.r.g.mu.Unlock()
	delete(m.r.refs, strings.TrimPrefix(m.HeadRef, "refs/heads/"))
	m.event("destroyed", reason)
}
