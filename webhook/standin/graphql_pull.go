package standin

import (
	"slices"
	"strconv"
	"strings"

	gql "github.com/graph-gophers/graphql-go"
)

func gqlInt(n int32) string { return strconv.Itoa(int(n)) }

type pullNode struct {
	ID                                         gql.ID
	DatabaseID                                 *int32
	FullDatabaseID                             *scalar
	Number                                     int32
	Title, Body, State                         string
	IsDraft, Merged, Closed, IsCrossRepository bool
	Author                                     *actorNode
	HeadRefName, BaseRefName                   string
	HeadRefOid, BaseRefOid                     scalar
	CreatedAt, UpdatedAt, URL                  scalar
	q                                          *request
	p                                          *Pull
	weight                                     int
}

func (q *request) pullNode(p *Pull, weight int) *pullNode {
	return &pullNode{
		ID: gql.ID(node("PR", p.id)), DatabaseID: id32(p.id), FullDatabaseID: big(p.id), Number: int32(p.Number), Title: p.title,
		Body: p.body, State: p.graphState(), IsDraft: p.draft, Merged: p.merged != nil, Closed: !p.open,
		IsCrossRepository: p.headRepo != p.r, Author: q.g.actorNode(p.author), HeadRefName: p.headRef, BaseRefName: p.baseRef,
		HeadRefOid: scalar(p.head.sha), BaseRefOid: scalar(p.base.sha), CreatedAt: at(p.created), UpdatedAt: at(p.updated),
		URL: scalar(p.html("")), q: q, p: p, weight: weight,
	}
}

func (p *Pull) graphState() string {
	if p.merged != nil {
		return "MERGED"
	}
	return strings.ToUpper(p.state())
}

// BaseRepository is the one that it was opened in.
func (n *pullNode) BaseRepository() *repoNode { return n.q.repoNode(n.p.r) }

// HeadRepository is the one that its branch is in; null when it was deleted.
func (n *pullNode) HeadRepository() *repoNode {
	if !n.p.headRepo.exists() {
		return nil
	}
	return n.q.repoNode(n.p.headRepo)
}

// ChangedFiles counts them.
func (n *pullNode) ChangedFiles() int32 { return int32(len(n.p.diffed().files)) }

// Additions counts added lines.
func (n *pullNode) Additions() int32 { return n.count(func(c *change) int { return c.additions }) }

// Deletions counts removed lines.
func (n *pullNode) Deletions() int32 { return n.count(func(c *change) int { return c.deletions }) }

func (n *pullNode) count(of func(*change) int) (sum int32) {
	for _, f := range n.p.diffed().files {
		sum += int32(of(f.change()))
	}
	return sum
}

type fileNode struct {
	Additions, Deletions int32
	ChangeType, Path     string
}

// Files are the changed files.
func (n *pullNode) Files(in pageIn) (*connection[fileNode], error) {
	return connect(n.q, "files", n.weight, in, n.p.diffed().files, func(f *fileDiff, _ int) *fileNode {
		kind := map[string]string{"added": "ADDED", "removed": "DELETED", "modified": "MODIFIED", "renamed": "RENAMED"}[f.status]
		c := f.change()
		return &fileNode{Additions: int32(c.additions), Deletions: int32(c.deletions), ChangeType: kind, Path: f.path}
	})
}

// ReviewThreads are the conversations on lines.
func (n *pullNode) ReviewThreads(in pageIn) (*connection[threadNode], error) {
	return connect(n.q, "reviewThreads", n.weight, in, n.p.threads, n.q.threadNode)
}

// Reviews are the reviews; others' pending ones are hidden.
func (n *pullNode) Reviews(in struct {
	pageIn
	Author *string
	States *[]string
},
) (*connection[reviewNode], error) {
	q := *n.q
	q.pull = n.p
	all := slices.DeleteFunc(q.seen(), func(v *review) bool {
		return in.States != nil && !slices.Contains(*in.States, v.state) ||
			in.Author != nil && *in.Author != strings.TrimSuffix(v.author.login, "[bot]") && *in.Author != v.author.login
	})
	return connect(n.q, "reviews", n.weight, in.pageIn, all, n.q.reviewNode)
}

// Comments are those on the conversation.
func (n *pullNode) Comments(in pageIn) (*connection[remarkNode], error) {
	return connect(n.q, "comments", n.weight, in, n.p.remarks, func(m *remark, _ int) *remarkNode { return n.q.remarkNode(m) })
}

type remarkNode struct {
	minimizable
	DatabaseID      *int32
	FullDatabaseID  *scalar
	Author          *actorNode
	Body            string
	CreatedAt       scalar
	ViewerDidAuthor bool
	m               *remark
}

// minimizable is what all comments have.
type minimizable struct {
	ID                gql.ID
	IsMinimized       bool
	MinimizedReason   *string
	ViewerCanMinimize bool
}

func (q *request) minimizable(id, reason string) minimizable {
	return minimizable{
		ID: gql.ID(id), IsMinimized: reason != "", MinimizedReason: text(reason), ViewerCanMinimize: q.token.may("pull_requests", "write"),
	}
}

func (q *request) remarkNode(m *remark) *remarkNode {
	return &remarkNode{
		minimizable: q.minimizable(node("IC", m.id), m.minimized), DatabaseID: id32(m.id), FullDatabaseID: big(m.id),
		Author: q.g.actorNode(m.author), Body: m.body, CreatedAt: at(m.created), ViewerDidAuthor: m.author == q.app.bot, m: m,
	}
}
