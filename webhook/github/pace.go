package github

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/schema-review/schema-review/webhook"
)

// Pace is how fast an installation may write. GitHub asks for a second between requests that change
// something, and for no more than 80 a minute and 500 an hour that create content.
// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
type Pace struct {
	Interval  time.Duration // between two writes
	PerMinute int           // content, 0 = no limit
	PerHour   int           // content, 0 = no limit
	Patience  time.Duration // a call that had to wait longer fails with a RetryError
}

// DefaultPace is what GitHub documents.
func DefaultPace() Pace {
	return Pace{Interval: time.Second, PerMinute: 80, PerHour: 500, Patience: 30 * time.Second}
}

// pacer spaces an installation's writes. Replicas don't know of each other's; where they are too many
// together, GitHub says so.
type pacer struct {
	next http.RoundTripper
	pace Pace
	now  func() time.Time

	mu      sync.Mutex
	last    time.Time   // turn of the newest write
	content []time.Time // turns of the content created in the last hour, in order
}

func newPacer(next http.RoundTripper, p Pace, now func() time.Time) *pacer {
	return &pacer{next: next, pace: p, now: now}
}

var errPaced = errors.New("as much was written for this installation as GitHub allows at a time")

// RoundTrip sends the request when it is its turn.
func (p *pacer) RoundTrip(req *http.Request) (*http.Response, error) {
	if isRead(req) {
		return p.next.RoundTrip(req)
	}
	wait := p.turn(createsContent(req))
	if wait > p.pace.Patience {
		closeBody(req)
		return nil, &webhook.RetryError{After: wait, Err: errPaced}
	}
	if err := sleep(req.Context(), wait); err != nil {
		closeBody(req)
		return nil, err
	}
	return p.next.RoundTrip(req)
}

// turn is how long to wait. Turns are given in order; who would have to wait too long gets none.
func (p *pacer) turn(content bool) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	at := latest(now, p.last.Add(p.pace.Interval))
	if content {
		p.forget(now.Add(-time.Hour))
		at = latest(at, p.after(p.pace.PerMinute, time.Minute), p.after(p.pace.PerHour, time.Hour))
	}
	wait := at.Sub(now)
	if wait > p.pace.Patience {
		return wait
	}
	p.last = at
	if content {
		p.content = append(p.content, at)
	}
	return wait
}

// after is when the window has room for one more.
func (p *pacer) after(limit int, window time.Duration) time.Time {
	if limit <= 0 || len(p.content) < limit {
		return time.Time{}
	}
	return p.content[len(p.content)-limit].Add(window)
}

func (p *pacer) forget(before time.Time) {
	old := 0
	for old < len(p.content) && p.content[old].Before(before) {
		old++
	}
	p.content = p.content[old:]
}

func latest(times ...time.Time) time.Time {
	var t time.Time
	for _, one := range times {
		if one.After(t) {
			t = one
		}
	}
	return t
}

// createsContent reports whether the write makes something that people are told of. Check runs don't: their
// page has no word of notifications and their limit, those of reviews and comments have.
// https://docs.github.com/rest/pulls/reviews#create-a-review-for-a-pull-request
func createsContent(req *http.Request) bool {
	return !strings.Contains(req.URL.Path, "/check-runs")
}
