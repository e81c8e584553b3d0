package standin

import "slices"

// submit makes a review stand: its drafts become comments.
func (p *Pull) submit(v *review) *review {
	if v.id == 0 {
		v.id, v.p = p.r.g.id(), p
		p.reviews = append(p.reviews, v)
	}
	if v.state == "PENDING" {
		p.r.g.touch()
		return v
	}
	v.submitted = p.r.g.Clock.Now()
	drafts := v.drafts
	v.drafts = nil
	for _, d := range drafts {
		v.comments = append(v.comments, p.begin(d, v))
	}
	p.updated = v.submitted
	p.r.g.touch()
	p.reviewEvent("submitted", v)
	for _, c := range v.comments {
		p.commentEvent("created", c, v.author)
	}
	return v
}

// begin opens a thread with a draft as its first comment.
func (p *Pull) begin(d draft, v *review) *comment {
	g := p.r.g
	t := &thread{
		p: p, path: d.Path, file: d.Subject == "file", side: d.Side, startSide: d.StartSide,
		origLine: d.Line, origStart: d.StartLine, origCommit: v.commit, at: v.commit,
	}
	t.id = g.id()
	if !t.file {
		c := p.diffAt(v.commit).byPath[d.Path].change()
		_, t.origPos = c.find(d.Side, d.Line)
		t.hunk = c.excerpt(d.Side, d.Line)
	}
	t.relocate()
	p.threads = append(p.threads, t)
	return t.add(&comment{review: v, author: v.author, app: v.app, body: d.Body})
}

func (t *thread) add(c *comment) *comment {
	g := t.p.r.g
	c.id, c.thread = g.id(), t
	c.created = g.Clock.Now()
	c.updated = c.created
	t.comments = append(t.comments, c)
	return c
}

// comment finds a review comment.
func (p *Pull) comment(id int64) *comment {
	for _, t := range p.threads {
		for _, c := range t.comments {
			if c.id == id {
				return c
			}
		}
	}
	return nil
}

// reply answers a comment. A reply is a review of its own, as on GitHub.
func (p *Pull) reply(to *comment, by *account, app *App, body string) *comment {
	v := &review{id: p.r.g.id(), p: p, author: by, app: app, state: "COMMENTED", commit: p.head, submitted: p.r.g.Clock.Now()}
	c := to.thread.add(&comment{review: v, replyTo: to.thread.comments[0], author: by, app: app, body: body})
	v.comments = []*comment{c}
	p.reviews = append(p.reviews, v)
	p.r.g.touch()
	p.reviewEvent("submitted", v)
	p.commentEvent("created", c, by)
	return c
}

func (p *Pull) editComment(c *comment, by *account, body string) {
	was := c.body
	c.body, c.updated = body, p.r.g.Clock.Now()
	c.edits++
	p.r.g.touch()
	p.commentEdited(c, by, was)
}

// deleteComment removes a comment, and its thread when it was the last one.
func (p *Pull) deleteComment(c *comment, by *account) {
	t := c.thread
	p.commentEvent("deleted", c, by)
	t.comments = slices.DeleteFunc(t.comments, func(x *comment) bool { return x == c })
	c.review.comments = slices.DeleteFunc(c.review.comments, func(x *comment) bool { return x == c })
	if len(t.comments) == 0 {
		p.threads = slices.DeleteFunc(p.threads, func(x *thread) bool { return x == t })
	}
	p.r.g.touch()
}

// pending is somebody's review that was not submitted yet.
func (p *Pull) pending(by *account) *review {
	for _, v := range p.reviews {
		if v.author == by && v.state == "PENDING" {
			return v
		}
	}
	return nil
}

func (p *Pull) review(id int64) *review {
	for _, v := range p.reviews {
		if v.id == id {
			return v
		}
	}
	return nil
}

// say comments on the conversation.
func (p *Pull) say(by *account, body string) *remark {
	m := &remark{id: p.r.g.id(), author: by, body: body, created: p.r.g.Clock.Now()}
	p.remarks = append(p.remarks, m)
	p.r.g.touch()
	p.remarkEvent("created", m)
	return m
}
