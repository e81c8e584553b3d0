package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// TestSetup registers an App as an operator does, on a GitHub Enterprise Server; the server goes on with its
// credentials, without a restart.
func TestSetup(t *testing.T) {
	t.Parallel()
	hub := standin.New(standin.Options{})
	host, certificate := enterprise(t, hub)
	admin, file := freeAddress(t), filepath.Join(t.TempDir(), "credentials.json")
	p := startServe(t, map[string]string{"ADMIN_LISTEN_ADDR": admin, "CREDENTIALS_FILE": file, "SSL_CERT_FILE": certificate})
	o := newSetupVisitor(t, "http://"+admin+"/setup")
	eventually(t, p, "there is a code", func() bool { return setupCode.MatchString(p.log()) })

	o.post("/code", url.Values{"code": {setupCode.FindStringSubmatch(p.log())[1]}})
	page := o.post("/app", url.Values{
		"host": {host}, "owner": {"organisation"}, "organisation": {"acme"}, "webhook_url": {p.url + "/webhook"}, "keep": {"file"},
	})
	state := regexp.MustCompile(`state=([0-9a-f]{64})`).FindStringSubmatch(page)
	if state == nil {
		t.Fatalf("no form for GitHub:\n%s", page)
	}
	code := hub.Manifest(standin.AppOptions{Slug: "schema-review-acme", WebhookURL: p.url + "/webhook"})
	page = o.get("/callback?code=" + code + "&state=" + state[1])
	if !strings.Contains(page, "schema-review-acme</strong> is registered") || !strings.Contains(page, "https://"+host+"/apps/schema-review-acme/installations/new") {
		t.Errorf("got\n%s", page)
	}

	creds, err := webhook.ReadCredentials(file)
	if err != nil {
		t.Fatal(err)
	}
	if creds.APIURL != "https://"+host+"/api/v3" || creds.GraphQLURL != "https://"+host+"/api/graphql" {
		t.Errorf("got %s and %s", creds.APIURL, creds.GraphQLURL)
	}
	eventually(t, p, "it is ready", func() bool { return statusOf(t, p.url+"/readyz") == http.StatusOK })
	if got := ping(t, p.url+"/webhook", creds.WebhookSecret); got != http.StatusOK {
		t.Errorf("got %d for a signed ping, want 200", got)
	}
	for _, secret := range []string{creds.WebhookSecret, "PRIVATE KEY", code, state[1]} {
		if strings.Contains(p.log(), secret) {
			t.Errorf("the log has %q:\n%s", secret, p.log())
		}
	}
}

var setupCode = regexp.MustCompile(`"code":"([A-Z2-7-]{19})"`)

// enterprise gives the stand-in the addresses of a GitHub Enterprise Server.
func enterprise(t *testing.T, hub http.Handler) (host, certificate string) {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/api/v3/", http.StripPrefix("/api/v3", hub))
	mux.Handle("/api/graphql", http.StripPrefix("/api", hub))
	s := httptest.NewTLSServer(mux)
	t.Cleanup(s.Close)
	certificate = filepath.Join(t.TempDir(), "ca.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(certificate, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(s.URL, "https://"), certificate
}

// setupVisitor is a browser at the set-up page.
type setupVisitor struct {
	t      *testing.T
	base   string
	client *http.Client
}

func newSetupVisitor(t *testing.T, base string) *setupVisitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &setupVisitor{t, base, &http.Client{Jar: jar}}
}

func (v *setupVisitor) get(path string) string {
	v.t.Helper()
	return v.do(http.MethodGet, path, nil)
}

func (v *setupVisitor) post(path string, form url.Values) string {
	v.t.Helper()
	return v.do(http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (v *setupVisitor) do(method, path string, body io.Reader) string {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", strings.TrimSuffix(v.base, "/setup"))
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		v.t.Fatalf("%s %s: got %s and %v\n%s", method, path, resp.Status, err, page)
	}
	return string(page)
}

// statusOf is 0 while nobody listens.
func statusOf(t *testing.T, address string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// ping delivers what GitHub delivers first.
func ping(t *testing.T, address, secret string) int {
	t.Helper()
	body := `{"zen":"Design for failure.","hook_id":1}`
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "X-GitHub-Event": "ping", "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
		"X-Hub-Signature-256": "sha256=" + hex.EncodeToString(mac.Sum(nil)),
	} {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
