package standin

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Plan is a random but repeatable list of faults: the same seed and the same order of calls give the same
// faults. Each field is how many of 1,000 calls go wrong that way.
type Plan struct {
	Seed        uint64
	BadGateway  int           // 502, not carried out
	LostAnswer  int           // carried out, and the connection breaks before the answer
	LostCall    int           // the connection breaks before it is carried out
	Throttled   int           // 403 or 429 with retry-after
	Expired     int           // 401 for a token that was good a moment ago
	Refused     int           // 422 for calls that write
	Slow        int           // the answer takes its time
	RetryAfter  time.Duration // of Throttled, in whole seconds; 0 is allowed
	SlowBy      time.Duration
	GraphErrors int // an error in a 200
}

// Faults is for GitHub.Fault. It may be asked from several calls at once.
func (p Plan) Faults() func(*http.Request) *Fault {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(p.Seed, 1)) // repeatable on purpose
	return func(r *http.Request) *Fault {
		mu.Lock()
		defer mu.Unlock()
		return p.pick(r, random.IntN(1000), random.IntN(2) == 0)
	}
}

func (p Plan) pick(r *http.Request, n int, coin bool) *Fault {
	writes := r.Method != http.MethodGet
	for _, c := range []struct {
		rate  int
		fault *Fault
	}{
		{p.BadGateway, &Fault{Status: http.StatusBadGateway, Body: "<html><body>502 Bad Gateway</body></html>", Header: http.Header{"Content-Type": {"text/html"}}}},
		{p.LostAnswer, &Fault{Reset: ResetAfter}},
		{p.LostCall, &Fault{Reset: ResetBefore}},
		{p.Throttled, p.throttled(coin)},
		{p.Expired, said(http.StatusUnauthorized, "Bad credentials")},
		{p.Refused, when(writes && r.URL.Path != "/graphql", said(http.StatusUnprocessableEntity, "Validation Failed"))},
		{p.Slow, &Fault{Slow: p.SlowBy}},
		{p.GraphErrors, when(r.URL.Path == "/graphql", &Fault{Status: http.StatusOK, Body: `{"data":null,"errors":[{"type":"SERVICE_UNAVAILABLE","message":"Something went wrong while executing your query."}]}`})},
	} {
		if n < c.rate {
			return c.fault
		}
		n -= c.rate
	}
	return nil
}

func (p Plan) throttled(coin bool) *Fault {
	status := http.StatusForbidden
	if coin {
		status = http.StatusTooManyRequests
	}
	f := said(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
	f.Header.Set("Retry-After", strconv.Itoa(int(p.RetryAfter/time.Second)))
	return f
}

func said(status int, message string) *Fault {
	return &Fault{
		Status: status, Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}},
		Body: string(refusal(status, message).render()),
	}
}

func when(it bool, f *Fault) *Fault {
	if it {
		return f
	}
	return nil
}
