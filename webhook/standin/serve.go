package standin

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"time"
)

// largest request body.
const largestBody = 10 << 20

// ServeHTTP answers the API at the root and, as GitHub Enterprise Server does, under /api/v3.
func (g *GitHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v3")
	if path == "/api/graphql" {
		path = "/graphql"
	}
	if path != r.URL.Path {
		r = r.Clone(r.Context())
		r.URL.Path, r.URL.RawPath = path, strings.TrimPrefix(r.URL.RawPath, "/api/v3")
	}
	g.mux.ServeHTTP(w, r)
}

// handle is what happens to every call, whatever its route: r.Pattern tells it.
func (g *GitHub) handle(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, largestBody)) // cut off: not JSON any more
	r.Body = io.NopCloser(bytes.NewReader(body))
	f := g.faultFor(r)
	r.Body = io.NopCloser(bytes.NewReader(body))
	if !sleep(r, g.latency+f.Delay) {
		return
	}
	if f.Reset == ResetBefore {
		g.note(r, &call{Call: Call{Route: routeOf(r)}})
		reset(w)
		return
	}
	c := g.carryOut(r, body, f)
	if f.Reset == ResetAfter {
		c.status = 0
	}
	g.note(r, c)
	if f.Reset == ResetAfter {
		reset(w)
		return
	}
	send(w, c, f.Slow)
}

// call is a call and its answer.
type call struct {
	Call
	status int
	header http.Header
	data   []byte
}

// routeOf is a request's route without its method, "/" when there is none for it.
func routeOf(r *http.Request) string {
	_, route, ok := strings.Cut(r.Pattern, " ")
	if !ok {
		return "/"
	}
	return strings.ReplaceAll(route, "...}", "}")
}

// carryOut answers a call.
func (g *GitHub) carryOut(r *http.Request, body []byte, f *Fault) *call {
	e := g.endpoints[r.Pattern]
	if e.graphql {
		e.creates = mutates(body)
	}
	c := &call{Call: Call{Route: routeOf(r), Creates: e.creates}, header: http.Header{}}
	a := g.alone(r, body, f, e, c)
	c.status = a.status
	maps.Copy(c.header, a.header)
	if f.Status != 0 {
		c.data = []byte(f.Body)
		for key, v := range f.Header {
			c.header[http.CanonicalHeaderKey(key)] = v
		}
		return c
	}
	g.conditional(r, c)
	return c
}

// alone performs a call while nothing else happens. A panic leaves no lock behind.
func (g *GitHub) alone(r *http.Request, body []byte, f *Fault, e route, c *call) *answer {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := g.perform(r, body, f, e, c)
	c.data = a.render()
	return a
}

// perform is what happens under the lock.
func (g *GitHub) perform(r *http.Request, body []byte, f *Fault, e route, c *call) *answer {
	q := &request{Request: r, g: g, body: body}
	c.header.Set("X-GitHub-Request-Id", fmt.Sprintf("%04X:%06X:%08X", g.version&0xffff, len(g.calls), g.Clock.Now().Unix()))
	c.header.Set("X-GitHub-Media-Type", "github.v3; format=json")
	c.header.Set("X-GitHub-Api-Version-Selected", "2022-11-28")
	c.header.Set("Date", g.Clock.Now().Format(http.TimeFormat))
	if f.Status != 0 {
		return &answer{status: f.Status}
	}
	if e.serve == nil {
		return notFound()
	}
	if !e.open {
		who, no := g.authenticate(r)
		if no != nil {
			return no
		}
		q.caller = who
	}
	return g.metered(q, e, c)
}

// conditional gives answers an ETag, and turns what the caller has already into a 304.
func (g *GitHub) conditional(r *http.Request, c *call) {
	if r.Method != http.MethodGet || c.status != http.StatusOK {
		return
	}
	etag := fmt.Sprintf(`W/"%x"`, sha256.Sum256(c.data))
	c.header.Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		c.status, c.data = http.StatusNotModified, nil
		g.refund(c)
	}
}

func send(w http.ResponseWriter, c *call, slow time.Duration) {
	maps.Copy(w.Header(), c.header)
	if len(c.data) > 0 && w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	w.WriteHeader(c.status)
	if slow == 0 {
		_, _ = w.Write(c.data)
		return
	}
	half := len(c.data) / 2
	_, _ = w.Write(c.data[:half])
	_ = http.NewResponseController(w).Flush()
	time.Sleep(slow)
	_, _ = w.Write(c.data[half:])
}

// reset breaks the connection.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2 and recorders: the server's own way
	}
	if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// sleep waits, and tells whether the caller is still there.
func sleep(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// faultFor asks the tests what is to go wrong.
func (g *GitHub) faultFor(r *http.Request) *Fault {
	g.mu.Lock()
	f := g.fault
	g.mu.Unlock()
	if f == nil {
		return &Fault{}
	}
	if x := f(r); x != nil {
		return x
	}
	return &Fault{}
}

// note records a call.
func (g *GitHub) note(r *http.Request, c *call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c.Method, c.Path, c.Status, c.At = r.Method, r.URL.RequestURI(), c.status, g.Clock.Now()
	g.calls = append(g.calls, c.Call)
}
