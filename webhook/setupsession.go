package webhook

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	setupCookie = "schema_review_setup"
	// setupTime is how long a session lasts: GitHub wants the whole registration done in one hour.
	setupTime = time.Hour
)

// setupSession is a person who entered the code.
type setupSession struct {
	token   string
	until   time.Time
	step    setupStep
	target  setupTarget // what the form said
	problem string      // what is wrong with it, or went wrong since
	state   string      // expected back from GitHub, once; "" = nothing is
	grant   string      // GitHub's code, until it was exchanged
	creds   *Credentials
}

// setupStep is how far a session got; it is the name of the page's template.
type setupStep string

const (
	stepDetails setupStep = "details"
	stepFailed  setupStep = "failed" // the exchange did: it can be tried again
	stepStored  setupStep = "stored"
	stepShown   setupStep = "shown"
	stepCopied  setupStep = "copied"
)

// enter takes the one-time code.
func (s *Setup) enter(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || !s.code.is(r.PostFormValue("code")) {
		s.refuse(w)
		return
	}
	t, err := token(s.o.Rand)
	if err != nil {
		s.broke(w, err)
		return
	}
	s.code = oneTimeCode{}
	s.session = &setupSession{
		token: t, until: s.o.Now().Add(setupTime), step: stepDetails,
		target: setupTarget{Host: s.o.Host, Owner: ownerOrganisation, Keep: keepFile},
	}
	http.SetCookie(w, &http.Cookie{
		Name: setupCookie, Value: t, Path: "/setup", MaxAge: int(setupTime.Seconds()),
		// Lax, not Strict: GitHub sends the person back.
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(origin(r), "https://"),
	})
	http.Redirect(w, r, "/setup", http.StatusSeeOther)
}

// refuse counts a wrong code.
func (s *Setup) refuse(w http.ResponseWriter) {
	said := "That is not the code. The newest one is at the end of the server's log."
	s.code.guesses++
	if !s.closed && s.code.guesses >= maxGuesses {
		s.o.Log.Warn("too many wrong set-up codes")
		if err := s.announce(); err != nil {
			s.broke(w, err)
			return
		}
		said = "Too many wrong codes. The log has a new one."
	}
	render(w, http.StatusForbidden, "code", page{Problem: said, Closed: s.closed})
}

// current is the request's session, nil when it has none.
func (s *Setup) current(r *http.Request) *setupSession {
	cookie, err := r.Cookie(setupCookie)
	if err != nil || s.session == nil || !same(cookie.Value, s.session.token) || s.o.Now().After(s.session.until) {
		return nil
	}
	return s.session
}

// known lets sessions pass, and holds the lock while they act.
func (s *Setup) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.current(r) == nil {
			render(w, http.StatusForbidden, "code", page{Closed: s.closed, Problem: "This session has ended, or was " +
				"begun in another browser. Enter the newest code from the log."})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// show is the step that the person is at.
func (s *Setup) show(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.current(r)
	if now != nil {
		render(w, http.StatusOK, string(now.step), s.page(now))
		return
	}
	if s.code.text == "" && !s.closed {
		if err := s.announce(); err != nil {
			s.broke(w, err)
			return
		}
	}
	render(w, http.StatusOK, "code", page{Closed: s.closed})
}

// copied forgets what was shown.
func (s *Setup) copied(w http.ResponseWriter, r *http.Request) {
	if now := s.session; now.step == stepShown {
		now.step, now.creds = stepCopied, &Credentials{Slug: now.creds.Slug, URL: now.creds.URL}
	}
	http.Redirect(w, r, "/setup", http.StatusSeeOther)
}

// broke answers for a machine without randomness.
func (s *Setup) broke(w http.ResponseWriter, err error) {
	s.o.Log.Error("set-up", "error", err)
	http.Error(w, "the server can't make random numbers: see its log", http.StatusInternalServerError)
}

// origin is the address that the person's browser knows the server by: only the browser knows
// whether a proxy in between speaks TLS.
func origin(r *http.Request) string {
	if u, err := url.Parse(r.Header.Get("Origin")); err == nil && u.Host == r.Host && u.Scheme == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
