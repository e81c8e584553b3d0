package webhook

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// Public is the handler of the address that GitHub reaches: deliveries, health, nothing else. Without a
// receiver there are no deliveries yet.
func Public(receiver http.Handler, ping func(context.Context) error) http.Handler {
	r := newRouter()
	if receiver != nil {
		r.Method(http.MethodPost, "/webhook", receiver)
	}
	r.Get("/readyz", ready(ping))
	return r
}

func newRouter() chi.Router {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer, middleware.GetHead)
	r.NotFound(func(w http.ResponseWriter, _ *http.Request) {
		(&answer{http.StatusNotFound, "not-found", "There is nothing here."}).write(w)
	})
	r.Get("/healthz", healthy)
	return r
}

// Limits of a connection. A delivery of 25 MiB has to get through in readTime.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	writeTime  = 45 * time.Second
	idleTime   = 2 * time.Minute
	maxHeader  = 32 << 10
	drainTime  = 20 * time.Second
)

// Serve answers on the listener until the context ends; then it takes no new connections, and lets the
// requests in hand end.
func Serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		stopped <- s.Shutdown(ctx)
	})
	err := s.Serve(l)
	if stop() || !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
