package github

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// secondaryWait is how long to wait at least when GitHub says that it is too much, and not until when.
// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
const secondaryWait = time.Minute

// gate keeps requests back while GitHub has asked to wait: going on may get the App banned.
type gate struct {
	next http.RoundTripper
	now  func() time.Time

	mu    sync.Mutex
	until time.Time
}

func (g *gate) RoundTrip(req *http.Request) (*http.Response, error) {
	if wait := g.wait(); wait > 0 {
		closeBody(req)
		return nil, &webhook.RetryError{After: wait, Err: errors.New("GitHub has asked to wait")}
	}
	resp, err := g.next.RoundTrip(req)
	if err != nil || !mayLimit(resp) {
		return resp, err
	}
	if wait := limited(resp, string(peek(resp)), g.now()); wait > 0 {
		g.hold(wait)
	}
	return resp, nil
}

func (g *gate) wait() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.until.Sub(g.now())
}

func (g *gate) hold(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := g.now().Add(d); until.After(g.until) {
		g.until = until
	}
}

func mayLimit(resp *http.Response) bool {
	return resp.StatusCode == http.StatusForbidden || resp.StatusCode == http.StatusTooManyRequests
}

// limited is how long GitHub asks to wait with a 403 or 429, 0 when it is about something else.
func limited(resp *http.Response, message string, now time.Time) time.Duration {
	if !mayLimit(resp) {
		return 0
	}
	if wait, ok := retryAfter(resp); ok {
		return wait
	}
	if resp.Header.Get("X-RateLimit-Remaining") == "0" {
		return untilReset(resp, now)
	}
	message = strings.ToLower(message)
	if resp.StatusCode == http.StatusTooManyRequests || strings.Contains(message, "rate limit") || strings.Contains(message, "abuse detection") {
		return secondaryWait
	}
	return 0
}

// retryAfter reads the header: seconds, or a date as proxies send it.
func retryAfter(resp *http.Response) (time.Duration, bool) {
	value := resp.Header.Get("Retry-After")
	if s, err := strconv.Atoi(value); err == nil {
		return max(time.Duration(s)*time.Second, time.Second), true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return max(at.Sub(answered(resp, time.Now())), time.Second), true
}

// untilReset is the time until the primary limit's window ends, by the clock that wrote it.
func untilReset(resp *http.Response, now time.Time) time.Duration {
	reset, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil {
		return secondaryWait
	}
	wait := time.Unix(reset, 0).Sub(answered(resp, now)) + time.Second
	return min(max(wait, time.Second), time.Hour+time.Minute)
}

// answered is when the answer was written, by GitHub's clock where it says so.
func answered(resp *http.Response, now time.Time) time.Time {
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		return at
	}
	return now
}

func remaining(resp *http.Response) int {
	n, err := strconv.Atoi(resp.Header.Get("X-RateLimit-Remaining"))
	if err != nil {
		return -1
	}
	return n
}

// limitError is what a limited call fails with.
func limitError(wait time.Duration, resp *http.Response) error {
	return &webhook.RetryError{After: wait, Err: fmt.Errorf("GitHub limits the rate of requests (%s), and asks to wait for %s", resp.Status, wait.Round(time.Second))}
}
