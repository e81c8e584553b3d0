package standin

import "net/http"

type (
	obj        = map[string]any
	token      struct{ installation *Installation }
	conversion struct{}
)

var subscribable []string

func (g *GitHub) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.mux.ServeHTTP(w, r) }

func (g *GitHub) routes() *http.ServeMux                                     { return http.NewServeMux() }
func (g *GitHub) installationEvent(i *Installation, action string)           {}
func (g *GitHub) repositoriesEvent(i *Installation, was []*Repository)       {}
func (r *Repository) openSuites(branch string, was, c *commit, by *account)  {}
func (r *Repository) runEvent(action string, c *run, by *account, extra obj) {}
func (s *suite) event(action string, by *account)                            {}
func (m *MergeGroup) event(action, reason string)                            {}
func (p *Pull) event(action string, by *account, extra obj)                  {}
func (p *Pull) threadEvent(action string, t *thread, by *account)            {}
func (c *run) snapshot() CheckRun                                            { return c.CheckRun }

// Event is the delivery that an action of this pull request causes, for those who deliver by themselves.
func (p *Pull) Event(action string) (name string, payload []byte) { return "", nil }

// Sign makes the X-Hub-Signature-256 of a payload.
func (a *App) Sign(payload []byte) string { return "" }

// Redeliver sends a delivery again, with its GUID.
func (a *App) Redeliver(id int64)                                   {}
func (p *Pull) label() string                                       { return "" }
func (p *Pull) reviewEvent(action string, v *review)                {}
func (p *Pull) commentEvent(action string, c *comment, by *account) {}
func (p *Pull) commentEdited(c *comment, by *account, was string)   {}
func (p *Pull) remarkEvent(action string, m *remark)                {}
