package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"
)

// registrar answers as GitHub would.
type registrar struct {
	errs  []error // of the first calls
	calls []string
}

const setupKey = "-----BEGIN RSA PRIVATE KEY-----\nnot-a-real-key\n-----END RSA PRIVATE KEY-----\n"

func (r *registrar) Register(_ context.Context, api, graphQL, code string) (*Credentials, error) {
	r.calls = append(r.calls, api+" "+code)
	if n := len(r.calls); n <= len(r.errs) {
		return nil, r.errs[n-1]
	}
	return &Credentials{
		AppID: 7, Slug: "schema-review-acme", URL: "https://github.com/apps/schema-review-acme",
		PrivateKey: setupKey, WebhookSecret: "hook-secret", APIURL: api, GraphQLURL: graphQL,
	}, nil
}

// operator is a person at a browser, beside a set-up page and its log.
type operator struct {
	t         *testing.T
	setup     *Setup
	registrar *registrar
	server    *httptest.Server
	client    *http.Client
	log       *bytes.Buffer
	now       time.Time
	body      string // of the last page
	status    int
	header    http.Header
}

func newOperator(t *testing.T, errs ...error) *operator {
	t.Helper()
	o := &operator{t: t, registrar: &registrar{errs: errs}, log: &bytes.Buffer{}, now: time.Now()}
	o.setup = NewSetup(SetupOptions{
		Registrar: o.registrar, File: filepath.Join(t.TempDir(), "credentials.json"), URL: "http://127.0.0.1:8081/setup",
		Log: slog.New(slog.NewTextHandler(o.log, nil)), Now: func() time.Time { return o.now },
	})
	if err := o.setup.Announce(); err != nil {
		t.Fatal(err)
	}
	r := chi.NewRouter()
	o.setup.Routes(r)
	o.server = httptest.NewServer(r)
	t.Cleanup(o.server.Close)
	o.client = o.browser()
	return o
}

func (o *operator) browser() *http.Client {
	jar, _ := cookiejar.New(nil) // never fails
	return &http.Client{Jar: jar}
}

var announced = regexp.MustCompile(`code=([A-Z2-7-]{19})\n`)

// code is the newest in the log.
func (o *operator) code() string {
	o.t.Helper()
	all := announced.FindAllStringSubmatch(o.log.String(), -1)
	if len(all) == 0 {
		o.t.Fatalf("the log has no code:\n%s", o.log)
	}
	return all[len(all)-1][1]
}

func (o *operator) do(req *http.Request, err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	resp, err := o.client.Do(req)
	if err != nil {
		o.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	o.body, o.status, o.header = string(body), resp.StatusCode, resp.Header
}

func (o *operator) get(path string) {
	o.t.Helper()
	o.do(http.NewRequestWithContext(o.t.Context(), http.MethodGet, o.server.URL+path, nil))
}

func (o *operator) post(path string, form url.Values, headers ...string) {
	o.t.Helper()
	req, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		o.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", o.server.URL)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	o.do(req, nil)
}

func (o *operator) enter() {
	o.t.Helper()
	o.post("/setup/code", url.Values{"code": {o.code()}})
	if o.status != http.StatusOK || !strings.Contains(o.body, `action="/setup/app"`) {
		o.t.Fatalf("the code from the log was not taken: %d\n%s", o.status, o.body)
	}
}

// form is one that can be sent; pairs replace its fields.
func setupForm(pairs ...string) url.Values {
	v := url.Values{
		"host": {"github.com"}, "owner": {"organisation"}, "organisation": {"acme"},
		"webhook_url": {"https://schema-review.example.com/webhook"}, "keep": {"file"},
	}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

var (
	formAction   = regexp.MustCompile(`<form method="post" action="(https://[^"]+)"`)
	formManifest = regexp.MustCompile(`name="manifest" value="([^"]+)"`)
)

// describe sends the form and reads the one that goes to GitHub.
func (o *operator) describe(form url.Values) (action *url.URL, sent manifest) {
	o.t.Helper()
	o.post("/setup/app", form)
	a, m := formAction.FindStringSubmatch(o.body), formManifest.FindStringSubmatch(o.body)
	if a == nil || m == nil {
		o.t.Fatalf("no form for GitHub: %d\n%s", o.status, o.body)
	}
	action, err := url.Parse(html.UnescapeString(a[1]))
	if err != nil {
		o.t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), &sent); err != nil {
		o.t.Fatal(err)
	}
	return action, sent
}

// register goes all the way, up to and with GitHub's answer.
func (o *operator) register(pairs ...string) {
	o.t.Helper()
	o.enter()
	action, _ := o.describe(setupForm(pairs...))
	o.get("/setup/callback?code=c0de&state=" + action.Query().Get("state"))
}

func (o *operator) wants(words ...string) {
	o.t.Helper()
	for _, w := range words {
		if !strings.Contains(o.body, w) {
			o.t.Errorf("the page lacks %q:\n%s", w, o.body)
		}
	}
}

func (o *operator) hasNot(words ...string) {
	o.t.Helper()
	for _, w := range words {
		if strings.Contains(o.body, w) {
			o.t.Errorf("the page has %q:\n%s", w, o.body)
		}
	}
}

func TestSetupStoresCredentials(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	o.register()
	o.wants("schema-review-acme", "https://github.com/apps/schema-review-acme/installations/new", o.setup.o.File)
	o.hasNot("hook-secret", "PRIVATE KEY")

	want := &Credentials{
		AppID: 7, Slug: "schema-review-acme", URL: "https://github.com/apps/schema-review-acme", PrivateKey: setupKey,
		WebhookSecret: "hook-secret", APIURL: "https://api.github.com", GraphQLURL: "https://api.github.com/graphql",
	}
	got, err := ReadCredentials(o.setup.o.File)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(o.setup.o.File)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %o, want 600", info.Mode().Perm())
	}
	select {
	case c := <-o.setup.Done():
		if diff := cmp.Diff(want, c); diff != "" {
			t.Error(diff)
		}
	default:
		t.Error("the server was not told")
	}
	if diff := cmp.Diff([]string{"https://api.github.com c0de"}, o.registrar.calls); diff != "" {
		t.Error(diff)
	}
	for _, secret := range []string{"hook-secret", "PRIVATE", "c0de"} {
		if strings.Contains(o.log.String(), secret) {
			t.Errorf("the log has %q:\n%s", secret, o.log)
		}
	}
}

func TestSetupTargets(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		form                       []string
		action, api, graphQL, name string
	}{
		"organisation on github.com": {
			nil, "https://github.com/organizations/acme/settings/apps/new",
			"https://api.github.com", "https://api.github.com/graphql", "schema-review-acme",
		},
		"personal on github.com": {
			[]string{"owner", "personal", "organisation", ""},
			"https://github.com/settings/apps/new",
			"https://api.github.com", "https://api.github.com/graphql", "schema-review",
		},
		"organisation on GitHub Enterprise Server": {
			[]string{"host", "ghe.example.com:8443"},
			"https://ghe.example.com:8443/organizations/acme/settings/apps/new",
			"https://ghe.example.com:8443/api/v3", "https://ghe.example.com:8443/api/graphql", "schema-review-acme",
		},
		"a pasted address": {
			[]string{"host", "https://GHE.example.com/", "owner", "personal"},
			"https://ghe.example.com/settings/apps/new",
			"https://ghe.example.com/api/v3", "https://ghe.example.com/api/graphql", "schema-review",
		},
		"data residency": {
			[]string{"host", "acme.ghe.com"},
			"https://acme.ghe.com/organizations/acme/settings/apps/new",
			"https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql", "schema-review-acme",
		},
		"a long name": {
			[]string{"organisation", "an-organisation-with-a-very-long-name"},
			"https://github.com/organizations/an-organisation-with-a-very-long-name/settings/apps/new",
			"https://api.github.com", "https://api.github.com/graphql", "schema-review-an-organisation-with",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOperator(t)
			o.enter()
			action, sent := o.describe(setupForm(test.form...))
			state := action.Query().Get("state")
			action.RawQuery = ""
			if action.String() != test.action || len(state) != 64 {
				t.Errorf("got action %s with state %q, want %s", action, state, test.action)
			}
			want := newManifest(test.name, "https://schema-review.example.com/webhook", o.server.URL+"/setup/callback")
			if diff := cmp.Diff(want, sent); diff != "" {
				t.Error(diff)
			}
			if got := o.header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "form-action https://"+action.Host) {
				t.Errorf("the page's policy keeps the form from GitHub: %s", got)
			}
			o.get("/setup/callback?code=c0de&state=" + state)
			got, err := ReadCredentials(o.setup.o.File)
			if err != nil {
				t.Fatal(err)
			}
			if got.APIURL != test.api || got.GraphQLURL != test.graphQL {
				t.Errorf("got %s and %s, want %s and %s", got.APIURL, got.GraphQLURL, test.api, test.graphQL)
			}
			if !strings.HasPrefix(got.URL, "https://"+action.Host+"/") {
				t.Errorf("got the App's page %s, want it on %s", got.URL, action.Host)
			}
		})
	}
}

func TestSetupRefusesForms(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		field, value, want string
	}{
		"no host":             {"host", "", "host name alone"},
		"host with a path":    {"host", "github.com/evil", "host name alone"},
		"host with a user":    {"host", "me:pw@github.com", "host name alone"},
		"plain http":          {"host", "http://ghe.example.com", "host name alone"},
		"host with a policy":  {"host", "a.example; script-src *", "host name alone"},
		"cloud metadata":      {"host", "169.254.169.254", "No GitHub is at that address"},
		"no organisation":     {"organisation", "", "organisation&#39;s name"},
		"organisation path":   {"organisation", "acme/../evil", "organisation&#39;s name"},
		"no webhook URL":      {"webhook_url", "", "whole webhook URL"},
		"half a webhook URL":  {"webhook_url", "schema-review.example.com", "whole webhook URL"},
		"webhook credentials": {"webhook_url", "https://a:b@example.com/", "whole webhook URL"},
		"webhook without TLS": {"webhook_url", "http://example.com/", "begin with https://"},
		"webhook of a script": {"webhook_url", "javascript://example.com/", "begin with https://"},
		"no place for them":   {"keep", "", "where its credentials go"},
		"no owner":            {"owner", "everybody", "who owns the App"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOperator(t)
			o.enter()
			o.post("/setup/app", setupForm(test.field, test.value))
			if o.status != http.StatusUnprocessableEntity {
				t.Errorf("got status %d, want 422", o.status)
			}
			o.wants(test.want)
		})
	}
}

func TestSetupWebhookURLs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ host, typed, want string }{
		"host alone":          {"github.com", "https://r.example.com", "https://r.example.com/webhook"},
		"host and slash":      {"github.com", "https://r.example.com/", "https://r.example.com/webhook"},
		"a path of a proxy":   {"github.com", "https://example.com/a/webhook", "https://example.com/a/webhook"},
		"inside, without TLS": {"ghe.example.com", "http://r.internal:8080", "http://r.internal:8080/webhook"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := webhookURL(test.typed, test.host); got != test.want {
				t.Errorf("got %q (%v), want %q", got, err, test.want)
			}
		})
	}
}

func TestSetupShowsCredentials(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	o.register("keep", "show", "host", "ghe.example.com")
	o.wants("hook-secret", "not-a-real-key", "https://ghe.example.com/api/v3", "https://ghe.example.com/apps/schema-review-acme/installations/new")
	if _, err := os.Stat(o.setup.o.File); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a file: %v", err)
	}
	if len(o.setup.Done()) != 0 {
		t.Error("the server goes on with credentials that a restart would lose")
	}
	o.post("/setup/copied", nil)
	o.hasNot("hook-secret", "not-a-real-key")
	o.get("/setup")
	o.hasNot("hook-secret", "not-a-real-key")
	if c := o.setup.session.creds; c.PrivateKey != "" || c.WebhookSecret != "" {
		t.Error("the server still knows the credentials")
	}
}

func TestSetupNeverOverwrites(t *testing.T) {
	t.Parallel()
	t.Run("what is there", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		write(t, o.setup.o.File, "mine")
		o.enter()
		o.post("/setup/app", setupForm())
		o.wants("There is a credentials file already")
	})
	t.Run("what appears meanwhile", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		o.enter()
		action, _ := o.describe(setupForm())
		write(t, o.setup.o.File, "mine")
		o.get("/setup/callback?code=c0de&state=" + action.Query().Get("state"))
		o.wants("could not be written", "hook-secret", "not-a-real-key") // or they would be lost
		if data, _ := os.ReadFile(o.setup.o.File); string(data) != "mine" {
			t.Errorf("the file was overwritten with %q", data)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(o.setup.o.File), "*")); len(left) != 1 {
			t.Errorf("files are left behind: %v", left)
		}
	})
}

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSetupCode(t *testing.T) {
	t.Parallel()
	t.Run("as people type it", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		o.post("/setup/code", url.Values{"code": {" " + strings.ToLower(strings.ReplaceAll(o.code(), "-", " "))}})
		o.wants(`action="/setup/app"`)
	})
	t.Run("wrong, until there is a new one", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		first := o.code()
		for range maxGuesses {
			o.post("/setup/code", url.Values{"code": {"AAAA-BBBB-CCCC-DDDD"}})
			if o.status != http.StatusForbidden {
				t.Fatalf("got %d, want 403", o.status)
			}
		}
		if o.code() == first {
			t.Fatal("there is no new code after too many wrong ones")
		}
		o.post("/setup/code", url.Values{"code": {first}})
		if o.status != http.StatusForbidden {
			t.Errorf("the old code still opens: %d", o.status)
		}
		o.enter()
	})
	t.Run("once", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		used := o.code()
		o.enter()
		o.client = o.browser()
		o.post("/setup/code", url.Values{"code": {used}})
		if o.status != http.StatusForbidden {
			t.Errorf("got %d for a used code, want 403", o.status)
		}
		o.get("/setup") // makes a new one
		o.enter()
	})
	t.Run("empty while there is none", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		o.enter()
		o.client = o.browser()
		o.post("/setup/code", url.Values{"code": {""}})
		if o.status != http.StatusForbidden {
			t.Errorf("got %d, want 403", o.status)
		}
	})
}

func TestSetupIsForTheSessionOnly(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	o.enter()
	action, _ := o.describe(setupForm())
	state := action.Query().Get("state")
	o.client = o.browser()
	for _, path := range []string{"/setup/app", "/setup/retry", "/setup/copied"} {
		if o.post(path, setupForm()); o.status != http.StatusForbidden {
			t.Errorf("POST %s without a session: got %d, want 403", path, o.status)
		}
	}
	if o.get("/setup/callback?code=c0de&state=" + state); o.status != http.StatusForbidden {
		t.Errorf("GET /setup/callback without a session: got %d, want 403", o.status)
	}
	if len(o.registrar.calls) != 0 {
		t.Errorf("the code was exchanged: %v", o.registrar.calls)
	}
}

func TestSetupSessionEnds(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	o.enter()
	action, _ := o.describe(setupForm())
	o.now = o.now.Add(setupTime + time.Second)
	o.get("/setup/callback?code=c0de&state=" + action.Query().Get("state"))
	o.wants("This session has ended")
	if len(o.registrar.calls) != 0 {
		t.Errorf("the code was exchanged: %v", o.registrar.calls)
	}
}

func TestSetupChecksState(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{
		"another": "?code=c0de&state=" + strings.Repeat("0", 64),
		"none":    "?code=c0de",
		"no code": "?state=",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOperator(t)
			o.enter()
			action, _ := o.describe(setupForm())
			if query == "?state=" {
				query += action.Query().Get("state")
			}
			o.get("/setup/callback" + query)
			o.wants("doesn&#39;t belong to a registration begun here")
			o.get("/setup/callback?code=c0de&state=" + action.Query().Get("state")) // it was good once
			if len(o.registrar.calls) != 0 {
				t.Errorf("the code was exchanged: %v", o.registrar.calls)
			}
		})
	}
	t.Run("a code that would change the path", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		o.enter()
		action, _ := o.describe(setupForm())
		o.get("/setup/callback?code=..%2F..%2Fuser&state=" + action.Query().Get("state"))
		if len(o.registrar.calls) != 0 {
			t.Errorf("the code was exchanged: %v", o.registrar.calls)
		}
	})
	t.Run("before a form was sent", func(t *testing.T) {
		t.Parallel()
		o := newOperator(t)
		o.enter()
		o.get("/setup/callback?code=c0de&state=")
		if len(o.registrar.calls) != 0 {
			t.Errorf("the code was exchanged: %v", o.registrar.calls)
		}
	})
}

func TestSetupTriesAgain(t *testing.T) {
	t.Parallel()
	o := newOperator(t, errors.New("connection refused"))
	o.register()
	o.wants("connection refused", "Try again")
	o.post("/setup/retry", nil)
	o.wants("is registered")
	if diff := cmp.Diff([]string{"https://api.github.com c0de", "https://api.github.com c0de"}, o.registrar.calls); diff != "" {
		t.Error(diff)
	}
}

func TestSetupBeginsAgainWhenTheCodeIsNoGood(t *testing.T) {
	t.Parallel()
	o := newOperator(t, &RefusedError{Sentence: "GitHub does not take the code.", Err: errors.New("404")})
	o.register()
	o.wants("GitHub does not take the code.", `action="/setup/app"`)
	action, _ := o.describe(setupForm())
	o.get("/setup/callback?code=other&state=" + action.Query().Get("state"))
	o.wants("is registered")
}

func TestSetupTakesNoPostsOfOtherPages(t *testing.T) {
	t.Parallel()
	for name, headers := range map[string][]string{
		"another site": {"Sec-Fetch-Site", "cross-site"},
		"old browser":  {"Origin", "https://evil.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOperator(t)
			o.enter()
			o.post("/setup/app", setupForm(), headers...)
			if o.status != http.StatusForbidden {
				t.Errorf("got %d, want 403", o.status)
			}
		})
	}
}

func TestSetupHeaders(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	o.post("/setup/code", url.Values{"code": {o.code()}})
	for _, cookie := range o.client.Jar.Cookies(must(url.Parse(o.server.URL + "/setup/app"))) {
		if cookie.Name != setupCookie || len(cookie.Value) != 64 {
			t.Errorf("got cookie %v", cookie)
		}
	}
	if got := o.client.Jar.Cookies(must(url.Parse(o.server.URL + "/metrics"))); len(got) != 0 {
		t.Errorf("other pages get cookies: %v", got)
	}
	for _, path := range []string{"/setup", "/setup/style.css"} {
		o.get(path)
		got := []string{o.header.Get("Referrer-Policy"), o.header.Get("X-Content-Type-Options"), o.header.Get("Cache-Control"), o.header.Get("Content-Security-Policy")}
		want := []string{"strict-origin", "nosniff", "no-store", policy("'self'")}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

func must(u *url.URL, err error) *url.URL {
	if err != nil {
		panic(err)
	}
	return u
}

func TestSetupCookie(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		origin string
		secure bool
	}{
		"loopback":            {"http://admin.example.com", false},
		"behind a TLS proxy":  {"https://admin.example.com", true},
		"an origin elsewhere": {"https://evil.example.com", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOperator(t)
			form := strings.NewReader(url.Values{"code": {o.code()}}.Encode())
			req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://admin.example.com/setup/code", form)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("Origin", test.origin)
			w := httptest.NewRecorder()
			o.setup.enter(w, req)
			cookie, err := http.ParseSetCookie(w.Header().Get("Set-Cookie"))
			if err != nil || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure != test.secure {
				t.Errorf("got %v and %v, want HttpOnly, SameSite=Lax, Secure: %t", cookie, err, test.secure)
			}
		})
	}
}

func TestSetupIsClosedAfterwards(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	o.register()
	before := o.code()
	o.client = o.browser()
	o.get("/setup")
	o.wants("nothing to set up")
	if o.post("/setup/code", url.Values{"code": {before}}); o.status != http.StatusForbidden {
		t.Errorf("got %d, want 403", o.status)
	}
	if o.code() != before {
		t.Error("a closed page made a new code")
	}
}

// TestSetupPagesStayHere: the pages load nothing from elsewhere, and need no script.
func TestSetupPagesStayHere(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("setup/*")
	if err != nil || len(files) < 2 {
		t.Fatalf("got %v, %v", files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := regexp.MustCompile(`<script|<img|<iframe|style=|\son[a-z]+=|url\(|@import|src=`).Find(data); found != nil {
			t.Errorf("%s has %q", file, found)
		}
	}
}

func TestReadCredentials(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ data, want string }{
		"no JSON":   {"GITHUB_APP_ID=7 s3cret", "not the JSON"},
		"no id":     {`{"private_key": "k", "webhook_secret": "s3cret"}`, "app_id"},
		"no key":    {`{"app_id": 1, "webhook_secret": "s3cret"}`, "private_key"},
		"no secret": {`{"app_id": 1, "private_key": "s3cret"}`, "webhook_secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "c.json")
			write(t, path, test.data)
			_, err := ReadCredentials(path)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("got %v, want words about %s and no secret", err, test.want)
			}
		})
	}
	if _, err := ReadCredentials(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
}

func TestSetupTellsWhereItIs(t *testing.T) {
	t.Parallel()
	for listens, want := range map[string]string{
		"http://127.0.0.1:8081/setup":       "http://127.0.0.1:8081/setup",
		"http://[::]:8081/setup":            "http://127.0.0.1:8081/setup",
		"http://0.0.0.0:80/setup":           "http://127.0.0.1:80/setup",
		"http://:8081/setup":                "http://127.0.0.1:8081/setup",
		"https://admin.example.com/setup":   "https://admin.example.com/setup",
		"http://admin.example.com:81/setup": "http://admin.example.com:81/setup",
	} {
		if got := visitable(listens); got != want {
			t.Errorf("%s: got %s, want %s", listens, got, want)
		}
	}
}
