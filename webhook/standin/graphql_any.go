package standin

import gql "github.com/graph-gophers/graphql-go"

// anyNode is what an id stands for: one of its fields.
type anyNode struct {
	ID      gql.ID
	pull    *pullNode
	repo    *repoNode
	thread  *threadNode
	comment *commentNode
	review  *reviewNode
	remark  *remarkNode
	actor   *actorNode
	blob    *blobNode
	commit  *commitNode
	tree    *treeNode
	ref     *refNode
}

// byNode finds what an id stands for among what the token sees.
func (q *request) byNode(id gql.ID) (*anyNode, error) {
	kind, n := unnode(string(id))
	for _, r := range q.g.repos {
		if !q.token.sees(r) {
			continue
		}
		if kind == "R" && r.ID == n {
			return &anyNode{ID: id, repo: q.repoNode(r)}, nil
		}
		for _, p := range r.pulls {
			if found := q.within(p, kind, n); found != nil {
				found.ID = id
				return found, nil
			}
		}
	}
	return nil, unknownNode(id)
}

// within finds it in a pull request.
func (q *request) within(p *Pull, kind string, n int64) *anyNode {
	switch kind {
	case "PR":
		if p.id == n {
			return &anyNode{pull: q.pullNode(p, 1)}
		}
	case "PRRT":
		for _, t := range p.threads {
			if t.id == n {
				return &anyNode{thread: q.threadNode(t, 1)}
			}
		}
	case "PRRC":
		if c := p.comment(n); c != nil {
			return &anyNode{comment: q.commentNode(c, 1)}
		}
	case "PRR":
		if v := p.review(n); v != nil {
			return &anyNode{review: q.reviewNode(v, 1)}
		}
	case "IC":
		for _, m := range p.remarks {
			if m.id == n {
				return &anyNode{remark: q.remarkNode(m)}
			}
		}
	}
	return nil
}

// The library asks for each type of an interface whether it is that.

// ToPullRequest tells whether it is a pull request.
func (n *anyNode) ToPullRequest() (*pullNode, bool) { return n.pull, n.pull != nil }

// ToRepository tells whether it is a repository.
func (n *anyNode) ToRepository() (*repoNode, bool) { return n.repo, n.repo != nil }

// ToPullRequestReviewThread tells whether it is a thread.
func (n *anyNode) ToPullRequestReviewThread() (*threadNode, bool) { return n.thread, n.thread != nil }

// ToPullRequestReviewComment tells whether it is a review comment.
func (n *anyNode) ToPullRequestReviewComment() (*commentNode, bool) {
	return n.comment, n.comment != nil
}

// ToPullRequestReview tells whether it is a review.
func (n *anyNode) ToPullRequestReview() (*reviewNode, bool) { return n.review, n.review != nil }

// ToIssueComment tells whether it is a comment on the conversation.
func (n *anyNode) ToIssueComment() (*remarkNode, bool) { return n.remark, n.remark != nil }

// ToUser tells whether it is a person.
func (n *anyNode) ToUser() (*actorNode, bool) { return n.actor, false }

// ToBot tells whether it is a bot.
func (n *anyNode) ToBot() (*actorNode, bool) { return n.actor, false }

// ToOrganization tells whether it is an organisation.
func (n *anyNode) ToOrganization() (*actorNode, bool) { return n.actor, false }

// ToBlob tells whether it is a blob.
func (n *anyNode) ToBlob() (*blobNode, bool) { return n.blob, n.blob != nil }

// ToCommit tells whether it is a commit.
func (n *anyNode) ToCommit() (*commitNode, bool) { return n.commit, n.commit != nil }

// ToTree tells whether it is a tree.
func (n *anyNode) ToTree() (*treeNode, bool) { return n.tree, n.tree != nil }

// ToRef tells whether it is a branch.
func (n *anyNode) ToRef() (*refNode, bool) { return n.ref, n.ref != nil }
