package standin

import (
	"maps"
	"slices"
)

// with is a payload with more in it.
func with(o, more obj) obj {
	maps.Copy(o, more)
	return o
}

func (p *Pull) event(action string, by *account, extra obj) {
	p.r.tell("pull_request", action, p.payload(by, extra))
}

func (p *Pull) payload(by *account, extra obj) obj {
	return with(obj{"number": p.Number, "pull_request": p.full(), "sender": p.r.g.user(by)}, extra)
}

// Event is the delivery that an action of this pull request makes, for those who deliver by themselves: to
// the first of the Apps installed on the repository.
func (p *Pull) Event(action string) (name string, payload []byte) {
	p.r.g.mu.Lock()
	defer p.r.g.mu.Unlock()
	var extra obj
	if action == "synchronize" {
		extra = obj{"before": p.base.sha, "after": p.head.sha}
	}
	for _, a := range p.r.g.sortedApps() {
		if i := a.installation(p.r); i != nil {
			return "pull_request", payloadOf(i, p.r, action, p.payload(p.author, extra))
		}
	}
	return "pull_request", nil
}

func (p *Pull) reviewEvent(action string, v *review) {
	p.r.tell("pull_request_review", action, obj{"review": v.hookView(), "pull_request": p.hookView(), "sender": p.r.g.user(v.author)})
}

// hookView: webhooks write a review's state in lower case.
func (v *review) hookView() obj {
	out := v.view()
	out["state"] = map[string]string{
		"COMMENTED": "commented", "APPROVED": "approved", "CHANGES_REQUESTED": "changes_requested", "DISMISSED": "dismissed",
	}[v.state]
	out["body"] = or(v.body)
	return out
}

// hookView is the pull request as events of its reviews show it.
func (p *Pull) hookView() obj { return p.simple() }

func (p *Pull) commentEvent(action string, c *comment, by *account) {
	p.r.tell("pull_request_review_comment", action, obj{"comment": c.view(), "pull_request": p.hookView(), "sender": p.r.g.user(by)})
}

func (p *Pull) commentEdited(c *comment, by *account, was string) {
	p.r.tell("pull_request_review_comment", "edited", obj{
		"comment": c.view(), "pull_request": p.hookView(), "sender": p.r.g.user(by), "changes": obj{"body": obj{"from": was}},
	})
}

func (p *Pull) threadEvent(action string, t *thread, by *account) {
	comments := list{}
	for _, c := range t.comments {
		comments = append(comments, c.view())
	}
	p.r.tell("pull_request_review_thread", action, obj{
		"thread": obj{"node_id": node("PRRT", t.id), "comments": comments}, "pull_request": p.hookView(), "sender": p.r.g.user(by),
	})
}

func (p *Pull) remarkEvent(action string, m *remark) {
	p.r.tell("issue_comment", action, obj{"comment": m.view(p), "issue": p.issueView(), "sender": p.r.g.user(m.author)})
}

// issueView is the pull request as an issue.
func (p *Pull) issueView() obj {
	return obj{
		"id": p.id, "node_id": node("PR", p.id), "number": p.Number, "title": p.title, "body": or(p.body), "state": p.state(),
		"user": p.r.g.user(p.author), "locked": false, "draft": p.draft, "labels": list{}, "assignee": nil, "assignees": list{},
		"milestone": nil, "comments": len(p.remarks), "author_association": "CONTRIBUTOR", "active_lock_reason": nil,
		"url": p.issue(""), "repository_url": p.r.api(""), "labels_url": p.issue("/labels{/name}"), "comments_url": p.issue("/comments"),
		"events_url": p.issue("/events"), "html_url": p.html(""), "timeline_url": p.issue("/timeline"), "state_reason": nil,
		"created_at": stamp(p.created), "updated_at": stamp(p.updated), "closed_at": stamp(p.closed), "performed_via_github_app": nil,
		"reactions":    (&comment{}).rollup(p.issue("")),
		"pull_request": obj{"url": p.api(""), "html_url": p.html(""), "diff_url": p.html(".diff"), "patch_url": p.html(".patch"), "merged_at": nil},
	}
}

// runEvent goes to the App that made the check run.
func (r *Repository) runEvent(action string, c *run, by *account, extra obj) {
	i := c.app.installation(r)
	if i == nil {
		return
	}
	v := c.view()
	v["check_suite"] = c.suite.brief()
	c.app.tell(i, r, "check_run", action, with(obj{"check_run": v, "sender": r.g.user(by)}, extra))
}

// brief is a check suite inside of a check run.
func (s *suite) brief() obj {
	v := s.view()
	for _, key := range []string{"repository", "head_commit", "latest_check_runs_count", "check_runs_url", "rerequestable", "runs_rerequestable"} {
		delete(v, key)
	}
	return v
}

func (s *suite) event(action string, by *account) {
	i := s.app.installation(s.r)
	if i == nil {
		return
	}
	v := s.view()
	for _, key := range []string{"repository", "rerequestable", "runs_rerequestable"} {
		delete(v, key)
	}
	s.app.tell(i, s.r, "check_suite", action, obj{"check_suite": v, "sender": s.r.g.user(by)})
}

func (m *MergeGroup) event(action, reason string) {
	r := m.r
	head := r.objects.commits[m.Head]
	payload := obj{
		"sender": r.g.user(m.pulls[0].author),
		"merge_group": obj{
			"head_sha": m.Head, "head_ref": m.HeadRef, "base_sha": m.Base, "base_ref": m.BaseRef,
			"head_commit": head.view(),
		},
	}
	if reason != "" {
		payload["reason"] = reason
	}
	r.tell("merge_group", action, payload)
}

func (g *GitHub) installationEvent(i *Installation, action string) {
	repos := list{}
	for _, r := range i.repositories() {
		repos = append(repos, r.brief())
	}
	i.app.tell(i, nil, "installation", action, obj{
		"installation": i.view(), "repositories": repos, "sender": g.user(g.person("owner")),
	})
}

func (g *GitHub) repositoriesEvent(i *Installation, was []*Repository) {
	now := i.repositories()
	added, removed := list{}, list{}
	for _, r := range now {
		if !slices.Contains(was, r) {
			added = append(added, r.brief())
		}
	}
	for _, r := range was {
		if !slices.Contains(now, r) {
			removed = append(removed, r.brief())
		}
	}
	action := "added"
	if len(added) == 0 {
		action = "removed"
	}
	i.app.tell(i, nil, "installation_repositories", action, obj{
		"installation": i.view(), "repository_selection": "selected", "repositories_added": added, "repositories_removed": removed,
		"requester": nil, "sender": g.user(g.person("owner")),
	})
}

// brief is a repository in lists of installations' events.
func (r *Repository) brief() obj {
	return obj{"id": r.ID, "node_id": node("R", r.ID), "name": r.Name, "full_name": r.fullName(), "private": r.private}
}
