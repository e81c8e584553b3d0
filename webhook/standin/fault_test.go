package standin_test

import (
	"bytes"
	"net/http"
	"net/url"
	"testing"

	"github.com/schema-review/schema-review/webhook/standin"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	w, p := opened(t)
	post := func() (int, error) {
		req, err := http.NewRequestWithContext(t.Context(), "POST", w.url+reviews, bytes.NewReader([]byte(review("COMMENT"))))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+w.token)
		req.GetBody = nil // or the client tries again by itself
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return 0, err
		}
		defer res.Body.Close()
		return res.StatusCode, nil
	}
	fault := func(f *standin.Fault) { w.g.Fault(func(*http.Request) *standin.Fault { return f }) }
	for _, test := range []struct {
		name    string
		fault   *standin.Fault
		status  int
		reviews int // that stand afterwards
	}{
		{"none", nil, 200, 1},
		{"502", &standin.Fault{Status: 502}, 502, 1},
		{"reset before", &standin.Fault{Reset: standin.ResetBefore}, 0, 1},
		{"reset after", &standin.Fault{Reset: standin.ResetAfter}, 0, 2},
	} {
		fault(test.fault)
		status, err := post()
		if status != test.status || (err != nil) != (test.status == 0) || len(p.Reviews()) != test.reviews {
			t.Errorf("%s: got %d, %v and %d reviews", test.name, status, err, len(p.Reviews()))
		}
	}
	calls := w.g.Calls()
	if last := calls[len(calls)-1]; last.Status != 0 || !last.Creates || last.Route != "/repos/{owner}/{repo}/pulls/{pull_number}/reviews" {
		t.Errorf("recorded: %+v", last)
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	count := func(seed uint64) (n int) {
		faults := standin.Plan{Seed: seed, BadGateway: 100, Throttled: 50}.Faults()
		for range 1000 {
			if f := faults(&http.Request{Method: "GET", URL: &url.URL{Path: "/app"}}); f != nil {
				n = n*31 + f.Status
			}
		}
		return n
	}
	first, again, other := count(1), count(1), count(2)
	if first != again || first == other || first == 0 {
		t.Errorf("seed 1 makes %d and %d, seed 2 %d", first, again, other)
	}
}
