package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// Health is how a check came out.
type Health int

// OK needs nothing, Note is worth knowing, Wrong needs somebody.
const (
	OK Health = iota
	Note
	Wrong
)

// Diagnosis is the outcome of one check.
type Diagnosis struct {
	Check  string // "clock"
	Health Health
	Text   string // what is so
	Advice string // what to do about it, "" when nothing is to be done
}

// Examine checks whether the App can work, as GitHub sees it. It changes nothing.
func (c *Client) Examine(ctx context.Context) []Diagnosis {
	x := &examination{c: c}
	if !x.credentials(ctx) {
		return x.found
	}
	x.permissions()
	x.events()
	x.webhook(ctx)
	x.deliveries(ctx)
	x.installations(ctx)
	return x.found
}

// examination is one visit.
type examination struct {
	c     *Client
	app   registered
	found []Diagnosis
}

// registered is an App or an installation. go-github's type has only the permissions that it knows.
type registered struct {
	ID          int64
	Slug        string
	HTMLURL     string `json:"html_url"`
	Owner       account
	Account     account
	Permissions map[string]string
	Events      []string
	SuspendedAt *time.Time `json:"suspended_at"`
}

type account struct{ Login, Type string }

func (x *examination) ok(check, format string, args ...any) {
	x.found = append(x.found, Diagnosis{Check: check, Text: fmt.Sprintf(format, args...)})
}

func (x *examination) note(check, text, advice string) {
	x.found = append(x.found, Diagnosis{check, Note, text, advice})
}

func (x *examination) wrong(check, text, advice string) {
	x.found = append(x.found, Diagnosis{check, Wrong, text, advice})
}

// get reads a path of the API.
func get(ctx context.Context, gh *github.Client, path string, out any) (*github.Response, error) {
	req, err := gh.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	return gh.Do(ctx, req, out)
}

// credentials asks who we are. Without an answer there is nothing else to ask.
func (x *examination) credentials(ctx context.Context) bool {
	resp, err := get(ctx, x.c.app(), "app", &x.app)
	if resp != nil {
		x.clock(resp.Header.Get("Date"))
	}
	switch {
	case hasStatus(err, http.StatusUnauthorized):
		x.wrong("credentials", "GitHub does not accept the App's key: "+reason(err),
			"GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY must be of the same App, and the key one that its settings list")
	case hasStatus(err, http.StatusNotFound):
		x.wrong("credentials", "GitHub does not know App "+fmt.Sprint(x.c.options.AppID)+" at "+x.c.api.String(),
			"check GITHUB_APP_ID and GITHUB_API_URL; GitHub Enterprise Server is at https://HOST/api/v3")
	case err != nil:
		x.wrong("GitHub", "no answer from "+x.c.api.String()+": "+reason(err),
			"check GITHUB_API_URL, and that this machine may connect to it; HTTPS_PROXY is honoured")
	default:
		x.ok("credentials", "App %s (%d) of %s at %s", x.app.Slug, x.app.ID, x.app.Owner.Login, x.c.api.Host)
	}
	return err == nil
}

// maxSkew is how far our clock may be off. GitHub refuses tokens that are issued in its future.
const maxSkew = time.Minute

func (x *examination) clock(date string) {
	theirs, err := http.ParseTime(date)
	if err != nil {
		x.note("clock", "GitHub's answer has no date", "")
		return
	}
	off := x.c.options.Now().Sub(theirs).Round(time.Second)
	word := "ahead of"
	if off < 0 {
		word = "behind"
	}
	if off.Abs() > maxSkew {
		x.wrong("clock", fmt.Sprintf("this machine's clock is %s %s GitHub's", off.Abs(), word), "synchronise it (NTP): until then each token costs an extra call")
		return
	}
	x.ok("clock", "within %s of GitHub's", maxSkew)
}

// reason is the error's own words, without addresses.
func reason(err error) string {
	if e, ok := errors.AsType[*github.ErrorResponse](err); ok {
		return strings.TrimSpace(fmt.Sprintf("%d %s", e.Response.StatusCode, e.Message))
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}

// settings is the App's page for its owners.
func (x *examination) settings() string {
	u, err := url.Parse(x.app.HTMLURL)
	if err != nil || x.app.HTMLURL == "" {
		return "the App's settings on GitHub"
	}
	at := "https://" + u.Host
	if x.app.Owner.Type == "Organization" {
		at += "/organizations/" + x.app.Owner.Login
	}
	return at + "/settings/apps/" + x.app.Slug
}

func (x *examination) permissions() {
	if lacks := lacking(x.app.Permissions); lacks != "" {
		x.wrong("permissions", "the App does not ask for "+lacks, "add it at "+x.settings()+"/permissions; owners of installations have to accept")
		return
	}
	if more := beyond(x.app.Permissions); more != "" {
		x.note("permissions", "the App asks for more than it uses: "+more, "take it away at "+x.settings()+"/permissions")
		return
	}
	x.ok("permissions", "the App asks for what it uses")
}

// level orders the kinds of access; no access is 0.
var level = map[string]int{"read": 1, "write": 2, "admin": 3}

// lacking are the permissions that are wanted and not given: "checks: write, contents: read".
func lacking(given map[string]string) string {
	var list []string
	for _, p := range webhook.Permissions {
		if level[given[p.Name]] < level[p.Access] {
			list = append(list, p.Name+": "+p.Access)
		}
	}
	return strings.Join(list, ", ")
}

// beyond are the permissions that are given and not wanted.
func beyond(given map[string]string) string {
	wanted := map[string]int{}
	for _, p := range webhook.Permissions {
		wanted[p.Name] = level[p.Access]
	}
	var list []string
	for name, access := range given {
		if level[access] > wanted[name] {
			list = append(list, name+": "+access)
		}
	}
	return inOrder(list)
}

func (x *examination) events() {
	has := map[string]bool{}
	for _, e := range x.app.Events {
		has[e] = true
	}
	var lacks []string
	for _, s := range webhook.Subscriptions {
		if !has[s.Name] {
			lacks = append(lacks, s.Name)
		}
	}
	if len(lacks) > 0 {
		x.wrong("events", "the App is not told of "+inOrder(lacks), "subscribe to it at "+x.settings()+"/permissions")
		return
	}
	x.ok("events", "the App is told of all that it reacts to")
}
