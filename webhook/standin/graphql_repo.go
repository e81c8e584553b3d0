package standin

import (
	"slices"
	"strings"
	"unicode/utf8"

	gql "github.com/graph-gophers/graphql-go"
)

type repoNode struct {
	ID                  gql.ID
	DatabaseID          *int32
	Name, NameWithOwner string
	IsFork, IsPrivate   bool
	Owner               *actorNode
	URL                 scalar
	q                   *request
	r                   *Repository
}

func (q *request) repoNode(r *Repository) *repoNode {
	return &repoNode{
		ID: gql.ID(node("R", r.ID)), DatabaseID: id32(r.ID), Name: r.Name, NameWithOwner: r.fullName(), IsFork: r.parent != nil,
		IsPrivate: r.private, Owner: q.g.actorNode(r.owner), URL: scalar(r.html("")), q: q, r: r,
	}
}

type refNode struct {
	ID     gql.ID
	Name   string
	Target *anyNode
}

func (n *repoNode) ref(name string) *refNode {
	c := n.r.refs[strings.TrimPrefix(name, "refs/heads/")]
	if c == nil {
		return nil
	}
	return &refNode{ID: gql.ID(node("REF", name)), Name: strings.TrimPrefix(name, "refs/heads/"), Target: n.object(c, nil, "")}
}

// DefaultBranchRef is the default branch.
func (n *repoNode) DefaultBranchRef() *refNode { return n.ref(n.r.main) }

// Ref finds a branch.
func (n *repoNode) Ref(in struct{ QualifiedName string }) *refNode { return n.ref(in.QualifiedName) }

// Object finds a git object by name, or by an expression such as "main:db/V1.sql". What isn't there is null.
func (n *repoNode) Object(in struct {
	Expression *string
	Oid        *scalar
},
) (*anyNode, error) {
	if !n.q.token.may("contents", "read") {
		return nil, inaccessible()
	}
	switch {
	case in.Oid != nil && len(*in.Oid) != 40:
		return nil, &graphError{"INVALID", "The git object ID " + string(*in.Oid) + " is not a full SHA-1."}
	case in.Oid != nil:
		o := n.r.objects
		sha := string(*in.Oid)
		if _, ok := o.blobs[sha]; ok {
			return n.object(nil, nil, sha), nil
		}
		return n.object(o.commits[sha], o.trees[sha], ""), nil
	case in.Expression == nil:
		return nil, nil
	}
	return n.expression(*in.Expression), nil
}

func (n *repoNode) expression(text string) *anyNode {
	rev, path, within := strings.Cut(text, ":")
	c := n.r.resolve(rev)
	switch {
	case c == nil:
		return nil
	case !within:
		return n.object(c, nil, "")
	}
	e, ok := c.tree.at(path)
	switch {
	case !ok:
		return nil
	case e.dir != nil:
		return n.object(nil, e.dir, "")
	}
	return n.object(nil, nil, e.sha)
}

type blobNode struct {
	ID             gql.ID
	Oid            scalar
	AbbreviatedOid string
	ByteSize       int32
	IsBinary       *bool
	IsTruncated    bool
	Text           *string
}

type commitNode struct {
	ID             gql.ID
	Oid            scalar
	AbbreviatedOid string
	CommittedDate  scalar
	Message        string
	Tree           *treeNode
}

type treeNode struct {
	ID             gql.ID
	Oid            scalar
	AbbreviatedOid string
	n              *repoNode
	t              *tree
}

type treeEntryNode struct {
	Mode, Size int32
	Name, Type string
	Oid        scalar
	Path       *string
	Object     *anyNode
}

// object is the node of the one that is given.
func (n *repoNode) object(c *commit, t *tree, blob string) *anyNode {
	switch {
	case c != nil:
		return &anyNode{ID: gql.ID(node("C", c.sha)), commit: n.commit(c)}
	case t != nil:
		return &anyNode{ID: gql.ID(node("T", t.sha)), tree: n.tree(t)}
	case blob != "":
		return &anyNode{ID: gql.ID(node("B", blob)), blob: n.blob(blob)}
	}
	return nil
}

func (n *repoNode) commit(c *commit) *commitNode {
	return &commitNode{
		ID: gql.ID(node("C", c.sha)), Oid: scalar(c.sha), AbbreviatedOid: c.sha[:7], CommittedDate: at(c.date), Message: c.message,
		Tree: n.tree(c.tree),
	}
}

func (n *repoNode) tree(t *tree) *treeNode {
	return &treeNode{ID: gql.ID(node("T", t.sha)), Oid: scalar(t.sha), AbbreviatedOid: t.sha[:7], n: n, t: t}
}

// shownText is how much of a blob GraphQL gives.
const shownText = 512_000

// blob is a blob's node. Text that is no UTF-8 is made so, and what it was is lost.
func (n *repoNode) blob(sha string) *blobNode {
	data := n.r.objects.blobs[sha]
	isBinary := binary(data)
	b := &blobNode{ID: gql.ID(node("B", sha)), Oid: scalar(sha), AbbreviatedOid: sha[:7], ByteSize: int32(len(data)), IsBinary: &isBinary}
	if isBinary {
		return b
	}
	if len(data) > shownText {
		cut := shownText
		for cut > 0 && !utf8.RuneStart(data[cut]) {
			cut--
		}
		b.IsTruncated, data = true, data[:cut]
	}
	b.Text = new(strings.ToValidUTF8(string(data), "\uFFFD"))
	return b
}

// Entries are a directory's.
func (t *treeNode) Entries() *[]*treeEntryNode {
	out := []*treeEntryNode{}
	for _, e := range t.t.entries() {
		entry := &treeEntryNode{Mode: 33188, Size: int32(e.size), Name: e.name, Type: e.kind(), Oid: scalar(e.sha), Path: text(e.name)}
		if e.dir != nil {
			entry.Mode = 16384
			entry.Object = t.n.object(nil, e.dir, "")
		} else {
			entry.Object = t.n.object(nil, nil, e.sha)
		}
		out = append(out, entry)
	}
	return &out
}

// PullRequest finds a pull request.
func (n *repoNode) PullRequest(in struct{ Number int32 }) (*pullNode, error) {
	p := n.r.pulls[int(in.Number)]
	switch {
	case !n.q.token.may("pull_requests", "read"):
		return nil, inaccessible()
	case p == nil:
		return nil, missing("Could not resolve to a PullRequest with the number of " + gqlInt(in.Number) + ".")
	}
	return n.q.pullNode(p, 1), nil
}

// PullRequests lists them, oldest first.
func (n *repoNode) PullRequests(in struct {
	pageIn
	States *[]string
},
) (*connection[pullNode], error) {
	all := slices.DeleteFunc(n.r.pullList(), func(p *Pull) bool {
		return in.States != nil && !slices.Contains(*in.States, p.graphState())
	})
	return connect(n.q, "pullRequests", 1, in.pageIn, all, n.q.pullNode)
}
