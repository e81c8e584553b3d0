package standin

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// claims are those of an App's JWT. Numbers may be fractions to JWT; GitHub wants integers.
type claims struct {
	Issuer  any         `json:"iss"`
	Issued  json.Number `json:"iat"`
	Expires json.Number `json:"exp"`
}

// skew is how far an App's clock may run ahead.
const skew = 60 * time.Second

const undecodable = "A JSON web token could not be decoded"

// appOf verifies an App's JWT, and tells in GitHub's words what is wrong with it.
// https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
func (g *GitHub) appOf(jwt string) (a *App, problem string) {
	part := strings.Split(jwt, ".")
	if len(part) != 3 {
		return nil, undecodable
	}
	var head struct{ Alg string }
	var c claims
	if decode(part[0], &head) != nil || decode(part[1], &c) != nil || head.Alg != "RS256" {
		return nil, undecodable
	}
	id, err := strconv.ParseInt(fmt.Sprint(c.Issuer), 10, 64)
	if f, ok := c.Issuer.(float64); ok {
		id, err = int64(f), nil
	}
	if err != nil || g.apps[id] == nil {
		return nil, "Integration not found"
	}
	a = g.apps[id]
	signature, err := base64.RawURLEncoding.DecodeString(part[2])
	sum := sha256.Sum256([]byte(part[0] + "." + part[1]))
	if err != nil || rsa.VerifyPKCS1v15(a.key, crypto.SHA256, sum[:], signature) != nil {
		return nil, undecodable
	}
	return a, c.problem(g.Clock.Now())
}

func decode(part string, into any) error {
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

func (c claims) problem(now time.Time) string {
	issued, err := c.Issued.Int64()
	if err != nil {
		return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
	}
	expires, err := c.Expires.Int64()
	if err != nil || expires <= now.Unix() {
		return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
	}
	if time.Unix(expires, 0).After(now.Add(10 * time.Minute)) {
		return "'Expiration time' claim ('exp') is too far in the future"
	}
	if time.Unix(issued, 0).After(now.Add(skew)) {
		return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
	}
	return ""
}
