package github

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"
)

// A call of an installation goes through:
//
//	auth       token of the installation, a fresh one after a 401
//	retry      reads only: once more after a 5xx or a broken connection
//	pace       content-creating calls, one after the other
//	gate       nothing is sent while GitHub has asked to wait
//	meter      counted, observed
//	etags      conditional requests
//	fence      only the configured hosts, and not forever
func (c *Client) newInstallation(id int64) http.RoundTripper {
	return &installationAuth{id: id, key: c.key, next: newPacer(c.chain(id), *c.options.Pace, c.options.Now)}
}

// chain is the part that calls of the App itself go through as well, and requests for tokens.
func (c *Client) chain(installation int64) http.RoundTripper {
	f := &fence{next: c.options.Transport, hosts: []string{c.api.Host, c.graph.Host}}
	m := &meter{next: newETags(f), installation: installation, base: c.api.Path, observe: c.options.Observe}
	return &retry{next: &gate{next: m, now: c.options.Now}}
}

func newPool() http.RoundTripper {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	t = t.Clone()
	t.MaxIdleConnsPerHost = 16
	return t
}

// attemptTime bounds one attempt. GitHub itself gives up after 10 seconds; the rest is for large answers.
// https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#timeouts
const attemptTime = 60 * time.Second

// fence sends requests to the configured hosts only, whatever address a payload or a redirect told of.
type fence struct {
	next  http.RoundTripper
	hosts []string
}

func (f *fence) RoundTrip(req *http.Request) (*http.Response, error) {
	if !slices.Contains(f.hosts, req.URL.Host) {
		closeBody(req)
		return nil, fmt.Errorf("%s is not the GitHub that was configured", req.URL.Host)
	}
	ctx, cancel := context.WithTimeout(req.Context(), attemptTime)
	resp, err := f.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &cancelBody{resp.Body, cancel}
	return resp, nil
}

type cancelBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *cancelBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// retry repeats reads that broke. A write whose answer was lost is never repeated here: who wrote has to
// look first at what became of it.
type retry struct{ next http.RoundTripper }

const readAttempts = 4

func (r *retry) RoundTrip(req *http.Request) (*http.Response, error) {
	if !isRead(req) {
		return r.next.RoundTrip(req)
	}
	for attempt := 1; ; attempt++ {
		resp, err := r.next.RoundTrip(req)
		if attempt == readAttempts || !worthRepeating(req.Context(), resp, err) {
			return resp, err
		}
		if resp != nil {
			drain(resp)
		}
		if err := sleep(req.Context(), backoff(attempt)); err != nil {
			return nil, err
		}
		if req, err = again(req); err != nil {
			return nil, err
		}
	}
}

func worthRepeating(ctx context.Context, resp *http.Response, err error) bool {
	if err != nil {
		return ctx.Err() == nil && !isOurs(err)
	}
	return resp.StatusCode >= 500 && resp.Header.Get("Retry-After") == ""
}

// backoff is 100, 300, 900 ms, half of it by chance.
func backoff(attempt int) time.Duration {
	d := 100 * time.Millisecond
	for range attempt - 1 {
		d *= 3
	}
	return d/2 + rand.N(d)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// again makes a request that can be sent once more: its body was read.
func again(req *http.Request) (*http.Request, error) {
	next := req.Clone(req.Context())
	if req.Body == nil || req.Body == http.NoBody {
		return next, nil
	}
	if req.GetBody == nil {
		return nil, fmt.Errorf("%s %s can't be sent again", req.Method, req.URL.Path)
	}
	body, err := req.GetBody()
	next.Body = body
	return next, err
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// drain lets the connection be used again.
func drain(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, 64<<10)
	_ = resp.Body.Close()
}

// peek reads the answer's body, and leaves the answer as it was.
func peek(resp *http.Response) []byte {
	data, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(data))
	return data
}
