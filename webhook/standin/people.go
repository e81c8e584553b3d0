package standin

// What people do to a pull request in the browser.

// Reply answers a review comment.
func (p *Pull) Reply(commentID int64, login, body string) int64 {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	to := p.comment(commentID)
	if to == nil {
		return 0
	}
	return p.reply(to, p.r.g.person(login), nil, body).id
}

// Resolve resolves the thread that a comment is in.
func (p *Pull) Resolve(commentID int64, login string) {
	p.setResolved(commentID, p.r.g.person, login, "resolved")
}

// Unresolve opens the thread again.
func (p *Pull) Unresolve(commentID int64, login string) {
	p.setResolved(commentID, func(string) *account { return nil }, login, "unresolved")
}

func (p *Pull) setResolved(commentID int64, by func(string) *account, login, action string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	c := p.comment(commentID)
	if c == nil {
		return
	}
	c.thread.resolvedBy = by(login)
	p.r.g.touch()
	p.threadEvent(action, c.thread, p.r.g.person(login))
}

// React adds somebody's reaction to a review comment: "+1", "-1", "laugh", "confused", "heart", "hooray",
// "rocket", "eyes". GitHub sends no webhook for it.
func (p *Pull) React(commentID int64, login, content string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	if c := p.comment(commentID); c != nil {
		c.react(p.r.g.person(login), content)
	}
}

// DeleteComment deletes a review comment.
func (p *Pull) DeleteComment(commentID int64, login string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	if c := p.comment(commentID); c != nil {
		p.deleteComment(c, p.r.g.person(login))
	}
}

// EditComment changes a review comment's text, as its author or a maintainer can.
func (p *Pull) EditComment(commentID int64, login, body string) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	if c := p.comment(commentID); c != nil {
		p.editComment(c, p.r.g.person(login), body)
	}
}

// Say comments on the conversation.
func (p *Pull) Say(login, body string) int64 {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	return p.say(p.r.g.person(login), body).id
}

// CommentOn comments on a line of the diff, as a review of its own. It returns 0 when the line isn't in
// the diff.
func (p *Pull) CommentOn(login, path string, line int, body string) int64 {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	d := draft{Path: path, Line: line, Side: "RIGHT", Body: body}
	if len(p.check(&d, p.head)) > 0 {
		return 0
	}
	return p.submit(&review{author: p.r.g.person(login), state: "COMMENTED", commit: p.head, drafts: []draft{d}}).comments[0].id
}
