package github

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// meter counts the calls of a task and tells of each.
type meter struct {
	next         http.RoundTripper
	installation int64
	base         string // path of the API: "/", "/api/v3/"
	observe      func(Call)
}

func (m *meter) RoundTrip(req *http.Request) (*http.Response, error) {
	count, writes := webhook.MeterFrom(req.Context()), !isRead(req)
	count.Calls.Add(1)
	if writes {
		count.Writes.Add(1)
	}
	start := time.Now()
	resp, err := m.next.RoundTrip(req)
	if m.observe == nil {
		return resp, err
	}
	call := Call{
		Installation: m.installation, Method: req.Method, Route: route(strings.TrimPrefix(req.URL.Path, m.base)),
		Took: time.Since(start), Remaining: -1, Writes: writes,
	}
	if err == nil {
		call.Status, call.Remaining = resp.StatusCode, remaining(resp)
	}
	m.observe(call)
	return resp, err
}

type readKey struct{}

// asRead marks a POST that only reads: a GraphQL query.
func asRead(ctx context.Context) context.Context { return context.WithValue(ctx, readKey{}, true) }

// isRead reports whether the request can be repeated and creates no content.
func isRead(req *http.Request) bool {
	switch {
	case req.Method == http.MethodGet, req.Method == http.MethodHead, req.Context().Value(readKey{}) != nil:
		return true
	}
	return strings.HasSuffix(req.URL.Path, "/access_tokens") && strings.Contains(req.URL.Path, "/app/installations/")
}

// route is the path with names for its variable parts.
func route(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i := range parts {
		switch {
		case i > 0 && parts[0] == "repos" && i == 1, i == 1 && (parts[0] == "orgs" || parts[0] == "users"):
			parts[i] = "{owner}"
		case i == 2 && parts[0] == "repos":
			parts[i] = "{repo}"
		case i > 0 && rest[parts[i-1]] != "":
			return "/" + strings.Join(append(parts[:i], rest[parts[i-1]]), "/")
		case isNumber(parts[i]):
			parts[i] = "{id}"
		case isSHA(parts[i]):
			parts[i] = "{sha}"
		}
	}
	return "/" + strings.Join(parts, "/")
}

// rest are the parts of paths after which anything may follow.
var rest = map[string]string{"contents": "{path}", "compare": "{basehead}", "ref": "{ref}", "refs": "{ref}", "trees": "{sha}", "blobs": "{sha}"}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func isSHA(s string) bool { return len(s) >= 40 && strings.Trim(s, "0123456789abcdef") == "" }
