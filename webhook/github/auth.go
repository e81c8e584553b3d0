package github

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bradleyfalzon/ghinstallation/v2"
	"github.com/golang-jwt/jwt/v4"
)

// appKey signs for the App.
type appKey struct {
	id     int64
	base   string // of the API, without a slash at the end
	signer *claimsSigner
}

func newAppKey(o Options, base string) (*appKey, error) {
	key, err := jwt.ParseRSAPrivateKeyFromPEM(o.Key)
	if err != nil {
		return nil, fmt.Errorf("GITHUB_APP_PRIVATE_KEY: not an RSA private key in PEM form: %w", err)
	}
	rsa := ghinstallation.NewRSASigner(jwt.SigningMethodRS256, key)
	return &appKey{o.AppID, strings.TrimSuffix(base, "/"), &claimsSigner{rsa, &clock{now: o.Now}}}, nil
}

// over is a transport that signs what it sends.
func (k *appKey) over(next http.RoundTripper) *ghinstallation.AppsTransport {
	// The only error is a missing signer.
	t, _ := ghinstallation.NewAppsTransportWithOptions(next, k.id, ghinstallation.WithSigner(k.signer))
	t.BaseURL = k.base
	return t
}

// appAuth signs calls of the App itself.
type appAuth struct {
	signed *ghinstallation.AppsTransport
	clock  *clock
}

// RoundTrip sends the request, and once more when our clock was the reason why it was refused.
func (a *appAuth) RoundTrip(req *http.Request) (*http.Response, error) {
	first := req.Clone(req.Context())
	resp, err := a.signed.RoundTrip(first)
	if err != nil || resp.StatusCode != http.StatusUnauthorized || !a.clock.follow(resp) {
		return resp, err
	}
	next, err := again(req)
	if err != nil {
		return resp, nil //nolint:nilerr // what GitHub answered is the better answer
	}
	drain(resp)
	return a.signed.RoundTrip(next)
}

// clock tells GitHub's time.
type clock struct {
	now   func() time.Time
	ahead atomic.Int64 // nanoseconds that GitHub's clock is ahead of ours
}

func (c *clock) time() time.Time { return c.now().Add(time.Duration(c.ahead.Load())) }

// follow sets the clock by the answer's Date, and reports whether that made a difference.
func (c *clock) follow(resp *http.Response) bool {
	date, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return false
	}
	off := date.Sub(c.time())
	if off.Abs() < 10*time.Second {
		return false
	}
	c.ahead.Add(int64(off))
	return true
}

// claimsSigner gives the claims GitHub's time: issued a minute ago against drift, for 6 minutes; more than 10
// are refused. https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
type claimsSigner struct {
	ghinstallation.Signer
	clock *clock
}

func (s *claimsSigner) Sign(claims jwt.Claims) (string, error) {
	if c, ok := claims.(*jwt.RegisteredClaims); ok {
		now := s.clock.time().Truncate(time.Second)
		c.IssuedAt, c.ExpiresAt = jwt.NewNumericDate(now.Add(-time.Minute)), jwt.NewNumericDate(now.Add(5*time.Minute))
	}
	return s.Signer.Sign(claims)
}

// installationAuth adds the installation's token, which is kept until it expires.
type installationAuth struct {
	id  int64
	key *appKey
	// next carries both the calls and the requests for a token.
	next http.RoundTripper

	mu      sync.Mutex
	current *ghinstallation.Transport
}

// RoundTrip sends the request; when GitHub doesn't know the token any more, once more with a fresh one.
func (a *installationAuth) RoundTrip(req *http.Request) (*http.Response, error) {
	used := a.token(nil)
	resp, err := a.send(used, req)
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	next, err := again(req)
	if err != nil {
		return resp, nil //nolint:nilerr // what GitHub answered is the better answer
	}
	drain(resp)
	return a.send(a.token(used), next)
}

// token is the transport that holds the token, a new one when the old one's was refused.
func (a *installationAuth) token(refused *ghinstallation.Transport) *ghinstallation.Transport {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.current == refused {
		a.current = ghinstallation.NewFromAppsTransport(a.key.over(a.next), a.id)
	}
	return a.current
}

// send asks for a token where there is none yet, once more when our clock was the reason why that was refused.
func (a *installationAuth) send(t *ghinstallation.Transport, req *http.Request) (*http.Response, error) {
	_, err := t.Token(req.Context())
	if e, ok := errors.AsType[*ghinstallation.HTTPError](err); ok && e.Response != nil {
		tooEarly := e.Response.StatusCode == http.StatusUnauthorized && a.key.signer.clock.follow(e.Response)
		if !tooEarly {
			closeBody(req)
			return nil, tokenError(e, a.key.signer.clock.time())
		}
		drain(e.Response)
	}
	return t.RoundTrip(req)
}
