package converse

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// service is Bedrock's name in signatures, for the runtime too.
const service = "bedrock"

// authorised checks who calls: a signature that is computed again here, or a bearer token over TLS.
func authorised(r *http.Request, body []byte) (string, error) {
	header := r.Header.Get("Authorization")
	if token, ok := strings.CutPrefix(header, "Bearer "); ok {
		if r.TLS == nil || token != Token {
			return "", denied("UnrecognizedClientException", "The security token included in the request is invalid.")
		}
		return "bearer", nil
	}
	return "sigv4", signed(r, header, body)
}

func denied(code, format string, args ...any) error {
	return &Exception{Code: code, Message: fmt.Sprintf(format, args...), Status: http.StatusForbidden}
}

// signed checks Signature Version 4 as the AWS General Reference describes it.
func signed(r *http.Request, header string, body []byte) error {
	sent, ok := parseAuthorization(header)
	if !ok {
		return denied("MissingAuthenticationTokenException", "Missing Authentication Token")
	}
	stamp := r.Header.Get("X-Amz-Date")
	at, err := time.Parse("20060102T150405Z", stamp)
	if err != nil || time.Since(at).Abs() > 5*time.Minute {
		return denied("InvalidSignatureException", "Signature expired or not yet current: %q", stamp)
	}
	scope := strings.Join([]string{stamp[:8], Region, service, "aws4_request"}, "/")
	if sent.credential != Key+"/"+scope {
		return denied("UnrecognizedClientException", "credential %q: want %q", sent.credential, Key+"/"+scope)
	}
	for _, name := range []string{"host", "x-amz-date"} {
		if !slices.Contains(sent.headers, name) {
			return denied("InvalidSignatureException", "header %s isn't signed", name)
		}
	}
	toSign := strings.Join([]string{"AWS4-HMAC-SHA256", stamp, scope, digest(canonical(r, sent.headers, body))}, "\n")
	if want := hex.EncodeToString(mac(signingKey(stamp[:8]), toSign)); !hmac.Equal([]byte(want), []byte(sent.signature)) {
		return denied("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.")
	}
	return nil
}

type authorization struct {
	credential, signature string
	headers               []string
}

func parseAuthorization(header string) (a authorization, ok bool) {
	rest, ok := strings.CutPrefix(header, "AWS4-HMAC-SHA256 ")
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			a.credential = value
		case "SignedHeaders":
			a.headers = strings.Split(value, ";")
		case "Signature":
			a.signature = value
		}
	}
	return a, ok && a.credential != "" && a.signature != "" && len(a.headers) > 0
}

// canonical writes the request as it is signed. The path is escaped a second time: only S3 is spared that.
func canonical(r *http.Request, headers []string, body []byte) string {
	parts := strings.Split(r.URL.EscapedPath(), "/")
	for i, part := range parts {
		parts[i] = escape(part)
	}
	lines := []string{r.Method, strings.Join(parts, "/"), r.URL.RawQuery}
	for _, name := range headers {
		lines = append(lines, name+":"+headerValue(r, name))
	}
	return strings.Join(append(lines, "", strings.Join(headers, ";"), digest(string(body))), "\n")
}

func headerValue(r *http.Request, name string) string {
	switch name {
	case "host":
		return r.Host
	case "content-length":
		return fmt.Sprint(r.ContentLength)
	}
	values := r.Header.Values(name)
	for i, v := range values {
		values[i] = strings.Join(strings.Fields(v), " ")
	}
	return strings.Join(values, ",")
}

func signingKey(day string) []byte {
	key := []byte("AWS4" + Secret)
	for _, part := range []string{day, Region, service, "aws4_request"} {
		key = mac(key, part)
	}
	return key
}

func mac(key []byte, s string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(s))
	return h.Sum(nil)
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
