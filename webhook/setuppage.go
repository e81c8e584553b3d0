package webhook

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
)

//go:embed setup
var setupFiles embed.FS

var setupPages = template.Must(template.ParseFS(setupFiles, "setup/*.html"))

// page is what the templates show.
type page struct {
	Step        string
	Problem     string
	Closed      bool
	Target      setupTarget
	File        string
	Manifest    string // for GitHub
	Action      string // where it is posted to
	Permissions []Permission
	Events      []Subscription
	Credentials *Credentials
}

// InstallURL is where organisations install the App.
func (p page) InstallURL() string { return p.Credentials.URL + "/installations/new" }

// IsCloud tells whether the APIs' addresses are the defaults.
func (p page) IsGitHub() bool { return p.Target.Host == "github.com" }

func (s *Setup) page(now *setupSession) page {
	return page{
		Problem: now.problem, Closed: s.closed, Target: now.target, File: s.o.File,
		Permissions: Permissions, Events: Subscriptions, Credentials: now.creds,
	}
}

func render(w http.ResponseWriter, status int, name string, p page) {
	p.Step = name
	var b bytes.Buffer
	if err := setupPages.ExecuteTemplate(&b, name, p); err != nil {
		http.Error(w, "the page is broken", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w)
}

func style(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, setupFiles, "setup/style.css")
}
