package webhook

import (
	"cmp"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
)

// Registrar exchanges the code that GitHub gives for a new App's credentials. Its errors are
// RefusedError when the code is no good any more, and name neither the code nor secrets.
type Registrar interface {
	Register(ctx context.Context, apiURL, graphQLURL, code string) (*Credentials, error)
}

// SetupOptions are what the set-up page needs.
type SetupOptions struct {
	Registrar Registrar
	File      string           // where credentials are kept
	URL       string           // where people find the page: "http://127.0.0.1:8081/setup"
	Host      string           // GitHub's host that the form offers, "" = github.com
	Log       *slog.Logger     // is told the one-time code
	Now       func() time.Time // nil = time.Now
	Rand      io.Reader        // nil = crypto/rand
}

// Setup is the page that registers the App. It belongs on the operators' address, and asks
// for a code that only those can know who read the server's log.
//
//	GET  /setup            the step that the person is at
//	POST /setup/code       the one-time code from the log -> a session
//	POST /setup/app        where and what to register -> a form that goes to GitHub
//	GET  /setup/callback   GitHub sends the person back with a code -> credentials
//	POST /setup/retry      the exchange failed: once more
//	POST /setup/copied     the credentials that were shown can be forgotten
type Setup struct {
	o    SetupOptions
	done chan *Credentials

	mu      sync.Mutex
	code    oneTimeCode
	session *setupSession // the one that a code was given for last
	closed  bool          // credentials are in use: nothing more to set up
}

// NewSetup prepares the page; Announce opens it.
func NewSetup(o SetupOptions) *Setup {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	o.Host = cmp.Or(o.Host, "github.com")
	o.URL = visitable(o.URL)
	return &Setup{o: o, done: make(chan *Credentials, 1)}
}

// visitable names a host that a browser can open: a server that listens everywhere says ":8081" or "[::]:8081".
func visitable(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return page
	}
	if ip, err := netip.ParseAddr(u.Hostname()); u.Hostname() == "" || err == nil && ip.IsUnspecified() {
		u.Host = net.JoinHostPort("127.0.0.1", u.Port())
	}
	return u.String()
}

// Done gives the credentials, once, when they are in their file: the server can go on with them.
func (s *Setup) Done() <-chan *Credentials { return s.done }

// Announce makes a new one-time code and tells it to the log.
func (s *Setup) Announce() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.announce()
}

func (s *Setup) announce() error {
	code, err := newOneTimeCode(s.o.Rand)
	if err != nil {
		return err
	}
	s.code = code
	s.o.Log.Info("no credentials: open the set-up page and enter the code", "url", s.o.URL, "code", code.String())
	return nil
}

// Routes adds the page to the operators' address.
func (s *Setup) Routes(r chi.Router) {
	r.Route("/setup", func(r chi.Router) {
		r.Use(guardPage, http.NewCrossOriginProtection().Handler)
		r.Get("/", s.show)
		r.Get("/style.css", style)
		r.Post("/code", s.enter)
		r.Group(func(r chi.Router) {
			r.Use(s.known)
			r.Post("/app", s.describe)
			r.Get("/callback", s.callback)
			r.Post("/retry", s.retry)
			r.Post("/copied", s.copied)
		})
	})
}

// guardPage keeps other pages out of this one, and this one's address from them. The origin is told
// to GitHub: without it, a form that is posted has the origin "null".
func guardPage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy("'self'"))
		h.Set("Referrer-Policy", "strict-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		next.ServeHTTP(w, r)
	})
}

// maxForm is more than the form can hold.
const maxForm = 64 << 10

// policy is the Content-Security-Policy of a page whose forms go to the given place. It needs no script.
func policy(formsTo string) string {
	return "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action " + formsTo
}
