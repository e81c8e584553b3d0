package standin

import (
	"fmt"
	"maps"
)

func (p *Pull) label() string {
	return fmt.Sprintf("#%d from %s/%s", p.Number, p.headRepo.Owner, p.headRef)
}

func (p *Pull) api(path string) string { return p.r.api(fmt.Sprintf("/pulls/%d%s", p.Number, path)) }

func (p *Pull) html(path string) string { return p.r.html(fmt.Sprintf("/pull/%d%s", p.Number, path)) }

func (p *Pull) issue(path string) string {
	return p.r.api(fmt.Sprintf("/issues/%d%s", p.Number, path))
}

func (p *Pull) state() string {
	if p.open {
		return "open"
	}
	return "closed"
}

// simple is the pull request as lists show it.
func (p *Pull) simple() obj {
	g := p.r.g
	v := obj{
		"id": p.id, "node_id": node("PR", p.id), "number": p.Number, "state": p.state(), "locked": false, "title": p.title,
		"body": or(p.body), "user": g.user(p.author), "draft": p.draft,
		"url": p.api(""), "html_url": p.html(""), "diff_url": p.html(".diff"), "patch_url": p.html(".patch"),
		"issue_url": p.issue(""), "commits_url": p.api("/commits"), "review_comments_url": p.api("/comments"),
		"review_comment_url": p.r.api("/pulls/comments{/number}"), "comments_url": p.issue("/comments"),
		"statuses_url": p.r.api("/statuses/" + p.head.sha),
		"created_at":   stamp(p.created), "updated_at": stamp(p.updated), "closed_at": stamp(p.closed),
		"merged_at": nil, "merge_commit_sha": nil, "assignee": nil, "assignees": list{}, "requested_reviewers": list{},
		"requested_teams": list{}, "labels": list{}, "milestone": nil, "auto_merge": nil, "active_lock_reason": nil,
		"author_association": "CONTRIBUTOR",
		"head":               p.end(p.headRepo, p.headRef, p.head), "base": p.end(p.r, p.baseRef, p.base),
	}
	if p.merged != nil {
		v["merged_at"], v["merge_commit_sha"] = stamp(p.closed), p.merged.sha
	}
	v["_links"] = obj{
		"self": link(p.api("")), "html": link(p.html("")), "issue": link(p.issue("")), "comments": link(p.issue("/comments")),
		"review_comments": link(p.api("/comments")), "review_comment": link(p.r.api("/pulls/comments{/number}")),
		"commits": link(p.api("/commits")), "statuses": link(p.r.api("/statuses/" + p.head.sha)),
	}
	return v
}

func link(url string) obj { return obj{"href": url} }

// end is the head or the base. A deleted fork is null.
func (p *Pull) end(r *Repository, ref string, c *commit) obj {
	v := obj{"label": r.Owner + ":" + ref, "ref": ref, "sha": c.sha, "user": p.r.g.user(r.owner), "repo": r.view()}
	if !r.exists() {
		v["repo"] = nil
	}
	return v
}

// full is the pull request by itself.
func (p *Pull) full() obj {
	v := p.simple()
	d := p.diffed()
	additions, deletions := 0, 0
	for _, f := range d.files {
		c := f.change()
		additions += c.additions
		deletions += c.deletions
	}
	comments := 0
	for _, t := range p.threads {
		comments += len(t.comments)
	}
	maps.Copy(v, (obj{
		"merged": p.merged != nil, "mergeable": nil, "rebaseable": nil, "mergeable_state": "unknown", "merged_by": nil,
		"comments": len(p.remarks), "review_comments": comments, "maintainer_can_modify": false,
		"commits": len(relate(p.base, p.head).ahead), "additions": additions, "deletions": deletions, "changed_files": len(d.files),
	}))
	if p.merged != nil {
		v["merged_by"] = p.r.g.user(p.author)
	}
	return v
}
