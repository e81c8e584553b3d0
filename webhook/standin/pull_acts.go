package standin

import (
	"maps"
	"time"
)

// Push commits files (nil deletes) on the pull request's branch.
func (p *Pull) Push(files map[string]*string) (sha string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	return p.headRepo.commit(p.headRef, "Change "+names(files), files, p.author).sha
}

// ForcePush replaces the pull request's commits by a single one, made on the merge base.
func (p *Pull) ForcePush(files map[string]*string) (sha string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	o := p.r.objects
	from := relate(p.base, p.head).base
	c := o.commit(o.with(from.tree, files), []*commit{from}, p.author, "Change "+names(files), p.r.g.Clock.Now())
	p.headRepo.push(p.headRef, c, p.author)
	return c.sha
}

// synchronize takes over a pushed commit.
func (p *Pull) synchronize(c *commit, by *account) {
	was := p.head
	p.move(c, p.r.refs[p.baseRef])
	p.event("synchronize", by, obj{"before": was.sha, "after": c.sha})
}

// move changes what the pull request compares.
func (p *Pull) move(head, base *commit) {
	if base == nil {
		base = p.base // the branch was deleted
	}
	p.head, p.base, p.diff = head, base, nil
	p.updated = p.r.g.Clock.Now()
	p.r.index(p)
	p.relocate()
	p.r.g.touch()
}

// Close closes the pull request.
func (p *Pull) Close() {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	p.close(p.author)
}

func (p *Pull) close(by *account) {
	p.open, p.closed = false, p.r.g.Clock.Now()
	p.updated = p.closed
	p.r.g.touch()
	p.event("closed", by, nil)
}

// Reopen opens it again, with what its branch has by now.
func (p *Pull) Reopen() {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	p.open, p.closed = true, time.Time{}
	if c := p.headRepo.refs[p.headRef]; c != nil {
		p.move(c, p.r.refs[p.baseRef])
	}
	p.event("reopened", p.author, nil)
}

// Ready ends the draft.
func (p *Pull) Ready() { p.setDraft(false, "ready_for_review") }

// ConvertToDraft makes it a draft.
func (p *Pull) ConvertToDraft() { p.setDraft(true, "converted_to_draft") }

func (p *Pull) setDraft(draft bool, action string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	p.draft = draft
	p.updated = p.r.g.Clock.Now()
	p.r.g.touch()
	p.event(action, p.author, nil)
}

// Retarget changes the branch that it goes to.
func (p *Pull) Retarget(base string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	was, sha := p.baseRef, p.base.sha
	p.baseRef = base
	p.move(p.head, p.r.refs[base])
	p.event("edited", p.author, obj{"changes": obj{"base": obj{"ref": obj{"from": was}, "sha": obj{"from": sha}}}})
}

// Edit changes the title.
func (p *Pull) Edit(title string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	was := p.title
	p.title = title
	p.updated = p.r.g.Clock.Now()
	p.r.g.touch()
	p.event("edited", p.author, obj{"changes": obj{"title": obj{"from": was}}})
}

// Merge merges it into its base branch, by a merge commit.
func (p *Pull) Merge() (sha string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	c := p.mergeOnto(p.r.refs[p.baseRef])
	p.merged = c
	p.r.push(p.baseRef, c, p.author)
	p.close(p.author)
	return c.sha
}

// mergeOnto is the commit that merges the pull request into another commit. What it changes wins.
func (p *Pull) mergeOnto(onto *commit) *commit {
	files := map[string]*string{}
	from := relate(p.base, p.head).base
	for _, d := range differ(from.tree, p.head.tree) {
		files[d.path] = nil
		if d.new.sha != "" {
			files[d.path] = new(string(p.r.objects.blobs[d.new.sha]))
		}
	}
	o := p.r.objects
	return o.commit(o.with(onto.tree, maps.Clone(files)), []*commit{onto, p.head}, p.author,
		"Merge pull request "+p.label(), p.r.g.Clock.Now())
}
