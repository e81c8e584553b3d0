package standin

import "slices"

func (r *reaction) view(g *GitHub) obj {
	return obj{"id": r.id, "node_id": node("REA", r.id), "user": g.user(r.author), "content": r.content, "created_at": stamp(r.created)}
}

func listReactions(q *request) *answer {
	c := q.theComment()
	if c == nil {
		return notFound()
	}
	all := c.reactions
	if content := q.URL.Query().Get("content"); content != "" {
		all = c.reacted(content)
	}
	_, a := paged(q, all, func(r *reaction) any { return r.view(q.g) })
	return a
}

// createReaction answers 200 to one that is there already.
func createReaction(q *request) *answer {
	c := q.theComment()
	if c == nil {
		return notFound()
	}
	var in struct{ Content string }
	if no := q.read(&in); no != nil {
		return no
	}
	if !slices.Contains(reactions, in.Content) {
		return invalid(obj{"resource": "Reaction", "code": "invalid", "field": "content"})
	}
	r, fresh := c.react(q.app.bot, in.Content)
	if !fresh {
		return ok(r.view(q.g))
	}
	return created(r.view(q.g))
}

// deleteReaction takes back the caller's own ones only.
func deleteReaction(q *request) *answer {
	c := q.theComment()
	if c == nil {
		return notFound()
	}
	for _, r := range c.reactions {
		switch {
		case r.id != q.number("reaction_id"):
		case r.author != q.app.bot:
			return forbidden()
		default:
			c.take(r)
			return none()
		}
	}
	return notFound()
}
