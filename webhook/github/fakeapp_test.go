package github

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// appKeyPEM is one key for all tests: making it takes a while.
var appKeyPEM = sync.OnceValue(func() []byte {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
})

type obj = map[string]any

// reply is an answer: a status (0 = 200) and what is sent as JSON.
type reply struct {
	status int
	body   any
	header map[string]string
}

// fakeApp is the part of GitHub that an App asks about itself, as far as a test says.
type fakeApp struct {
	t       *testing.T
	replies map[string]reply // by "METHOD /path?query", or without the query
	skew    time.Duration    // that GitHub's clock is ahead

	mu    sync.Mutex
	calls []string
}

// newFakeApp is an App that is well, installed by acme.
func newFakeApp(t *testing.T) *fakeApp {
	t.Helper()
	given, events := map[string]string{}, []string{}
	for _, p := range webhook.Permissions {
		given[p.Name] = p.Access
	}
	for _, s := range webhook.Subscriptions {
		events = append(events, s.Name)
	}
	return &fakeApp{t: t, replies: map[string]reply{
		"GET /app": {body: obj{
			"id": 7, "slug": "schema-review-acme", "html_url": "https://github.com/apps/schema-review-acme",
			"owner": obj{"login": "acme", "type": "Organization"}, "permissions": given, "events": events,
		}},
		"GET /app/hook/config":     {body: obj{"url": "https://r.example.com/webhook", "content_type": "json", "insecure_ssl": "0", "secret": "********"}},
		"GET /app/hook/deliveries": {body: []obj{hookDelivery(1, time.Minute, 202)}},
		"GET /app/installations": {body: []obj{{
			"id": 3, "html_url": "https://github.com/organizations/acme/settings/installations/3", "account": obj{"login": "acme"},
			"permissions": maps.Clone(given), "events": events, "created_at": "2026-01-02T03:04:05Z",
		}}},
		"POST /app/installations/3/access_tokens": {status: 201, body: obj{"token": "t0ken", "expires_at": time.Now().Add(time.Hour)}},
		"GET /rate_limit":                         {body: obj{"resources": obj{"core": obj{"limit": 5000, "remaining": 4999, "reset": 1767322800}}}},
		"POST /graphql":                           {body: obj{"data": obj{"viewer": obj{"login": "schema-review-acme[bot]"}}}},
	}}
}

func hookDelivery(id int, ago time.Duration, status int) obj {
	text := "OK"
	if status < 200 || status > 299 {
		text = "failed"
	}
	return obj{
		"id": id, "guid": "g", "event": "pull_request", "action": "opened", "delivered_at": time.Now().Add(-ago).UTC(),
		"status": text, "status_code": status, "redelivery": false,
	}
}

// set changes one field of an answer that is an object.
func (f *fakeApp) set(route, field string, value any) {
	body, ok := f.replies[route].body.(obj)
	if !ok {
		f.t.Fatalf("%s doesn't answer with an object", route)
	}
	body[field] = value
}

func (f *fakeApp) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.calls = append(f.calls, r.Method+" "+r.URL.RequestURI())
	f.mu.Unlock()
	answer, ok := f.replies[r.Method+" "+r.URL.RequestURI()]
	if !ok {
		answer, ok = f.replies[r.Method+" "+r.URL.Path]
	}
	if !ok {
		answer = reply{status: 404, body: obj{"message": "Not Found"}}
	}
	w.Header().Set("Date", time.Now().Add(f.skew).UTC().Format(http.TimeFormat))
	for k, v := range answer.header {
		w.Header().Set(k, v)
	}
	if answer.status != 0 {
		w.WriteHeader(answer.status)
	}
	_ = json.NewEncoder(w).Encode(answer.body)
}

func (f *fakeApp) client() (c *Client, url string) {
	f.t.Helper()
	s := httptest.NewServer(f)
	f.t.Cleanup(s.Close)
	c, err := New(Options{AppID: 7, Key: appKeyPEM(), APIURL: s.URL})
	if err != nil {
		f.t.Fatal(err)
	}
	return c, s.URL
}
