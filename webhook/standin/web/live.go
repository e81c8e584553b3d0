package web

import (
	"fmt"
	"net/http"
)

// live sends an event whenever something has changed: the page then reads itself again.
func (p *Pages) live(w http.ResponseWriter, r *http.Request) {
	secure(w, pageSecurity)
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		version := p.Source.Version()
		if _, err := fmt.Fprintf(w, "event: change\ndata: %d\n\n", version); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-p.Source.Changes(version):
		}
	}
}
