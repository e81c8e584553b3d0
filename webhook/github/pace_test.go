package github

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// send tells how a request went; nobody reads the answer.
func send(p *pacer, req *http.Request) error {
	resp, err := p.RoundTrip(req)
	if err == nil && resp != nil && resp.Body != nil {
		_ = resp.Body.Close()
	}
	return err
}

func request(t *testing.T, method, path string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "https://api.github.com"+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

const reviewsPath = "/repos/acme/shop/pulls/7/reviews"

func TestPacerSpacesWrites(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var at []time.Duration
		p := newPacer(roundTripper(func(*http.Request) (*http.Response, error) {
			at = append(at, time.Since(start))
			return nil, nil
		}), DefaultPace(), time.Now)
		for _, call := range []struct{ method, path string }{
			{"POST", "/repos/acme/shop/check-runs"},
			{"GET", reviewsPath},
			{"POST", reviewsPath},
			{"PATCH", "/repos/acme/shop/check-runs/1"},
		} {
			if err := send(p, request(t, call.method, call.path)); err != nil {
				t.Fatal(err)
			}
		}
		want := []time.Duration{0, 0, time.Second, 2 * time.Second}
		if diff := cmp.Diff(want, at); diff != "" {
			t.Errorf("times of the calls (-want +got):\n%s", diff)
		}
	})
}

func TestPacerCountsContent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pace  Pace
		path  string
		calls int
		want  time.Duration // what the last call is asked to wait; 0 = it goes through
	}{
		"a minute's content": {Pace{PerMinute: 3, Patience: time.Second}, reviewsPath, 4, time.Minute},
		"an hour's content":  {Pace{PerHour: 3, PerMinute: 80, Patience: time.Minute}, reviewsPath, 4, time.Hour},
		"room left":          {Pace{PerHour: 3, PerMinute: 3, Patience: time.Second}, reviewsPath, 3, 0},
		"check runs":         {Pace{PerHour: 1, PerMinute: 1, Patience: time.Second}, "/repos/acme/shop/check-runs", 9, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPacer(roundTripper(func(*http.Request) (*http.Response, error) { return nil, nil }), c.pace, time.Now)
				for range c.calls - 1 {
					if err := send(p, request(t, "POST", c.path)); err != nil {
						t.Fatal(err)
					}
				}
				err := send(p, request(t, "POST", c.path))
				if got := retryOf(err); got != c.want {
					t.Errorf("got a wait of %v (%v), want %v", got, err, c.want)
				}
			})
		})
	}
}

func TestPacerGivesUpItsTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(roundTripper(func(*http.Request) (*http.Response, error) { return nil, nil }), DefaultPace(), time.Now)
		_ = send(p, request(t, "POST", reviewsPath))
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		err := send(p, request(t, "POST", reviewsPath).WithContext(ctx))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want that the deadline ends the wait", err)
		}
	})
}

func retryOf(err error) time.Duration {
	if e, ok := errors.AsType[*webhook.RetryError](err); ok {
		return e.After
	}
	return 0
}
