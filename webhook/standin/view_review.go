package standin

import (
	"cmp"
	"fmt"
)

func (v *review) view() obj {
	p := v.p
	html := p.html(fmt.Sprintf("#pullrequestreview-%d", v.id))
	out := obj{
		"id": v.id, "node_id": node("PRR", v.id), "user": p.r.g.user(v.author), "body": v.body, "state": v.state,
		"commit_id": v.commit.sha, "html_url": html, "pull_request_url": p.api(""), "author_association": "NONE",
		"_links": obj{"html": link(html), "pull_request": link(p.api(""))},
	}
	if !v.submitted.IsZero() {
		out["submitted_at"] = stamp(v.submitted)
	}
	return out
}

// view is a review comment. Those that are outdated have no line and no position.
func (c *comment) view() obj {
	t := c.thread
	p := t.p
	url := p.r.api(fmt.Sprintf("/pulls/comments/%d", c.id))
	html := p.html(fmt.Sprintf("#discussion_r%d", c.id))
	v := obj{
		"id": c.id, "node_id": node("PRRC", c.id), "url": url, "html_url": html, "pull_request_url": p.api(""),
		"pull_request_review_id": c.review.id, "diff_hunk": t.hunk, "path": t.path, "user": p.r.g.user(c.author), "body": c.body,
		"commit_id": t.at.sha, "original_commit_id": t.origCommit.sha, "created_at": stamp(c.created), "updated_at": stamp(c.updated),
		"author_association": "NONE", "subject_type": "line", "side": cmp.Or(t.side, "RIGHT"),
		"line": nonzero(t.line), "original_line": nonzero(t.origLine), "position": nonzero(t.position),
		"original_position": nonzero(t.origPos), "start_line": nonzero(t.start), "original_start_line": nonzero(t.origStart),
		"start_side": nil, "reactions": c.rollup(url),
		"_links": obj{"self": link(url), "html": link(html), "pull_request": link(p.api(""))},
	}
	if t.origStart > 0 {
		v["start_side"] = cmp.Or(t.startSide, "RIGHT")
	}
	if t.file {
		v["subject_type"], v["position"], v["original_position"], v["line"], v["original_line"] = "file", 1, 1, nil, nil
	}
	if c.replyTo != nil {
		v["in_reply_to_id"] = c.replyTo.id
	}
	return v
}

func (m *remark) view(p *Pull) obj {
	url := p.r.api(fmt.Sprintf("/issues/comments/%d", m.id))
	return obj{
		"id": m.id, "node_id": node("IC", m.id), "url": url, "html_url": p.html(fmt.Sprintf("#issuecomment-%d", m.id)),
		"issue_url": p.issue(""), "user": p.r.g.user(m.author), "body": m.body, "created_at": stamp(m.created),
		"updated_at": stamp(m.created), "author_association": "NONE", "performed_via_github_app": nil,
		"reactions": (&comment{}).rollup(url),
	}
}
