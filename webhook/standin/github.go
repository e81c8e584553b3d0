package standin

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Options are how the stand-in differs from github.com.
type Options struct {
	Now     func() time.Time // nil = time.Now; see also Clock.Advance
	Latency time.Duration    // every API call takes at least this long
	Log     *slog.Logger
	Limits  Limits
}

// GitHub is the whole stand-in. All of its methods, and those of what it gives out, may be called at
// the same time.
type GitHub struct {
	Clock *Clock

	latency   time.Duration
	log       *slog.Logger
	endpoints map[string]route // by pattern
	mux       http.Handler
	url       string // where it is reached, for the URLs in its answers

	mu        sync.Mutex // guards everything below, and all that hangs on it
	ids       int64
	version   uint64
	changed   chan struct{} // closed at the next change
	accounts  map[string]*account
	apps      map[int64]*App
	installs  map[int64]*Installation
	repos     map[string]*Repository // by lower-case full name
	tokens    map[string]*token
	codes     map[string]*conversion
	calls     []Call
	fault     func(*http.Request) *Fault
	graph     GraphQLMode
	meter     meter
	treeLimit int
	under     int // deliveries under way
}

// New makes a GitHub without anything in it.
func New(o Options) *GitHub {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	g := &GitHub{
		Clock:    &Clock{now: o.Now},
		latency:  o.Latency,
		log:      o.Log,
		url:      "https://api.github.com",
		changed:  make(chan struct{}),
		accounts: map[string]*account{},
		apps:     map[int64]*App{},
		installs: map[int64]*Installation{},
		repos:    map[string]*Repository{},
		tokens:   map[string]*token{},
		codes:    map[string]*conversion{},
		meter:    newMeter(o.Limits),
	}
	g.endpoints = table()
	g.mux = g.routes()
	return g
}

// Start listens on loopback. stop ends the deliveries under way, too.
func (g *GitHub) Start() (url string, stop func()) {
	s := httptest.NewServer(g)
	g.mu.Lock()
	g.url = s.URL
	g.mu.Unlock()
	return s.URL, func() {
		s.CloseClientConnections()
		s.Close()
		_ = g.Settle(context.Background()) // they take 10 seconds at most
	}
}

// Repository finds a repository by "owner/name", nil when there is none.
func (g *GitHub) Repository(fullName string) *Repository {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.repos[strings.ToLower(fullName)]
}

// Version counts the changes of what can be seen.
func (g *GitHub) Version() uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.version
}

// Changes is closed at the first change after version since; pages wait for it to show what is new.
func (g *GitHub) Changes(since uint64) <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.version != since {
		done := make(chan struct{})
		close(done)
		return done
	}
	return g.changed
}

// touch notes a change.
func (g *GitHub) touch() {
	g.version++
	close(g.changed)
	g.changed = make(chan struct{})
}

// id gives the next database id. One sequence for all kinds: an id of the wrong kind is never found by chance.
func (g *GitHub) id() int64 {
	g.ids++
	return g.ids
}
