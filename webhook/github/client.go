// Package github is the Forge that webhook works on: GitHub.com, GitHub Enterprise Cloud and Server.
//
//	client.go, transport.go   one client per installation, and the chain that a call goes through
//	target.go, layers.go      what is to be reviewed, and its configuration
//	prompts.go                what organisation and repository tell the model; organisation.go
//	changes.go, tree.go, …    the change set, through a cache of git objects
//	publish.go, reconcile.go  the comments
//	check.go                  the check runs
package github

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-github/v60/github"
)

// Options say which App this is, and where its GitHub is.
type Options struct {
	AppID      int64
	Key        []byte // private key, PEM
	APIURL     string // "" = https://api.github.com
	GraphQLURL string // "" = the one that belongs to APIURL
	CacheDir   string // folder of the cache of git objects, "" = none
	CacheBytes int64  // its bound, 0 = 1 GiB
	// Secrets are the keys that comments are marked with. The first one marks, all of them are believed.
	Secrets   []string
	Transport http.RoundTripper // nil = a pool of connections of its own
	Now       func() time.Time  // nil = time.Now
	Log       *slog.Logger      // nil = silent
	Observe   func(Call)        // told of every call; nil = nobody
	Pace      *Pace             // of an installation's writes, nil = DefaultPace
}

// Call is one request that GitHub answered, or failed to.
type Call struct {
	Installation int64  // 0 = as the App itself
	Route        string // "/repos/{owner}/{repo}/pulls/{number}": a few dozen different ones
	Method       string
	Status       int // 0 = no answer
	Remaining    int // of the primary rate limit, -1 = not said
	Took         time.Duration
	Writes       bool // creates content, which GitHub limits by itself
}

// Client speaks to GitHub for all installations of the App. It is safe for concurrent use.
type Client struct {
	options Options
	api     *url.URL // ends in a slash
	graph   *url.URL
	key     *appKey
	apps    *appAuth
	objects *objectCache
	orgs    orgs
	views   views

	noGraphQL atomic.Int64 // until when GraphQL is not asked for contents, in nanoseconds

	mu            sync.Mutex
	installations map[int64]http.RoundTripper

	self  appName
	begun begunChecks
}

// New makes a client; it calls nobody.
func New(o Options) (*Client, error) {
	o = o.withDefaults()
	c := &Client{options: o, installations: map[int64]http.RoundTripper{}}
	var err error
	if c.api, err = endpoint(strings.TrimSuffix(o.APIURL, "/") + "/"); err != nil {
		return nil, fmt.Errorf("GITHUB_API_URL: %w", err)
	}
	if c.graph, err = endpoint(o.GraphQLURL); err != nil {
		return nil, fmt.Errorf("GITHUB_GRAPHQL_URL: %w", err)
	}
	if c.key, err = newAppKey(o, c.api.String()); err != nil {
		return nil, err
	}
	c.apps = &appAuth{c.key.over(c.chain(0)), c.key.signer.clock}
	c.objects, err = newObjectCache(o)
	return c, err
}

func (o Options) withDefaults() Options {
	if o.APIURL == "" {
		o.APIURL = "https://api.github.com"
	}
	if o.GraphQLURL == "" {
		o.GraphQLURL = graphQLURL(strings.TrimSuffix(o.APIURL, "/"))
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 1 << 30
	}
	if o.Transport == nil {
		o.Transport = newPool()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Pace == nil {
		o.Pace = new(DefaultPace())
	}
	return o
}

// graphQLURL is where the GraphQL API lies beside that REST API: not below /api/v3 on GitHub Enterprise Server.
// https://docs.github.com/en/enterprise-server@latest/graphql/guides/forming-calls-with-graphql
func graphQLURL(api string) string {
	if host, ok := strings.CutSuffix(api, "/api/v3"); ok {
		return host + "/api/graphql"
	}
	return api + "/graphql"
}

func endpoint(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, err
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return nil, fmt.Errorf("%q: want https://HOST/api/v3 of a GitHub Enterprise Server, or nothing for github.com", raw)
	case u.User != nil:
		return nil, errors.New("want no user or password in the address")
	}
	return u, nil
}

// rest is a client that acts as the installation. Each call gets a new one: go-github's own memory of
// limits would answer instead of GitHub.
func (c *Client) rest(installation int64) *github.Client {
	return c.over(c.installation(installation))
}

// app is a client that acts as the App itself.
func (c *Client) app() *github.Client { return c.over(c.apps) }

func (c *Client) over(rt http.RoundTripper) *github.Client {
	gh := github.NewClient(&http.Client{Transport: rt, CheckRedirect: sameHost})
	gh.BaseURL, gh.UploadURL = c.api, c.api
	gh.UserAgent = "schema-review"
	return gh
}

// sameHost lets a renamed repository's redirects pass, and none that would carry a token elsewhere.
func sameHost(next *http.Request, via []*http.Request) error {
	if len(via) > 5 || next.URL.Host != via[0].URL.Host || next.URL.Scheme != via[0].URL.Scheme {
		return http.ErrUseLastResponse
	}
	return nil
}

func (c *Client) installation(id int64) http.RoundTripper {
	c.mu.Lock()
	defer c.mu.Unlock()
	rt, ok := c.installations[id]
	if !ok {
		rt = c.newInstallation(id)
		c.installations[id] = rt
	}
	return rt
}
