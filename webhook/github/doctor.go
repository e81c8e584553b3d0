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
	"golang.org/x/text/message"
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
	Text   string // what is so, in the language of who asked
	Advice string // what to do about it, "" when nothing is to be done
}

// Examine checks whether the App can work, as GitHub sees it, and tells it in the printer's language. It changes
// nothing.
func (c *Client) Examine(ctx context.Context, p *message.Printer) []Diagnosis {
	x := &examination{c: c, p: p}
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
	p     *message.Printer
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

func (x *examination) ok(check, text string) {
	x.found = append(x.found, Diagnosis{Check: check, Text: text})
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
		x.wrong("credentials", x.p.Sprintf("GitHub does not accept the App's key: %s", reason(err)),
			x.p.Sprintf("GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY must be of the same App, and the key one that its settings list"))
	case hasStatus(err, http.StatusNotFound):
		x.wrong("credentials", x.p.Sprintf("GitHub does not know App %s at %s", fmt.Sprint(x.c.options.AppID), x.c.api),
			x.p.Sprintf("check GITHUB_APP_ID and GITHUB_API_URL; GitHub Enterprise Server is at https://HOST/api/v3"))
	case err != nil:
		x.wrong("GitHub", x.p.Sprintf("no answer from %s: %s", x.c.api, reason(err)),
			x.p.Sprintf("check GITHUB_API_URL, and that this machine may connect to it; HTTPS_PROXY is honoured"))
	default:
		x.ok("credentials", x.p.Sprintf("App %s (%s) of %s at %s", x.app.Slug, fmt.Sprint(x.app.ID), x.app.Owner.Login, x.c.api.Host))
	}
	return err == nil
}

// maxSkew is how far our clock may be off. GitHub refuses tokens that are issued in its future.
const maxSkew = time.Minute

func (x *examination) clock(date string) {
	theirs, err := http.ParseTime(date)
	if err != nil {
		x.note("clock", x.p.Sprintf("GitHub's answer has no date"), "")
		return
	}
	off := x.c.options.Now().Sub(theirs).Round(time.Second)
	advice := x.p.Sprintf("synchronise it (NTP): until then each token costs an extra call")
	switch {
	case off > maxSkew:
		x.wrong("clock", x.p.Sprintf("this machine's clock is %s ahead of GitHub's", off), advice)
	case off < -maxSkew:
		x.wrong("clock", x.p.Sprintf("this machine's clock is %s behind GitHub's", -off), advice)
	default:
		x.ok("clock", x.p.Sprintf("within %s of GitHub's", maxSkew))
	}
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
		return x.p.Sprintf("the App's settings on GitHub")
	}
	at := "https://" + u.Host
	if x.app.Owner.Type == "Organization" {
		at += "/organizations/" + x.app.Owner.Login
	}
	return at + "/settings/apps/" + x.app.Slug
}

func (x *examination) permissions() {
	if lacks := lacking(x.app.Permissions); lacks != "" {
		x.wrong("permissions", x.p.Sprintf("the App does not ask for %s", lacks),
			x.p.Sprintf("add it at %s/permissions; owners of installations have to accept", x.settings()))
		return
	}
	if more := beyond(x.app.Permissions); more != "" {
		x.note("permissions", x.p.Sprintf("the App asks for more than it uses: %s", more), x.p.Sprintf("take it away at %s/permissions", x.settings()))
		return
	}
	x.ok("permissions", x.p.Sprintf("the App asks for what it uses"))
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
		x.wrong("events", x.p.Sprintf("the App is not told of %s", inOrder(lacks)), x.p.Sprintf("subscribe to it at %s/permissions", x.settings()))
		return
	}
	x.ok("events", x.p.Sprintf("the App is told of all that it reacts to"))
}
