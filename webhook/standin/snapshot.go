package standin

// State is the pull request as it is now.
func (p *Pull) State() PullState {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	return PullState{
		Number: p.Number, Title: p.title, Body: p.body, Author: p.author.login,
		Open: p.open, Merged: p.merged != nil, Draft: p.draft,
		HeadRef: p.headRef, BaseRef: p.baseRef, HeadRepo: p.headRepo.fullName(),
		Head: p.head.sha, Base: p.base.sha, MergeBase: p.diffed().from.sha,
		Created: p.created, Updated: p.updated,
	}
}

// Files are its changed files, by path.
func (p *Pull) Files() []File {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	var out []File
	for _, f := range p.diffed().files {
		c := f.change()
		out = append(out, File{
			Path: f.path, Previous: f.previous, Status: f.status, Additions: c.additions, Deletions: c.deletions,
			Binary: c.binary, Patch: c.patch, Hunks: c.hunks, OldSHA: f.old, NewSHA: f.new,
		})
	}
	return out
}

// Commits are its commits, oldest first.
func (p *Pull) Commits() []Commit {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	var out []Commit
	for _, c := range relate(p.base, p.head).ahead {
		s := Commit{SHA: c.sha, Message: c.message, Author: c.author.login, Date: c.date}
		for _, parent := range c.parents {
			s.Parents = append(s.Parents, parent.sha)
		}
		out = append(out, s)
	}
	return out
}

// Reviews are its reviews, oldest first.
func (p *Pull) Reviews() []Review {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	var out []Review
	for _, v := range p.reviews {
		s := Review{
			ID: v.id, Author: v.author.actor(), State: v.state, Body: v.body, Commit: v.commit.sha,
			Submitted: v.submitted, Minimized: v.minimized,
		}
		for _, c := range v.comments {
			s.Comments = append(s.Comments, c.id)
		}
		out = append(out, s)
	}
	return out
}

// Threads are its review threads, oldest first.
func (p *Pull) Threads() []Thread {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	var out []Thread
	for _, t := range p.threads {
		s := Thread{
			ID: node("PRRT", t.id), Path: t.path, Side: t.side, StartSide: t.startSide, Line: t.line, StartLine: t.start,
			Outdated: t.outdated(), Resolved: t.resolvedBy != nil, File: t.file,
		}
		if t.resolvedBy != nil {
			s.ResolvedBy = t.resolvedBy.login
		}
		for _, c := range t.comments {
			s.Comments = append(s.Comments, c.snapshot())
		}
		out = append(out, s)
	}
	return out
}

func (t *thread) outdated() bool { return t.line == 0 && !t.file }

func (c *comment) snapshot() Comment {
	t := c.thread
	s := Comment{
		ID: c.id, Review: c.review.id, Author: c.author.actor(), Body: c.body, Path: t.path, Side: t.side,
		Line: t.line, StartLine: t.start, OriginalLine: t.origLine, Commit: t.at.sha, Original: t.origCommit.sha,
		DiffHunk: t.hunk, Minimized: c.minimized, Reactions: map[string]int{}, Edits: c.edits,
		Created: c.created, Updated: c.updated,
	}
	for _, r := range c.reactions {
		s.Reactions[r.content]++
	}
	if c.replyTo != nil {
		s.ReplyTo = c.replyTo.id
	}
	return s
}

// Remark is a comment on the conversation.
type Remark struct {
	ID     int64
	Author Actor
	Body   string
}

// Remarks are the comments on the conversation, oldest first.
func (p *Pull) Remarks() []Remark {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	var out []Remark
	for _, m := range p.remarks {
		out = append(out, Remark{ID: m.id, Author: m.author.actor(), Body: m.body})
	}
	return out
}
