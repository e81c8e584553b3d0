package web

import (
	"net/http"
	"strconv"
	"time"
)

// pageSecurity lets a page use what this server has, and nothing else: no script or style in the page itself either.
const pageSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// diagramSecurity is that of the frame in which a diagram is drawn: Mermaid writes styles into its pictures.
const diagramSecurity = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// Pages serves the pull requests of a source.
type Pages struct {
	Source Source
	Now    func() time.Time
	Note   string // what visitors should know of all that they see, below the heading; "" for nothing
}

// Handler serves the pages.
func (p *Pages) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.list)
	mux.HandleFunc("GET /{owner}/{repo}/pull/{number}", p.show("conversation"))
	mux.HandleFunc("GET /{owner}/{repo}/pull/{number}/checks", p.show("checks"))
	mux.HandleFunc("GET /{owner}/{repo}/pull/{number}/files", p.show("files"))
	mux.HandleFunc("GET /live", p.live)
	mux.HandleFunc("GET /diagram", diagram)
	mux.HandleFunc("GET /assets/{name}", asset)
	return mux
}

// list shows all pull requests.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) {
	secure(w, pageSecurity)
	respond(w, "list", page{Tab: "list", Note: p.Note, Pulls: p.Source.Pulls(), now: p.Now()})
}

// show shows one tab of a pull request.
func (p *Pages) show(tab string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		pull, ok := p.find(r)
		if !ok {
			http.NotFound(w, r)
			return
		}
		secure(w, pageSecurity)
		respond(w, tab, page{Pull: pull, Tab: tab, Note: p.Note, now: p.Now()})
	}
}

// find is the pull request that the path names.
func (p *Pages) find(r *http.Request) (Pull, bool) {
	number, _ := strconv.Atoi(r.PathValue("number"))
	for _, pull := range p.Source.Pulls() {
		if pull.Owner == r.PathValue("owner") && pull.Repo == r.PathValue("repo") && pull.Number == number {
			return pull, true
		}
	}
	return Pull{}, false
}

// diagram is the frame that draws the diagram in its own fragment.
func diagram(w http.ResponseWriter, _ *http.Request) {
	secure(w, diagramSecurity)
	respond(w, "frame", nil)
}

func secure(w http.ResponseWriter, policy string) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
}
