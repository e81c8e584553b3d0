package standin

import "fmt"

// suite finds the check suite of a commit and an App, and makes it when there is none.
func (r *Repository) suite(a *App, c *commit) *suite {
	for _, s := range r.suites[c.sha] {
		if s.app == a {
			return s
		}
	}
	now := r.g.Clock.Now()
	s := &suite{id: r.g.id(), r: r, app: a, head: c, created: now, updated: now}
	for branch, at := range r.refs {
		if at == c {
			s.branch = branch
		}
	}
	r.suites[c.sha] = append(r.suites[c.sha], s)
	return s
}

// openSuites makes a check suite for each App that writes checks, and tells it.
func (r *Repository) openSuites(branch string, was, c *commit, by *account) {
	for _, a := range r.g.sortedApps() {
		i := a.installation(r)
		if i == nil || i.permissions["checks"] != "write" {
			continue
		}
		s := r.suite(a, c)
		s.branch, s.before = branch, was
		s.event("requested", by)
	}
}

func (s *suite) runs() []*run {
	var out []*run
	for _, c := range s.r.bySHA[s.head.sha] {
		if c.suite == s {
			out = append(out, c)
		}
	}
	return out
}

// verdict is the suite's status and conclusion, made of its runs'.
func (s *suite) verdict() (status string, conclusion any) {
	status, worst := "queued", ""
	for _, c := range s.runs() {
		if c.Status != "completed" {
			return c.Status, nil
		}
		status = "completed"
		if worst == "" || worst == "success" || worst == "neutral" && c.Conclusion == "failure" {
			worst = c.Conclusion
		}
	}
	return status, or(worst)
}

func (q *request) theSuite() *suite {
	id := q.number("check_suite_id")
	for _, all := range q.repo.suites {
		for _, s := range all {
			if s.id == id {
				return s
			}
		}
	}
	return nil
}

func getSuite(q *request) *answer {
	if s := q.theSuite(); s != nil {
		return ok(s.view())
	}
	return notFound()
}

func listSuitesOfCommit(q *request) *answer {
	c := q.repo.resolve(q.PathValue("ref"))
	if c == nil {
		return noCommit(q.PathValue("ref"))
	}
	var out []*suite
	for _, s := range q.repo.suites[c.sha] {
		if matches(q.URL.Query().Get("app_id"), fmt.Sprint(s.app.ID)) {
			out = append(out, s)
		}
	}
	views, a := paged(q, out, func(s *suite) any { return s.view() })
	a.body = obj{"total_count": len(out), "check_suites": views}
	return a
}

func rerequestSuite(q *request) *answer {
	s := q.theSuite()
	if s == nil {
		return notFound()
	}
	s.event("rerequested", q.app.bot)
	return created(obj{})
}
