package standin

import (
	"slices"
	"strings"
)

func getPull(q *request) *answer { return ok(q.pull.full()) }

// listPulls: newest first, open ones unless asked otherwise.
func listPulls(q *request) *answer {
	query := q.URL.Query()
	all := slices.DeleteFunc(q.repo.pullList(), func(p *Pull) bool { return !p.matches(query.Get) })
	ascending := query.Get("direction") == "asc"
	slices.SortFunc(all, func(a, b *Pull) int {
		n := a.Number - b.Number
		if query.Get("sort") == "updated" {
			n = a.updated.Compare(b.updated)
		}
		if !ascending {
			n = -n
		}
		return n
	})
	_, a := paged(q, all, func(p *Pull) any { return p.simple() })
	return a
}

func (p *Pull) matches(query func(string) string) bool {
	state := query("state")
	if state == "" {
		state = "open"
	}
	head, base := query("head"), query("base")
	return (state == "all" || state == p.state()) && (base == "" || base == p.baseRef) &&
		(head == "" || head == p.headRepo.Owner+":"+p.headRef)
}

// changedFiles is how many changed files the API tells of.
const changedFiles = 3000

func listFiles(q *request) *answer {
	p := q.pull
	files := p.diffed().files
	files = files[:min(len(files), changedFiles)]
	from, to, page, size := q.window(len(files), 30, 100)
	a := ok(p.r.fileViews(files[from:to], p.head))
	if link := q.links(page, (len(files)+size-1)/size); link != "" {
		a.set("Link", link)
	}
	return a
}

func listCommits(q *request) *answer {
	all := relate(q.pull.base, q.pull.head).ahead
	_, a := paged(q, all[:min(len(all), 250)], func(c *commit) any { return q.repo.commitView(c) })
	return a
}

// listPullsOfCommit: those that have the commit, the open ones before it is merged.
func listPullsOfCommit(q *request) *answer {
	sha := q.PathValue("commit_sha")
	if q.repo.objects.commits[sha] == nil {
		return noCommit(sha)
	}
	var all []*Pull
	for _, p := range q.repo.heads[sha] {
		if slices.ContainsFunc(relate(p.base, p.head).ahead, func(c *commit) bool { return c.sha == sha }) {
			all = append(all, p)
		}
	}
	_, a := paged(q, all, func(p *Pull) any { return p.simple() })
	return a
}

func getRepository(q *request) *answer { return ok(q.repo.detailed()) }

// detailed is the repository by itself.
func (r *Repository) detailed() obj {
	v := r.fullView()
	v["network_count"], v["subscribers_count"] = 0, 0
	if r.parent != nil {
		v["parent"], v["source"] = r.parent.view(), r.parent.view()
	}
	return v
}

func getUser(q *request) *answer {
	a := q.g.accounts[strings.ToLower(q.PathValue("username"))]
	if a == nil {
		return notFound()
	}
	v := q.g.userView(a)
	for _, key := range []string{"name", "company", "blog", "location", "email", "hireable", "bio"} {
		v[key] = nil
	}
	for _, key := range []string{"public_repos", "public_gists", "followers", "following"} {
		v[key] = 0
	}
	v["blog"], v["created_at"], v["updated_at"] = "", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"
	return ok(v)
}
