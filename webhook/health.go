package webhook

import (
	"context"
	"net/http"
	"time"
)

// readyTime is how long a probe may take; orchestrators ask every few seconds.
const readyTime = 2 * time.Second

// healthy answers as long as the process can answer.
func healthy(w http.ResponseWriter, _ *http.Request) {
	(&answer{http.StatusOK, "ok", ""}).write(w)
}

// ready answers whether deliveries can be stored, so that a load balancer may leave a replica out.
func ready(ping func(context.Context) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTime)
		defer cancel()
		if ping(ctx) != nil {
			(&answer{http.StatusServiceUnavailable, "unavailable", "The database doesn't answer, or there are no credentials yet."}).write(w)
			return
		}
		healthy(w, r)
	}
}
