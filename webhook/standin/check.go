package standin

import "time"

// suite is the check suite of a commit and an App.
type suite struct {
	id      int64
	r       *Repository
	app     *App
	head    *commit
	before  *commit
	branch  string
	created time.Time
	updated time.Time
}

// run is a check run.
type run struct {
	CheckRun
	suite *suite
	app   *App
}

// CheckRuns are the check runs of a commit, oldest first.
func (r *Repository) CheckRuns(sha string) []CheckRun {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	var out []CheckRun
	for _, c := range r.bySHA[sha] {
		out = append(out, c.snapshot())
	}
	return out
}

// Rerun is a person pressing "Re-run" on a check run.
func (r *Repository) Rerun(checkRunID int64, login string) {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	if c := r.runs[checkRunID]; c != nil {
		r.runEvent("rerequested", c, r.g.person(login), nil)
	}
}

// RequestAction is a person pressing one of a check run's own buttons.
func (r *Repository) RequestAction(checkRunID int64, login, identifier string) {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	if c := r.runs[checkRunID]; c != nil {
		r.runEvent("requested_action", c, r.g.person(login), obj{"requested_action": obj{"identifier": identifier}})
	}
}

// RerunAll is a person pressing "Re-run all checks" of a commit.
func (r *Repository) RerunAll(sha, login string) {
	r.g.mu.Lock()
	defer r.g.mu.Unlock()
	for _, s := range r.suites[sha] {
		s.event("rerequested", r.g.person(login))
	}
}
