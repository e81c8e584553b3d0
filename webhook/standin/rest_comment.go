package standin

import (
	"cmp"
	"net/http"
	"slices"
)

// comments are a pull request's review comments, oldest first.
func (p *Pull) comments() []*comment {
	var all []*comment
	for _, t := range p.threads {
		all = append(all, t.comments...)
	}
	slices.SortFunc(all, func(a, b *comment) int { return cmp.Compare(a.id, b.id) })
	return all
}

func listComments(q *request) *answer {
	all := q.pull.comments()
	if q.URL.Query().Get("direction") == "desc" {
		slices.Reverse(all)
	}
	_, a := paged(q, all, func(c *comment) any { return c.view() })
	return a
}

// theComment is the one that the path names.
func (q *request) theComment() *comment {
	for _, p := range q.repo.pulls {
		if c := p.comment(q.number("comment_id")); c != nil {
			return c
		}
	}
	return nil
}

func getComment(q *request) *answer {
	if c := q.theComment(); c != nil {
		return ok(c.view())
	}
	return notFound()
}

// createComment posts a single comment, which may be about the whole file.
func createComment(q *request) *answer {
	var in struct {
		draft
		Commit  string `json:"commit_id"`
		ReplyTo int64  `json:"in_reply_to"`
	}
	if no := q.read(&in); no != nil {
		return no
	}
	if in.ReplyTo != 0 {
		return q.replyTo(in.ReplyTo, in.Body)
	}
	at := q.pull.commit(in.Commit)
	if at == nil {
		return invalid(field("commit_id", "is not part of the pull request"))
	}
	if no := refuseBody(in.Body); no != nil {
		return no
	}
	if problems := q.pull.check(&in.draft, at); len(problems) > 0 {
		return invalid(fields(problems)...)
	}
	v := q.pull.submit(&review{author: q.app.bot, app: q.app, state: "COMMENTED", commit: at, drafts: []draft{in.draft}})
	c := v.comments[0].view()
	return created(c).set("Location", c["url"].(string))
}

// fields words problems as the endpoint for single comments does.
func fields(problems []problem) []any {
	var out []any
	for _, x := range problems {
		if x == noHunk {
			out = append(out, obj{"resource": "PullRequestReviewComment", "code": "missing_field", "field": "pull_request_review_thread.diff_hunk"})
			continue
		}
		out = append(out, field("pull_request_review_thread."+x.field, x.text))
	}
	return out
}

func field(name, text string) obj {
	return obj{"resource": "PullRequestReviewComment", "code": "custom", "field": name, "message": name + " " + text}
}

func refuseBody(body string) *answer {
	switch {
	case body == "":
		return invalid(obj{"resource": "PullRequestReviewComment", "code": "missing_field", "field": "body"})
	case tooLong(body):
		return invalid(obj{"resource": "PullRequestReviewComment", "code": "custom", "field": "body", "message": "body is too long (maximum is 65536 characters)"})
	}
	return nil
}

func createReply(q *request) *answer {
	var in struct{ Body string }
	if no := q.read(&in); no != nil {
		return no
	}
	return q.replyTo(q.number("comment_id"), in.Body)
}

func (q *request) replyTo(id int64, body string) *answer {
	to := q.pull.comment(id)
	if to == nil {
		return notFound()
	}
	if no := refuseBody(body); no != nil {
		return no
	}
	c := q.pull.reply(to, q.app.bot, q.app, body).view()
	return created(c).set("Location", c["url"].(string))
}

// updateComment changes the caller's own comments only.
func updateComment(q *request) *answer {
	c := q.theComment()
	if c == nil {
		return notFound()
	}
	var in struct{ Body string }
	if no := q.read(&in); no != nil {
		return no
	}
	if c.author != q.app.bot {
		return forbidden()
	}
	if no := refuseBody(in.Body); no != nil {
		return no
	}
	c.thread.p.editComment(c, q.app.bot, in.Body)
	return ok(c.view())
}

func deleteComment(q *request) *answer {
	c := q.theComment()
	if c == nil {
		return notFound()
	}
	if c.author != q.app.bot {
		return forbidden()
	}
	c.thread.p.deleteComment(c, q.app.bot)
	return none()
}

// theIssue is the pull request that the path names as an issue.
func (q *request) theIssue() *Pull { return q.repo.pulls[int(q.number("issue_number"))] }

func listRemarks(q *request) *answer {
	p := q.theIssue()
	if p == nil {
		return notFound()
	}
	_, a := paged(q, p.remarks, func(m *remark) any { return m.view(p) })
	return a
}

func createRemark(q *request) *answer {
	p := q.theIssue()
	if p == nil {
		return notFound()
	}
	var in struct{ Body string }
	if no := q.read(&in); no != nil {
		return no
	}
	if in.Body == "" || tooLong(in.Body) {
		return refusal(http.StatusUnprocessableEntity, "Validation Failed", obj{"resource": "IssueComment", "code": "unprocessable", "field": "data", "message": "Body is too long (maximum is 65536 characters)"})
	}
	v := p.say(q.app.bot, in.Body).view(p)
	return created(v).set("Location", v["url"].(string))
}
