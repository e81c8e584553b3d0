package standin

import (
	"slices"
	"time"
)

// reaction is what somebody thinks of a review comment, in one sign.
type reaction struct {
	id      int64
	author  *account
	content string
	created time.Time
}

// reactions that there are.
var reactions = []string{"+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"}

// react adds somebody's reaction; once for each sign.
func (c *comment) react(by *account, content string) (r *reaction, fresh bool) {
	for _, r := range c.reactions {
		if r.author == by && r.content == content {
			return r, false
		}
	}
	g := c.thread.p.r.g
	r = &reaction{id: g.id(), author: by, content: content, created: g.Clock.Now()}
	c.reactions = append(c.reactions, r)
	g.touch()
	return r, true
}

// take takes a reaction back.
func (c *comment) take(r *reaction) {
	c.reactions = slices.DeleteFunc(c.reactions, func(x *reaction) bool { return x == r })
	c.thread.p.r.g.touch()
}

// reacted are the reactions of one kind.
func (c *comment) reacted(content string) (all []*reaction) {
	for _, r := range c.reactions {
		if r.content == content {
			all = append(all, r)
		}
	}
	return all
}

// rollup counts them, whoever they are of.
func (c *comment) rollup(url string) obj {
	v := obj{"url": url + "/reactions", "total_count": len(c.reactions)}
	for _, name := range reactions {
		v[name] = len(c.reacted(name))
	}
	return v
}
