package webhook

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// describe takes the form, and answers with the one that goes to GitHub.
func (s *Setup) describe(w http.ResponseWriter, r *http.Request) {
	now := s.session
	if now.step != stepDetails {
		http.Redirect(w, r, "/setup", http.StatusSeeOther)
		return
	}
	now.target = targetOf(r)
	err := now.target.check()
	if err == nil && now.target.Keep == keepFile {
		err = s.canStore()
	}
	if err != nil {
		p := s.page(now)
		p.Problem = err.Error()
		render(w, http.StatusUnprocessableEntity, string(stepDetails), p)
		return
	}
	s.confirm(w, r, now)
}

// confirm shows what is going to be registered.
func (s *Setup) confirm(w http.ResponseWriter, r *http.Request, now *setupSession) {
	state, err := token(s.o.Rand)
	if err != nil {
		s.broke(w, err)
		return
	}
	p := s.page(now)
	p.Manifest, err = newManifest(now.target.appName(), now.target.WebhookURL, origin(r)+"/setup/callback").json()
	if err != nil {
		s.broke(w, err)
		return
	}
	now.state = state
	now.problem = ""
	p.Action = now.target.registration(state)
	w.Header().Set("Content-Security-Policy", policy("https://"+now.target.Host))
	render(w, http.StatusOK, "confirm", p)
}

// canStore says whether the credentials will find their place, before there are any.
func (s *Setup) canStore() error {
	if _, err := os.Lstat(s.o.File); err == nil {
		return formError("There is a credentials file already: " + s.o.File + ". Move it away, or have the credentials shown.")
	}
	probe, err := os.CreateTemp(filepath.Dir(s.o.File), ".credentials-*")
	if err != nil {
		return formError("The server can't write to " + filepath.Dir(s.o.File) + ". Make it writable, or have the credentials shown.")
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// grantCode is what GitHub's codes look like; nothing else gets into a path.
var grantCode = regexp.MustCompile(`^[A-Za-z0-9_-]{1,200}$`)

// callback takes the person back from GitHub.
func (s *Setup) callback(w http.ResponseWriter, r *http.Request) {
	now, q := s.session, r.URL.Query()
	expected := now.state
	now.state = "" // once
	if expected == "" || !same(q.Get("state"), expected) || !grantCode.MatchString(q.Get("code")) {
		s.o.Log.Warn("set-up: an answer that doesn't belong to a registration of ours")
		if now.step == stepDetails {
			now.problem = "That answer doesn't belong to a registration begun here. Begin again."
		}
	} else {
		now.grant = q.Get("code")
		s.exchange(r, now)
	}
	// The code must not stay in the address bar.
	http.Redirect(w, r, "/setup", http.StatusSeeOther)
}

// retry exchanges the code once more.
func (s *Setup) retry(w http.ResponseWriter, r *http.Request) {
	if now := s.session; now.step == stepFailed && now.grant != "" {
		s.exchange(r, now)
	}
	http.Redirect(w, r, "/setup", http.StatusSeeOther)
}

// exchangeTime is how long GitHub may take for it.
const exchangeTime = 30 * time.Second

// exchange gets the credentials for GitHub's code.
func (s *Setup) exchange(r *http.Request, now *setupSession) {
	rest, graphQL := now.target.apis()
	// GitHub gives the credentials once: somebody who leaves the page must not lose them.
	ctx, stop := context.WithTimeout(context.WithoutCancel(r.Context()), exchangeTime)
	defer stop()
	creds, err := s.o.Registrar.Register(ctx, rest, graphQL, now.grant)
	if err == nil {
		err = creds.check()
	}
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		now.step, now.grant, now.problem = stepDetails, "", refused.Sentence
	case err != nil:
		s.o.Log.Warn("set-up: GitHub did not give the App's credentials", "error", err)
		now.step, now.problem = stepFailed, "GitHub did not give the credentials: "+err.Error()
	default:
		now.grant, now.problem = "", ""
		s.keep(now, creds)
	}
}

// keep puts the credentials where the form said. They can't be had a second time: when the file
// can't be written, they are shown.
func (s *Setup) keep(now *setupSession, creds *Credentials) {
	if !strings.HasPrefix(creds.URL, "https://"+now.target.Host+"/") {
		creds.URL = "https://" + now.target.Host + "/apps/" + creds.Slug
	}
	s.o.Log.Info("the App is registered", "app_id", creds.AppID, "slug", creds.Slug)
	now.creds, now.step = creds, stepShown
	if now.target.Keep != keepFile {
		return
	}
	if err := creds.Save(s.o.File); err != nil {
		s.o.Log.Error("set-up: write the credentials", "file", s.o.File, "error", err)
		now.problem = "The credentials could not be written to " + s.o.File + "."
		return
	}
	now.creds, now.step = &Credentials{Slug: creds.Slug, URL: creds.URL}, stepStored
	s.closed = true
	s.done <- creds
}
