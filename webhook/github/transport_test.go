package github

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// roundTrip is a function as a RoundTripper.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTokens(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	p := r.pull(added("db/migration/V2__x.sql", drop))
	tests := []struct {
		name   string
		before func()
		tokens int
	}{
		{"first", func() {}, 1},
		{"kept", func() {}, 0},
		{"expired", func() { r.gh.Clock.Advance(2 * time.Hour) }, 1},
		{"revoked", func() { r.on.RevokeTokens() }, 1},
	}
	for _, test := range tests {
		r.gh.ResetCalls()
		test.before()
		if _, err := r.client.Target(t.Context(), r.job(p)); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		tokens := 0
		for _, c := range r.gh.Calls() {
			if strings.HasSuffix(c.Route, "/access_tokens") && c.Status == http.StatusCreated {
				tokens++
			}
		}
		if tokens != test.tokens {
			t.Errorf("%s: got %d requests for a token, want %d", test.name, tokens, test.tokens)
		}
	}
}

// Many workers whose token was revoked ask for one new one, or few.
func TestTokensOfMany(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	p := r.pull(added("db/migration/V2__x.sql", drop))
	for range 2 {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := r.client.Target(t.Context(), r.job(p)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		r.on.RevokeTokens()
	}
}

// A clock that is wrong by minutes is no reason to fail.
func TestClockSkew(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{5 * time.Minute, -5 * time.Minute, 24 * time.Hour, -24 * time.Hour} {
		t.Run(skew.String(), func(t *testing.T) {
			t.Parallel()
			r := newReading(t, flyway(1), func(o *Options) { o.Now = func() time.Time { return time.Now().Add(skew) } })
			p := r.pull(added("db/migration/V2__x.sql", drop))
			for range 2 {
				if _, err := r.client.Target(t.Context(), r.job(p)); err != nil {
					t.Fatal(err)
				}
				r.on.RevokeTokens()
			}
			if _, _, err := r.client.app().Apps.Get(t.Context(), ""); err != nil {
				t.Errorf("as the App: %v", err)
			}
		})
	}
}

func TestGone(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*reading){
		"suspended":         func(r *reading) { r.on.Suspend() },
		"uninstalled":       func(r *reading) { r.on.Uninstall() },
		"deleted":           func(r *reading) { r.repo.Delete() },
		"no longer covered": func(r *reading) { r.on.Select(r.gh.NewRepository("acme", "other")) },
	}
	for name, act := range tests {
		for _, when := range []string{"before", "in the middle"} {
			t.Run(name+" "+when, func(t *testing.T) {
				t.Parallel()
				r := newReading(t, flyway(1))
				p := r.pull(added("db/migration/V2__x.sql", drop))
				j := r.job(p)
				if when == "before" {
					act(r)
					if _, err := r.client.Target(t.Context(), j); !isGone(err) {
						t.Errorf("got %v, want a GoneError", err)
					}
					return
				}
				target, err := r.client.Target(t.Context(), j)
				if err != nil {
					t.Fatal(err)
				}
				act(r)
				if _, err := r.client.ChangeSet(t.Context(), target, configOf(t, "")); !isGone(err) {
					t.Errorf("got %v, want a GoneError", err)
				}
			})
		}
	}
}

// A pull request that is not there yet, in a repository that is, will be.
func TestReplicationLag(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	j := webhook.Job{Installation: r.on.ID, Owner: "acme", Repo: "shop", Number: 99}
	if _, err := r.client.Target(t.Context(), j); !isRetry(err) {
		t.Errorf("got %v, want a RetryError", err)
	}
}

func TestReadsAreRepeated(t *testing.T) {
	t.Parallel()
	tests := map[string]standin.Fault{
		"502":                    {Status: http.StatusBadGateway, Body: "<html>unicorn</html>"},
		"503":                    {Status: http.StatusServiceUnavailable},
		"reset before":           {Reset: standin.ResetBefore},
		"reset after":            {Reset: standin.ResetAfter},
		"token: reset":           {Reset: standin.ResetAfter},
		"token: 500":             {Status: http.StatusInternalServerError},
		"token: 401 for a while": {Status: http.StatusUnauthorized, Body: `{"message":"Bad credentials"}`},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReading(t, flyway(1))
			p := r.pull(added("db/migration/V2__x.sql", drop))
			match := "/pulls/"
			if strings.HasPrefix(name, "token") && fault.Status != http.StatusUnauthorized {
				match = "/access_tokens"
			}
			r.once(match, fault)
			if _, err := r.client.Target(t.Context(), r.job(p)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A write whose answer was lost is not repeated.
func TestWritesAreNotRepeated(t *testing.T) {
	t.Parallel()
	for _, status := range []int{0, http.StatusBadGateway} {
		sent := 0
		c := &retry{next: roundTrip(func(*http.Request) (*http.Response, error) {
			sent++
			if status == 0 {
				return nil, io.ErrUnexpectedEOF
			}
			return &http.Response{StatusCode: status, Header: http.Header{}, Body: http.NoBody}, nil
		})}
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "https://api.github.com/repos/a/b/pulls/1/reviews", strings.NewReader("{}"))
		resp, err := c.RoundTrip(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		if sent != 1 {
			t.Errorf("%d: sent %d times, want once", status, sent)
		}
	}
}

func TestRepeatingEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		c := &retry{next: roundTrip(func(*http.Request) (*http.Response, error) {
			sent++
			return nil, io.ErrUnexpectedEOF
		})}
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://api.github.com/", nil)
		if _, err := c.RoundTrip(req); !errors.Is(err, io.ErrUnexpectedEOF) || sent != readAttempts { //nolint:bodyclose // there is none
			t.Errorf("got %v after %d attempts, want %d", err, sent, readAttempts)
		}
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	header := func(pairs ...string) http.Header {
		h := http.Header{"Date": {now.Add(5 * time.Minute).Format(http.TimeFormat)}} // GitHub's clock differs
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	reset := strconv.FormatInt(now.Add(15*time.Minute).Unix(), 10)
	tests := map[string]struct {
		status  int
		header  http.Header
		message string
		want    time.Duration
	}{
		"403 retry-after":       {403, header("Retry-After", "30"), "You have exceeded a secondary rate limit", 30 * time.Second},
		"429 retry-after":       {429, header("Retry-After", "7"), "", 7 * time.Second},
		"retry-after as a date": {429, header("Retry-After", now.Add(6*time.Minute).Format(http.TimeFormat)), "", time.Minute},
		"403 primary":           {403, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset), "API rate limit exceeded", 10*time.Minute + time.Second},
		"429 primary":           {429, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset), "", 10*time.Minute + time.Second},
		"429 alone":             {429, header(), "", time.Minute},
		"403 secondary alone":   {403, header("X-RateLimit-Remaining", "4000"), "You have exceeded a secondary rate limit.", time.Minute},
		"abuse of old":          {403, header(), "You have triggered an abuse detection mechanism.", time.Minute},
		"403 of another kind":   {403, header("X-RateLimit-Remaining", "4000"), "Resource not accessible by integration", 0},
		"404":                   {404, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset), "Not Found", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := limited(&http.Response{StatusCode: test.status, Header: test.header}, test.message, now)
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// What GitHub asked to wait for is waited for: nothing is sent meanwhile, and the error says how long.
func TestGate(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusForbidden, http.StatusTooManyRequests} {
		now := time.Now()
		r := newReading(t, flyway(1), func(o *Options) { o.Now = func() time.Time { return now } })
		p := r.pull(added("db/migration/V2__x.sql", drop))
		r.once("/pulls/", standin.Fault{Status: status, Header: http.Header{"Retry-After": {"42"}}, Body: `{"message":"You have exceeded a secondary rate limit"}`})
		for range 2 {
			_, err := r.client.Target(t.Context(), r.job(p))
			if e, ok := errors.AsType[*webhook.RetryError](err); !ok || e.After != 42*time.Second {
				t.Errorf("%d: got %v, want a RetryError after 42 s", status, err)
			}
		}
		if n := len(r.calls()); n != 1 {
			t.Errorf("%d: got %d calls, want 1", status, n)
		}
		now = now.Add(43 * time.Second)
		if _, err := r.client.Target(t.Context(), r.job(p)); err != nil {
			t.Errorf("%d: after the wait: %v", status, err)
		}
	}
}

// Only the configured hosts are called, whatever an answer says.
func TestFence(t *testing.T) {
	t.Parallel()
	called := atomic.Int32{}
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called.Add(1) }))
	defer elsewhere.Close()
	r := newReading(t, flyway(1))
	p := r.pull(added("db/migration/V2__x.sql", drop))
	r.once("/pulls/", standin.Fault{Status: http.StatusTemporaryRedirect, Header: http.Header{"Location": {elsewhere.URL + "/steal"}}})
	if _, err := r.client.Target(t.Context(), r.job(p)); err == nil {
		t.Error("got no error")
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, elsewhere.URL, nil)
	if _, err := r.client.rest(r.on.ID).Client().Do(req); err == nil { //nolint:bodyclose // there is none
		t.Error("another host was called")
	}
	if n := called.Load(); n != 0 {
		t.Errorf("the other host got %d calls", n)
	}
}

// A renamed repository answers with a redirect to its id.
func TestRename(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	p := r.pull(added("db/migration/V2__x.sql", drop))
	r.once("/pulls/", standin.Fault{Status: http.StatusMovedPermanently, Header: http.Header{"Location": {r.url + "/repos/acme/shop/pulls/1?again"}}})
	if _, err := r.client.Target(t.Context(), r.job(p)); err != nil {
		t.Error(err)
	}
}

func TestETags(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	p := r.pull(added("db/migration/V2__x.sql", drop))
	var titles []string
	for _, title := range []string{"One", "One", "Two"} {
		if title == "Two" {
			p.Edit(title)
		}
		target, err := r.client.Target(t.Context(), r.job(p))
		if err != nil {
			t.Fatal(err)
		}
		titles = append(titles, target.Title)
	}
	var status []int
	for _, c := range r.gh.Calls() {
		if strings.Contains(c.Route, "/pulls/") {
			status = append(status, c.Status)
		}
	}
	if diff := cmp.Diff([]int{200, 304, 200}, status); diff != "" {
		t.Error(diff)
	}
	if titles[0] != titles[1] || titles[2] != "Two" {
		t.Errorf("got titles %q", titles)
	}
}

func TestETagsAreBounded(t *testing.T) {
	t.Parallel()
	size := etagBodySize + 1
	e := newETags(roundTrip(func(*http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK, Header: http.Header{"Etag": {`"x"`}}, ContentLength: -1,
			Body: io.NopCloser(bytes.NewReader(make([]byte, size))),
		}, nil
	}))
	get := func(path string) {
		resp, err := e.RoundTrip(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://api.github.com/"+path, nil))
		if err != nil {
			t.Fatal(err)
		}
		if data, _ := io.ReadAll(resp.Body); len(data) != size {
			t.Errorf("got %d bytes, want %d", len(data), size)
		}
		_ = resp.Body.Close()
	}
	get("large")
	if n := e.used.Len(); n != 0 {
		t.Errorf("a large answer was kept")
	}
	size = 10
	for i := range etagEntries + 10 {
		get(strconv.Itoa(i))
	}
	if n := e.used.Len(); n != etagEntries || len(e.kept) != n {
		t.Errorf("got %d answers kept, want %d", n, etagEntries)
	}
}

func TestMeter(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []Call
	r := newReading(t, flyway(1), func(o *Options) {
		o.Observe = func(c Call) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, c)
		}
	})
	p := r.pull(added("db/migration/V2__x.sql", drop))
	ctx, meter := webhook.WithMeter(t.Context())
	if _, err := r.client.Target(ctx, r.job(p)); err != nil {
		t.Fatal(err)
	}
	if calls, writes := meter.Calls.Load(), meter.Writes.Load(); calls != 2 || writes != 0 {
		t.Errorf("got %d calls and %d writes, want 2 and none: a token and the pull request", calls, writes)
	}
	mu.Lock()
	defer mu.Unlock()
	for i, want := range []string{"/app/installations/{id}/access_tokens", "/repos/{owner}/{repo}/pulls/{id}"} {
		if seen[i].Route != want || seen[i].Installation != r.on.ID || seen[i].Status/100 != 2 {
			t.Errorf("got %+v, want route %s", seen[i], want)
		}
	}
}

func TestRoute(t *testing.T) {
	t.Parallel()
	sha := strings.Repeat("a", 40)
	tests := map[string]string{
		"repos/acme/42/pulls/7/files":              "/repos/{owner}/{repo}/pulls/{id}/files",
		"repos/a/b/git/trees/" + sha:               "/repos/{owner}/{repo}/git/trees/{sha}",
		"repos/a/b/contents/.github/x.yml":         "/repos/{owner}/{repo}/contents/{path}",
		"repos/a/b/compare/x/y...z":                "/repos/{owner}/{repo}/compare/{basehead}",
		"repos/a/b/commits/" + sha + "/check-runs": "/repos/{owner}/{repo}/commits/{sha}/check-runs",
		"app/hook/deliveries/12/attempts":          "/app/hook/deliveries/{id}/attempts",
		"graphql":                                  "/graphql",
		"repos/contents/compare/pulls/1":           "/repos/{owner}/{repo}/pulls/{id}",
		"":                                         "/",
	}
	for path, want := range tests {
		if got := route(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestGraphQLURL(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                                  "https://api.github.com/graphql",
		"https://api.github.com/":           "https://api.github.com/graphql",
		"https://github.example.com/api/v3": "https://github.example.com/api/graphql",
		"https://api.acme.ghe.com":          "https://api.acme.ghe.com/graphql",
		"http://127.0.0.1:4000":             "http://127.0.0.1:4000/graphql",
	}
	for api, want := range tests {
		if got := (Options{APIURL: api}).withDefaults().GraphQLURL; got != want {
			t.Errorf("%q: got %s, want %s", api, got, want)
		}
	}
}

// GitHub Enterprise Server has its API below a path.
func TestEnterpriseServer(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	p := r.pull(added("db/migration/V2__x.sql", drop))
	target, err := url.Parse(r.url)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		path, ok := strings.CutPrefix(req.URL.Path, "/api/v3")
		if !ok {
			path, ok = strings.CutPrefix(req.URL.Path, "/api")
		}
		if !ok {
			http.Error(w, "outside of the API: "+req.URL.Path, http.StatusTeapot)
			return
		}
		req.URL.Path, req.URL.Scheme, req.URL.Host, req.RequestURI = path, target.Scheme, target.Host, ""
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		maps.Copy(w.Header(), resp.Header)
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body)
	}))
	t.Cleanup(server.Close)
	r.client = r.newClient(server.URL + "/api/v3/")
	got := r.read(r.job(p)).changes
	if len(got.Set.Changed) != 1 || len(got.Set.History) != 1 {
		t.Errorf("got %d changed files and %d before", len(got.Set.Changed), len(got.Set.History))
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	r := newReading(t, nil)
	for name, o := range map[string]Options{
		"key":      {AppID: 1, Key: []byte("none")},
		"scheme":   {AppID: 1, Key: r.app.KeyPEM, APIURL: "file:///etc/passwd"},
		"password": {AppID: 1, Key: r.app.KeyPEM, APIURL: "https://a:b@example.com"},
		"graphql":  {AppID: 1, Key: r.app.KeyPEM, GraphQLURL: "github.com"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(1))
	p := r.pull(added("db/migration/V2__x.sql", drop))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.client.Target(ctx, r.job(p)); !errors.Is(err, context.Canceled) || isRetry(err) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}
