package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inbox is an Inbox in memory.
type inbox struct {
	mu     sync.Mutex
	events []Event
	seen   map[string]bool
	at     map[string][]Job // by commit
	err    error
}

func (i *inbox) Accept(_ context.Context, e Event) (bool, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.err != nil {
		return false, i.err
	}
	if e.GUID != "" && i.seen[e.GUID] {
		return false, nil
	}
	if i.seen == nil {
		i.seen = map[string]bool{}
	}
	i.seen[e.GUID] = true
	i.events = append(i.events, e)
	return true, nil
}

func (i *inbox) JobsAt(_ context.Context, owner, repo, head string) ([]Job, error) {
	return i.at[head], i.err
}

func (i *inbox) Unknown(_ context.Context, guids []string) (list []string, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, g := range guids {
		if !i.seen[g] {
			list = append(list, g)
		}
	}
	return list, i.err
}

const (
	testSecret = "It's a Secret to Everybody"
	testGUID   = "72d3162e-cc78-11e3-81ab-4c9367dc0958"
	openedBody = `{"action":"opened","installation":{"id":7},"repository":{"id":1,"name":"shop","owner":{"login":"acme"}},` +
		`"pull_request":{"number":12,"head":{"sha":"aaa"}},"sender":{"login":"mona","type":"User"}}`
)

func mac(newHash func() hash.Hash, secret string, body []byte) string {
	m := hmac.New(newHash, []byte(secret))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}

func signed(secret string, body []byte) string { return "sha256=" + mac(sha256.New, secret, body) }

// post is a delivery as GitHub sends it; a test spoils it.
func post(body []byte) *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/webhook", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-GitHub-Event", "pull_request")
	r.Header.Set("X-GitHub-Delivery", testGUID)
	r.Header.Set("X-Hub-Signature-256", signed(testSecret, body))
	return r
}

func newTestPublic(i *inbox, secrets ...string) http.Handler {
	log := slog.New(slog.DiscardHandler)
	rc := NewReceiver(i, &Decider{AppID: 99, Inbox: i}, secrets, NewMetrics("test"), log)
	return Public(rc, func(context.Context) error { return i.err })
}

func TestPublishedSignature(t *testing.T) {
	t.Parallel()
	// https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
	s, ok := parseSignature("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
	if !ok || !s.of([]byte("Hello, World!"), []string{testSecret}) {
		t.Error("the published example doesn't verify")
	}
	if s.of([]byte("Hello, World?"), []string{testSecret}) {
		t.Error("another body verifies")
	}
}

func TestReceive(t *testing.T) {
	t.Parallel()
	body := []byte(openedBody)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	form := func(fields url.Values) func(*http.Request) {
		raw := []byte(fields.Encode())
		return func(r *http.Request) {
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Hub-Signature-256", signed(testSecret, raw))
		}
	}
	huge := bytes.Repeat([]byte(" "), 30<<20)
	tests := map[string]struct {
		body    []byte
		spoil   func(*http.Request)
		secrets []string
		inbox   *inbox
		code    int
		status  string
		reason  string // part of it
		jobs    int
	}{
		"queued":              {code: 202, status: "queued", jobs: 1},
		"charset":             {spoil: header("Content-Type", "application/json; charset=utf-8"), code: 202, status: "queued", jobs: 1},
		"form":                {spoil: form(url.Values{"payload": {openedBody}}), code: 202, status: "queued", jobs: 1},
		"form without field":  {spoil: form(url.Values{"body": {openedBody}}), code: 400, status: "bad", reason: "payload"},
		"old secret":          {secrets: []string{"new", testSecret}, code: 202, status: "queued", jobs: 1},
		"repeated":            {inbox: &inbox{seen: map[string]bool{testGUID: true}}, code: 200, status: "repeated"},
		"ping":                {body: []byte(`{"zen":"Design for failure.","hook_id":1}`), spoil: header("X-GitHub-Event", "ping"), code: 200, status: "pong"},
		"unknown event":       {spoil: header("X-GitHub-Event", "gollum"), code: 200, status: "ignored", reason: "this event"},
		"unknown action":      {body: []byte(`{"action":"labeled","installation":{"id":7}}`), code: 200, status: "ignored", reason: "this action of pull_request"},
		"unsigned":            {spoil: func(r *http.Request) { r.Header.Del("X-Hub-Signature-256") }, code: 401, status: "refused", reason: "missing"},
		"other secret":        {secrets: []string{"other"}, code: 401, status: "refused", reason: "doesn't fit"},
		"no secret":           {secrets: []string{}, code: 401, status: "refused"},
		"empty secret":        {secrets: []string{""}, spoil: header("X-Hub-Signature-256", signed("", body)), code: 401, status: "refused"},
		"malformed signature": {spoil: header("X-Hub-Signature-256", "sha256=zz"), code: 401, status: "refused", reason: "malformed"},
		"forged signature":    {spoil: header("X-Hub-Signature-256", "sha256="+strings.Repeat("0", 64)), code: 401, status: "refused"},
		"other body":          {spoil: header("X-Hub-Signature-256", signed(testSecret, []byte("{}"))), code: 401, status: "refused"},
		"SHA-1 only": {spoil: func(r *http.Request) {
			r.Header.Del("X-Hub-Signature-256")
			r.Header.Set("X-Hub-Signature", "sha1="+mac(sha1.New, testSecret, body))
		}, code: 401, status: "refused"},
		"SHA-1 in its place": {spoil: header("X-Hub-Signature-256", "sha1="+mac(sha1.New, testSecret, body)), code: 401, status: "refused"},
		"30 MB":              {body: huge, code: 413, status: "too-large"},
		"30 MB in chunks": {body: huge, spoil: func(r *http.Request) {
			r.ContentLength = -1
		}, code: 413, status: "too-large"},
		"text":               {spoil: header("Content-Type", "text/plain"), code: 415, status: "unsupported"},
		"no type":            {spoil: header("Content-Type", ""), code: 415, status: "unsupported"},
		"no event":           {spoil: header("X-GitHub-Event", ""), code: 400, status: "bad", reason: "X-GitHub-Event"},
		"no delivery":        {spoil: header("X-GitHub-Delivery", ""), code: 400, status: "bad", reason: "X-GitHub-Delivery"},
		"odd delivery":       {spoil: header("X-GitHub-Delivery", "a b\"c"), code: 400, status: "bad"},
		"malformed JSON":     {body: []byte(`{"action":`), code: 400, status: "bad", reason: "not valid JSON"},
		"malformed, unknown": {body: []byte(`{`), spoil: header("X-GitHub-Event", "gollum"), code: 400, status: "bad", reason: "not valid JSON"},
		"no body":            {body: []byte{}, code: 400, status: "bad", reason: "not valid JSON"},
		"another type":       {body: []byte(`{"action":7}`), code: 400, status: "bad", reason: "action is a number"},
		"not an object":      {body: []byte(`[]`), code: 400, status: "bad"},
		"null":               {body: []byte(`null`), code: 200, status: "ignored"},
		"too deep":           {body: []byte(strings.Repeat("[", 20000) + strings.Repeat("]", 20000)), code: 400, status: "bad"},
		"the store is away":  {inbox: &inbox{err: errors.New("disk full: secret path")}, code: 503, status: "busy", reason: "could not be stored"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tt.body == nil {
				tt.body = body
			}
			if tt.secrets == nil {
				tt.secrets = []string{testSecret}
			}
			r := post(tt.body)
			if tt.spoil != nil {
				tt.spoil(r)
			}
			i := tt.inbox
			if i == nil {
				i = &inbox{}
			}
			w := httptest.NewRecorder()
			newTestPublic(i, tt.secrets...).ServeHTTP(w, r)
			var got struct{ Status, Reason string }
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatalf("the answer %q is not JSON: %v", w.Body, err)
			}
			if w.Code != tt.code || got.Status != tt.status || !strings.Contains(got.Reason, tt.reason) || len(i.events) != tt.jobs {
				t.Errorf("got %d %+v and %d events, want %d %s %q and %d", w.Code, got, len(i.events), tt.code, tt.status, tt.reason, tt.jobs)
			}
			if tt.code == 503 && w.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		})
	}
}

// A captured delivery that is sent again under another GUID asks for what was done already: the job is
// the same one, and nothing is said twice.
func TestReceiveReplay(t *testing.T) {
	t.Parallel()
	i := &inbox{}
	h := newTestPublic(i, testSecret)
	for _, guid := range []string{"1", "1", "2"} {
		r := post([]byte(openedBody))
		r.Header.Set("X-GitHub-Delivery", guid)
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	if len(i.events) != 2 {
		t.Fatalf("got %d events, want 2", len(i.events))
	}
	if diff := cmp.Diff(i.events[0].Jobs, i.events[1].Jobs); diff != "" {
		t.Errorf("jobs differ (-first +replayed):\n%s", diff)
	}
}

func TestPublicHasNothingElse(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		method, path string
		err          error
		code         int
	}{
		"healthz":         {"GET", "/healthz", errors.New("down"), 200},
		"healthz by HEAD": {"HEAD", "/healthz", nil, 200},
		"readyz":          {"GET", "/readyz", nil, 200},
		"not ready":       {"GET", "/readyz", errors.New("down"), 503},
		"webhook by GET":  {"GET", "/webhook", nil, 405},
		"webhook by PUT":  {"PUT", "/webhook", nil, 405},
		"setup":           {"GET", "/setup", nil, 404},
		"metrics":         {"GET", "/metrics", nil, 404},
		"root":            {"GET", "/", nil, 404},
		"below":           {"POST", "/webhook/x", nil, 404},
		"slash":           {"POST", "/webhook/", nil, 404},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			newTestPublic(&inbox{err: tt.err}, testSecret).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, nil))
			if w.Code != tt.code {
				t.Errorf("%s %s: got %d, want %d", tt.method, tt.path, w.Code, tt.code)
			}
		})
	}
}

// FuzzReceive sends foreign bytes that are signed: whatever they are, the answer is one that GitHub
// understands, and jobs are whole.
func FuzzReceive(f *testing.F) {
	for name := range deciders {
		f.Add(name, []byte(openedBody))
	}
	f.Add("check_run", []byte(rerunBody(`"external_id":"merge-group/b/refs/heads/main","head_sha":"h"`)))
	f.Add("merge_group", []byte(`{"action":"checks_requested","installation":{"id":7},"merge_group":{"head_sha":"h"}}`))
	f.Fuzz(func(t *testing.T, event string, body []byte) {
		i := &inbox{at: map[string][]Job{"h": {{Owner: "acme", Repo: "shop", Number: 1}}}}
		r := post(body)
		r.Header.Set("X-GitHub-Event", event)
		w := httptest.NewRecorder()
		newTestPublic(i, testSecret).ServeHTTP(w, r)
		if w.Code != 200 && w.Code != 202 && w.Code != 400 || !json.Valid(w.Body.Bytes()) {
			t.Fatalf("got %d %q", w.Code, w.Body)
		}
		for _, e := range i.events {
			for _, j := range e.Jobs {
				if j.Installation == 0 || j.Number < 0 || (j.Number > 0 || j.MergeGroup != nil) && j.Repo == "" {
					t.Fatalf("a job that can't be done: %+v", j)
				}
			}
		}
	})
}
