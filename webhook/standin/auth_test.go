package standin_test

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

func TestJWT(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	now := w.g.Clock.Now()
	for name, test := range map[string]struct {
		change func(obj)
		want   string // "" = accepted
	}{
		"as it should be":     {func(obj) {}, ""},
		"ten minutes":         {func(c obj) { c["exp"] = now.Add(10 * time.Minute).Unix() }, ""},
		"eleven minutes":      {func(c obj) { c["exp"] = now.Add(11 * time.Minute).Unix() }, "'Expiration time' claim ('exp') is too far in the future"},
		"expired":             {func(c obj) { c["exp"] = now.Add(-time.Second).Unix() }, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"},
		"clock five minutes":  {func(c obj) { c["iat"] = now.Add(5 * time.Minute).Unix() }, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"},
		"clock half a minute": {func(c obj) { c["iat"] = now.Add(30 * time.Second).Unix() }, ""},
		"fraction":            {func(c obj) { c["iat"] = 1.5 }, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"},
		"another App":         {func(c obj) { c["iss"] = "4711" }, "Integration not found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := w.as(w.jwt(test.change)).call("GET", "/app", "")
			if test.want == "" {
				a.want(200)
				return
			}
			if got := a.want(401).at("message"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	forged := sign(t, key, obj{"iss": fmt.Sprint(w.app.ID), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()})
	if got := w.as(forged).call("GET", "/app", "").want(401).at("message"); got != "A JSON web token could not be decoded" {
		t.Errorf("another key: %v", got)
	}
	w.as(w.token).call("GET", "/app", "").want(401)
	w.as(w.jwt(nil)).call("GET", "/repos/acme/shop", "").want(403)
}

func TestTokens(t *testing.T) {
	t.Parallel()
	const repo = "/repos/acme/shop"
	w := newWorld(t, standin.Options{})
	w.g.NewRepository("acme", "other")
	narrow := w.newToken(`{"repositories":["shop"],"permissions":{"contents":"read"}}`)
	w.as(narrow).call("GET", repo, "").want(200)
	w.as(narrow).call("GET", "/repos/acme/other", "").want(404)
	w.as(narrow).call("GET", repo+"/pulls", "").want(403)
	w.call("POST", "/repos/acme/shop/check-runs", "{").want(400)

	w.g.Clock.Advance(59 * time.Minute)
	w.call("GET", repo, "").want(200)
	w.g.Clock.Advance(time.Minute)
	if got := w.call("GET", repo, "").want(401).at("message"); got != "Bad credentials" {
		t.Errorf("expired: %v", got)
	}
	w.token = w.newToken("")
	w.installation.RevokeTokens()
	w.call("GET", repo, "").want(401)

	w.token = w.newToken("")
	w.installation.Suspend()
	if got := w.call("GET", repo, "").want(403).at("message"); got != "This installation has been suspended" {
		t.Errorf("suspended: %v", got)
	}
	path := fmt.Sprintf("/app/installations/%d", w.installation.ID)
	w.as(w.jwt(nil)).call("POST", path+"/access_tokens", "").want(403)
	w.installation.Unsuspend()
	w.call("GET", repo, "").want(200)
	w.installation.Uninstall()
	w.call("GET", repo, "").want(401)
	w.as(w.jwt(nil)).call("GET", path, "").want(404)
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	w.app.SetPermissions(map[string]string{"metadata": "read", "contents": "read", "pull_requests": "write", "checks": "write", "members": "read"})
	path := fmt.Sprintf("/app/installations/%d/access_tokens", w.installation.ID)
	ask := `{"permissions":{"members":"read"}}`
	w.as(w.jwt(nil)).call("POST", path, ask).want(422)
	w.installation.Accept()
	w.as(w.jwt(nil)).call("POST", path, ask).want(201)
}
