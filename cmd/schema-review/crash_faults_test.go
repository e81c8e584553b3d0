package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

// crashFault is something that goes wrong with so much of the calls that it fits.
type crashFault struct {
	part float64
	fits func(r *http.Request, body []byte) bool // nil: all calls
	what func(c *crashTest) *standin.Fault
}

var crashFaults = []crashFault{
	{0.02, nil, answering(http.StatusBadGateway, "<html>502</html>")},
	{0.01, nil, func(*crashTest) *standin.Fault { return &standin.Fault{Reset: standin.ResetBefore} }},
	{0.015, nil, func(*crashTest) *standin.Fault { return &standin.Fault{Reset: standin.ResetAfter} }},
	{0.003, nil, limiting(http.StatusForbidden)},
	{0.003, nil, limiting(http.StatusTooManyRequests)},
	{0.005, nil, answering(http.StatusUnauthorized, `{"message":"Bad credentials"}`)}, // the token has expired
	{0.004, nil, func(c *crashTest) *standin.Fault { c.install.RevokeTokens(); return nil }},
	{0.01, nil, func(c *crashTest) *standin.Fault { return &standin.Fault{Delay: c.network.between(100, 1500)} }},
	{0.01, nil, func(c *crashTest) *standin.Fault { return &standin.Fault{Slow: c.network.between(100, 1500)} }},
	// The most is at stake when something was done, and nobody learns of it.
	{0.06, creates, func(*crashTest) *standin.Fault { return &standin.Fault{Reset: standin.ResetAfter} }},
	{0.06, creates, func(c *crashTest) *standin.Fault { return &standin.Fault{Slow: c.network.between(100, 1500)} }},
	{0.01, toGraphQL, answering(http.StatusOK, `{"data":null,"errors":[{"type":"SERVICE_UNAVAILABLE","message":"Something went wrong while executing your query."}]}`)},
	// About something else, or about one of the comments: who reviews can't know.
	{0.25, severalComments, answering(http.StatusUnprocessableEntity, `{"message":"Unprocessable Entity","errors":["Pull request review thread line must be part of the diff"]}`)},
}

// fault is what GitHub does wrong.
func (c *crashTest) fault(r *http.Request) *standin.Fault {
	if time.Now().UnixNano() < c.outage.Load() {
		return &standin.Fault{Status: http.StatusServiceUnavailable, Body: "<html>503</html>"}
	}
	body := readBody(r)
	for _, f := range crashFaults {
		if (f.fits == nil || f.fits(r, body)) && c.network.chance(f.part) {
			return f.what(c)
		}
	}
	return nil
}

func answering(status int, body string) func(*crashTest) *standin.Fault {
	return func(*crashTest) *standin.Fault { return &standin.Fault{Status: status, Body: body} }
}

func limiting(status int) func(*crashTest) *standin.Fault {
	return func(*crashTest) *standin.Fault {
		return &standin.Fault{
			Status: status, Header: http.Header{"Retry-After": {"1"}},
			Body: `{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}`,
		}
	}
}

func toGraphQL(r *http.Request, _ []byte) bool { return strings.HasSuffix(r.URL.Path, "/graphql") }

// creates reports whether the call makes a review or a check run, or says what became of a comment.
func creates(r *http.Request, _ []byte) bool {
	return r.Method == http.MethodPatch || r.Method == http.MethodPost && (strings.HasSuffix(r.URL.Path, "/reviews") || strings.HasSuffix(r.URL.Path, "/check-runs"))
}

// severalComments reports whether a review has more comments than one: one alone that is refused goes to the
// review's body for good, and rightly so.
func severalComments(r *http.Request, body []byte) bool {
	return strings.HasSuffix(r.URL.Path, "/reviews") && bytes.Count(body, []byte(`"path"`)) > 1
}

// readBody reads the request's body, and leaves it there.
func readBody(r *http.Request) []byte {
	body, _ := io.ReadAll(r.Body) // cut off: who reads it next sees that
	r.Body = copyOf(body)
	return body
}

func copyOf(body []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
