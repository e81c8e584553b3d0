package standin

import (
	"cmp"

	gql "github.com/graph-gophers/graphql-go"
)

type threadNode struct {
	ID                                                   gql.ID
	IsResolved, IsOutdated, IsCollapsed                  bool
	Path, DiffSide, SubjectType                          string
	StartDiffSide                                        *string
	Line, StartLine, OriginalLine, OriginalStartLine     *int32
	ResolvedBy                                           *actorNode
	ViewerCanReply, ViewerCanResolve, ViewerCanUnresolve bool
	q                                                    *request
	t                                                    *thread
	weight                                               int
}

func (q *request) threadNode(t *thread, weight int) *threadNode {
	n := &threadNode{
		ID: gql.ID(node("PRRT", t.id)), IsResolved: t.resolvedBy != nil, IsOutdated: t.outdated(), Path: t.path,
		DiffSide: cmp.Or(t.side, "RIGHT"), SubjectType: "LINE", Line: maybe(t.line), StartLine: maybe(t.start),
		OriginalLine: maybe(t.origLine), OriginalStartLine: maybe(t.origStart), ResolvedBy: q.g.actorNode(t.resolvedBy),
		ViewerCanReply: true, ViewerCanResolve: q.token.may("contents", "write"), q: q, t: t, weight: weight,
	}
	n.IsCollapsed = n.IsResolved || n.IsOutdated
	n.ViewerCanUnresolve = n.ViewerCanResolve
	if t.file {
		n.SubjectType = "FILE"
	}
	if t.origStart > 0 {
		n.StartDiffSide = text(cmp.Or(t.startSide, "RIGHT"))
	}
	return n
}

// Comments are the thread's.
func (n *threadNode) Comments(in pageIn) (*connection[commentNode], error) {
	return connect(n.q, "comments", n.weight, in, n.t.comments, n.q.commentNode)
}

type commentNode struct {
	minimizable
	DatabaseID                                       *int32
	FullDatabaseID                                   *scalar
	Author                                           *actorNode
	Body, DiffHunk, Path, State                      string
	Line, StartLine, OriginalLine, OriginalStartLine *int32
	Outdated, ViewerDidAuthor                        bool
	CreatedAt, UpdatedAt, URL                        scalar
	q                                                *request
	c                                                *comment
	weight                                           int
}

func (q *request) commentNode(c *comment, weight int) *commentNode {
	t := c.thread
	return &commentNode{
		minimizable: q.minimizable(node("PRRC", c.id), c.minimized), DatabaseID: id32(c.id), FullDatabaseID: big(c.id),
		Author: q.g.actorNode(c.author), Body: c.body, DiffHunk: t.hunk, Path: t.path, State: "SUBMITTED",
		Line: maybe(t.line), StartLine: maybe(t.start), OriginalLine: maybe(t.origLine), OriginalStartLine: maybe(t.origStart),
		Outdated: t.outdated(), ViewerDidAuthor: c.author == q.app.bot, CreatedAt: at(c.created), UpdatedAt: at(c.updated),
		URL: scalar(c.view()["html_url"].(string)), q: q, c: c, weight: weight,
	}
}

// Commit is where the line was last found.
func (n *commentNode) Commit() *commitNode { return n.q.repoNode(n.c.thread.p.r).commit(n.c.thread.at) }

// OriginalCommit is what the comment was written for.
func (n *commentNode) OriginalCommit() *commitNode {
	return n.q.repoNode(n.c.thread.p.r).commit(n.c.thread.origCommit)
}

// PullRequestReview is the review that it is part of.
func (n *commentNode) PullRequestReview() *reviewNode { return n.q.reviewNode(n.c.review, 1) }

// ReplyTo is the thread's first comment.
func (n *commentNode) ReplyTo() *commentNode {
	if n.c.replyTo == nil {
		return nil
	}
	return n.q.commentNode(n.c.replyTo, 1)
}

type reviewNode struct {
	minimizable
	DatabaseID      *int32
	FullDatabaseID  *scalar
	Author          *actorNode
	Body, State     string
	CreatedAt, URL  scalar
	SubmittedAt     *scalar
	ViewerDidAuthor bool
	q               *request
	v               *review
	weight          int
}

func (q *request) reviewNode(v *review, weight int) *reviewNode {
	return &reviewNode{
		minimizable: q.minimizable(node("PRR", v.id), v.minimized), DatabaseID: id32(v.id), FullDatabaseID: big(v.id),
		Author: q.g.actorNode(v.author), Body: v.body, State: v.state, CreatedAt: at(v.submitted), SubmittedAt: maybeAt(v.submitted),
		URL: scalar(v.view()["html_url"].(string)), ViewerDidAuthor: v.author == q.app.bot, q: q, v: v, weight: weight,
	}
}

// Commit is what was reviewed.
func (n *reviewNode) Commit() *commitNode { return n.q.repoNode(n.v.p.r).commit(n.v.commit) }

// Comments are the review's.
func (n *reviewNode) Comments(in pageIn) (*connection[commentNode], error) {
	return connect(n.q, "comments", n.weight, in, n.v.comments, n.q.commentNode)
}
