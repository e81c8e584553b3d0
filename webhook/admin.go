package webhook

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Page is a part of the operators' address, the set-up page for one.
type Page interface{ Routes(r chi.Router) }

// Admin is the handler of the operators' address: metrics, health, and the pages.
func Admin(metrics *Metrics, pages ...Page) http.Handler {
	r := newRouter()
	r.Method(http.MethodGet, "/metrics", metrics.Handler())
	for _, p := range pages {
		p.Routes(r)
	}
	return r
}
