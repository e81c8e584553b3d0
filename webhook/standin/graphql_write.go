package standin

import (
	"context"
	"strings"

	gql "github.com/graph-gophers/graphql-go"
)

type minimizeIn struct {
	Input struct {
		SubjectID        gql.ID
		Classifier       string
		ClientMutationID *string
	}
}

type unminimizeIn struct {
	Input struct {
		SubjectID        gql.ID
		ClientMutationID *string
	}
}

type minimized struct {
	ClientMutationID *string
	MinimizedComment *anyMinimizable
}

type unminimized struct {
	ClientMutationID   *string
	UnminimizedComment *anyMinimizable
}

// anyMinimizable is a comment or a review.
type anyMinimizable struct {
	*anyNode
	minimizable
}

// MinimizeComment folds a comment, with a reason.
func (*root) MinimizeComment(ctx context.Context, in minimizeIn) (*minimized, error) {
	n, err := asked(ctx).minimize(in.Input.SubjectID, strings.ToLower(strings.ReplaceAll(in.Input.Classifier, "_", "-")))
	if err != nil {
		return nil, err
	}
	return &minimized{in.Input.ClientMutationID, n}, nil
}

// UnminimizeComment shows it again.
func (*root) UnminimizeComment(ctx context.Context, in unminimizeIn) (*unminimized, error) {
	n, err := asked(ctx).minimize(in.Input.SubjectID, "")
	if err != nil {
		return nil, err
	}
	return &unminimized{in.Input.ClientMutationID, n}, nil
}

func (q *request) minimize(id gql.ID, reason string) (*anyMinimizable, error) {
	n, err := q.byNode(id)
	switch {
	case err != nil:
		return nil, err
	case !q.token.may("pull_requests", "write"):
		return nil, inaccessible()
	}
	switch {
	case n.comment != nil:
		n.comment.c.minimized = reason
		n.comment = q.commentNode(n.comment.c, 1)
	case n.review != nil:
		n.review.v.minimized = reason
		n.review = q.reviewNode(n.review.v, 1)
	case n.remark != nil:
		n.remark.m.minimized = reason
		n.remark = q.remarkNode(n.remark.m)
	default:
		return nil, unknownNode(id)
	}
	q.g.touch()
	return &anyMinimizable{n, q.minimizable(string(id), reason)}, nil
}

type threadIn struct {
	Input struct {
		ThreadID         gql.ID
		ClientMutationID *string
	}
}

type threadOut struct {
	ClientMutationID *string
	Thread           *threadNode
}

// ResolveReviewThread needs contents: write, which a review App doesn't have.
// https://github.com/github/gh-aw/issues/35726
func (*root) ResolveReviewThread(ctx context.Context, in threadIn) (*threadOut, error) {
	q := asked(ctx)
	return q.resolveThread(in, q.app.bot, "resolved")
}

// UnresolveReviewThread undoes it.
func (*root) UnresolveReviewThread(ctx context.Context, in threadIn) (*threadOut, error) {
	return asked(ctx).resolveThread(in, nil, "unresolved")
}

func (q *request) resolveThread(in threadIn, by *account, action string) (*threadOut, error) {
	n, err := q.byNode(in.Input.ThreadID)
	switch {
	case err != nil:
		return nil, err
	case n.thread == nil:
		return nil, unknownNode(in.Input.ThreadID)
	case !q.token.may("contents", "write") || !q.token.may("pull_requests", "write"):
		return nil, inaccessible()
	}
	t := n.thread.t
	t.resolvedBy = by
	q.g.touch()
	t.p.threadEvent(action, t, q.app.bot)
	return &threadOut{in.Input.ClientMutationID, q.threadNode(t, 1)}, nil
}

// UpdatePullRequestReviewComment edits a comment of one's own.
func (*root) UpdatePullRequestReviewComment(ctx context.Context, in struct {
	Input struct {
		PullRequestReviewCommentID gql.ID
		Body                       string
		ClientMutationID           *string
	}
},
) (*commentOut, error) {
	q := asked(ctx)
	n, err := q.byNode(in.Input.PullRequestReviewCommentID)
	switch {
	case err != nil:
		return nil, err
	case n.comment == nil:
		return nil, unknownNode(in.Input.PullRequestReviewCommentID)
	}
	c := n.comment.c
	if err := q.mayEdit(c.author, in.Input.Body); err != nil {
		return nil, err
	}
	c.thread.p.editComment(c, q.app.bot, in.Input.Body)
	return &commentOut{in.Input.ClientMutationID, q.commentNode(c, 1)}, nil
}

type commentOut struct {
	ClientMutationID         *string
	PullRequestReviewComment *commentNode
}

// UpdatePullRequestReview edits the body of a review of one's own.
func (*root) UpdatePullRequestReview(ctx context.Context, in struct {
	Input struct {
		PullRequestReviewID gql.ID
		Body                string
		ClientMutationID    *string
	}
},
) (*reviewOut, error) {
	q := asked(ctx)
	n, err := q.byNode(in.Input.PullRequestReviewID)
	switch {
	case err != nil:
		return nil, err
	case n.review == nil:
		return nil, unknownNode(in.Input.PullRequestReviewID)
	}
	v := n.review.v
	if err := q.mayEdit(v.author, in.Input.Body); err != nil {
		return nil, err
	}
	v.body = in.Input.Body
	q.g.touch()
	return &reviewOut{in.Input.ClientMutationID, q.reviewNode(v, 1)}, nil
}

type reviewOut struct {
	ClientMutationID  *string
	PullRequestReview *reviewNode
}

func (q *request) mayEdit(author *account, body string) error {
	switch {
	case author != q.app.bot || !q.token.may("pull_requests", "write"):
		return inaccessible()
	case tooLong(body):
		return &graphError{"UNPROCESSABLE", "Body is too long (maximum is 65536 characters)"}
	}
	return nil
}
