package standin

import "net/http"

type (
	obj        = map[string]any
	token      struct{ installation *Installation }
	conversion struct{}
	diff       struct{}
	change     struct{}
	draft      struct {
		Path, Side, StartSide, Body string
		Line, StartLine             int
	}
)

var subscribable []string

func (g *GitHub) ServeHTTP(w http.ResponseWriter, r *http.Request)             { g.mux.ServeHTTP(w, r) }
func (g *GitHub) routes() *http.ServeMux                                       { return http.NewServeMux() }
func (g *GitHub) installationEvent(i *Installation, action string)             {}
func (g *GitHub) repositoriesEvent(i *Installation, was []*Repository)         {}
func (r *Repository) openSuites(branch string, was, c *commit, by *account)    {}
func (r *Repository) runEvent(action string, c *run, by *account, extra obj)   {}
func (s *suite) event(action string, by *account)                              {}
func (m *MergeGroup) event(action, reason string)                              {}
func (p *Pull) event(action string, by *account, extra obj)                    {}
func (p *Pull) threadEvent(action string, t *thread, by *account)              {}
func (p *Pull) relocate()                                                      {}
func (p *Pull) label() string                                                  { return "" }
func (p *Pull) comment(id int64) *comment                                      { return nil }
func (p *Pull) reply(to *comment, by *account, app *App, body string) *comment { return nil }
func (p *Pull) deleteComment(c *comment, by *account)                          {}
func (p *Pull) editComment(c *comment, by *account, body string)               {}
func (p *Pull) say(by *account, body string) *remark                           { return &remark{} }
func (p *Pull) check(d *draft, at *commit) []string                            { return nil }
func (p *Pull) submit(v *review) *review                                       { return v }
func (c *run) snapshot() CheckRun                                              { return c.CheckRun }

// State is the pull request as it is now.
func (p *Pull) State() PullState { return PullState{} }

// Files are its changed files, by path.
func (p *Pull) Files() []File { return nil }

// Commits are its commits, oldest first.
func (p *Pull) Commits() []Commit { return nil }

// Threads are its review threads, oldest first.
func (p *Pull) Threads() []Thread { return nil }

// Reviews are its reviews, oldest first.
func (p *Pull) Reviews() []Review { return nil }

// Event is the delivery that an action of this pull request causes, for those who deliver by themselves.
func (p *Pull) Event(action string) (name string, payload []byte) { return "", nil }

// Sign makes the X-Hub-Signature-256 of a payload.
func (a *App) Sign(payload []byte) string { return "" }

// Redeliver sends a delivery again, with its GUID.
func (a *App) Redeliver(id int64) {}
