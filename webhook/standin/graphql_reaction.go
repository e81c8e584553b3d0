package standin

type reactionGroup struct {
	Content string
	name    string // of the REST API
	n       *commentNode
}

// ReactionGroups are the reactions by kind, all kinds.
func (n *commentNode) ReactionGroups() *[]*reactionGroup {
	out := []*reactionGroup{}
	for i, content := range []string{"THUMBS_UP", "THUMBS_DOWN", "LAUGH", "CONFUSED", "HEART", "HOORAY", "EYES", "ROCKET"} {
		out = append(out, &reactionGroup{content, reactions[i], n})
	}
	return &out
}

// Reactors are those who reacted so.
func (g *reactionGroup) Reactors(in pageIn) (*connection[actorNode], error) {
	q := g.n.q
	return connect(q, "reactors", g.n.weight, in, g.n.c.reacted(g.name), func(r *reaction, _ int) *actorNode { return q.g.actorNode(r.author) })
}
