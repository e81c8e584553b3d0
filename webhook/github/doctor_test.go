package github

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/review/locale"
)

func TestExamineWell(t *testing.T) {
	t.Parallel()
	c, _ := newFakeApp(t).client()
	found := c.Examine(t.Context(), locale.Printer("en"))
	var checks []string
	for _, d := range found {
		if d.Health != OK || d.Advice != "" {
			t.Errorf("got %+v, want OK", d)
		}
		checks = append(checks, d.Check)
	}
	want := "clock, credentials, permissions, events, webhook, deliveries, installation acme, rate limit acme, GraphQL acme"
	if got := strings.Join(checks, ", "); got != want {
		t.Errorf("got checks %s, want %s", got, want)
	}
}

func TestExamineSick(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*fakeApp)
		health Health
		want   string // check, text and advice have these, separated by |
	}{
		"clock ahead":  {func(f *fakeApp) { f.skew = -5 * time.Minute }, Wrong, "clock|ahead of GitHub's|NTP"},
		"clock behind": {func(f *fakeApp) { f.skew = 5 * time.Minute }, Wrong, "clock|behind GitHub's|NTP"},
		"wrong key": {func(f *fakeApp) {
			f.replies["GET /app"] = reply{status: 401, body: obj{"message": "A JSON web token could not be decoded"}}
		}, Wrong, "credentials|could not be decoded|GITHUB_APP_PRIVATE_KEY"},
		"wrong id": {func(f *fakeApp) {
			f.replies["GET /app"] = reply{status: 404, body: obj{"message": "Integration not found"}}
		}, Wrong, "credentials|does not know App 7|GITHUB_API_URL"},
		"asks for too little": {func(f *fakeApp) {
			f.set("GET /app", "permissions", map[string]string{"metadata": "read", "contents": "read", "pull_requests": "read", "merge_queues": "read"})
		}, Wrong, "permissions|pull_requests: write, checks: write|https://github.com/organizations/acme/settings/apps/schema-review-acme/permissions"},
		"asks for too much": {func(f *fakeApp) {
			f.set("GET /app", "permissions", map[string]string{"metadata": "read", "contents": "write", "pull_requests": "write", "checks": "write", "merge_queues": "read", "issues": "read"})
		}, Note, "permissions|contents: write, issues: read|take it away"},
		"of a person": {func(f *fakeApp) {
			f.set("GET /app", "owner", obj{"login": "me", "type": "User"})
			f.set("GET /app", "events", []string{"pull_request"})
		}, Wrong, "events|check_run, check_suite, merge_group|https://github.com/settings/apps/schema-review-acme/permissions"},
		"no webhook":            {func(f *fakeApp) { f.set("GET /app/hook/config", "url", "") }, Wrong, "webhook|no webhook|POST /webhook"},
		"webhook without TLS":   {func(f *fakeApp) { f.set("GET /app/hook/config", "insecure_ssl", "1") }, Wrong, "webhook|certificate|SSL verification"},
		"webhook not secret":    {func(f *fakeApp) { f.set("GET /app/hook/config", "secret", nil) }, Wrong, "webhook|no secret|GITHUB_WEBHOOK_SECRET"},
		"nothing delivered":     {deliver(), Note, "deliveries|none in the last day|open a pull request"},
		"nothing lately":        {deliver(hookDelivery(1, 30*time.Hour, 500)), Note, "deliveries|none in the last day|"},
		"cannot be reached":     {deliver(hookDelivery(1, time.Minute, 0)), Wrong, "deliveries|no answer (failed)|firewall"},
		"another secret":        {deliver(hookDelivery(1, time.Minute, 401)), Wrong, "deliveries|1 of the last 1 failed, the newest with status 401|differ"},
		"another path":          {deliver(hookDelivery(1, time.Minute, 404)), Wrong, "deliveries|status 404|POST /webhook"},
		"a proxy that cuts":     {deliver(hookDelivery(1, time.Minute, 413)), Wrong, "deliveries|status 413|25 MiB"},
		"a server that is down": {deliver(hookDelivery(1, time.Minute, 502)), Wrong, "deliveries|status 502|log"},
		"caught up": {
			deliver(hookDelivery(2, time.Minute, 202), hookDelivery(1, time.Hour, 502)), Note,
			"deliveries|1 of the last 2 failed, and the newest arrived|catches up",
		},
		"installed nowhere": {
			func(f *fakeApp) { f.replies["GET /app/installations"] = reply{body: []obj{}} }, Wrong,
			"installations|installed nowhere|https://github.com/apps/schema-review-acme/installations/new",
		},
		"not granted yet": {
			installed("permissions", map[string]string{"metadata": "read", "contents": "read", "pull_requests": "write", "checks": "write"}), Wrong,
			"installation acme|merge_queues: read|https://github.com/organizations/acme/settings/installations/3",
		},
		"suspended": {installed("suspended_at", "2026-01-02T03:04:05Z"), Note, "installation acme|suspended|settings/installations/3"},
		"few calls left": {func(f *fakeApp) {
			f.replies["GET /rate_limit"] = reply{body: obj{"resources": obj{"core": obj{"limit": 5000, "remaining": 12, "reset": 1767322800}}}}
		}, Wrong, "rate limit acme|12 of 5,000 calls are left until 03:00 UTC|/metrics"},
		"GraphQL refused": {func(f *fakeApp) {
			f.replies["POST /graphql"] = reply{body: obj{"errors": []obj{{"type": "FORBIDDEN", "message": "Resource not accessible by integration"}}}}
		}, Wrong, "GraphQL acme|Resource not accessible|GITHUB_GRAPHQL_URL"},
		"no limits on GHES": {func(f *fakeApp) {
			f.replies["GET /rate_limit"] = reply{status: 404, body: obj{"message": "Rate limiting is not enabled."}}
		}, OK, "rate limit acme|there is none|"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeApp(t)
			test.change(f)
			c, _ := f.client()
			found := c.Examine(t.Context(), locale.Printer("en"))
			want := strings.Split(test.want, "|")
			for _, d := range found {
				if d.Check == want[0] && d.Health == test.health && strings.Contains(d.Text, want[1]) && strings.Contains(d.Advice, want[2]) {
					return
				}
			}
			t.Errorf("got %+v, want %d %s", found, test.health, test.want)
		})
	}
}

// TestExamineInJapanese holds that what is so and what to do about it are told in the language of who asks.
func TestExamineInJapanese(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	deliver(hookDelivery(1, time.Minute, 401))(f)
	installed("suspended_at", "2026-01-02T03:04:05Z")(f)
	c, _ := f.client()
	for _, d := range c.Examine(t.Context(), locale.Printer("ja")) {
		if d.Check != "webhook" && !regexp.MustCompile(`[ぁ-んァ-ン]`).MatchString(d.Text) {
			t.Errorf("%s: is not Japanese: %s", d.Check, d.Text)
		}
		if d.Advice != "" && !regexp.MustCompile(`[ぁ-んァ-ン]`).MatchString(d.Advice) {
			t.Errorf("%s: is not Japanese: %s", d.Check, d.Advice)
		}
	}
}

func deliver(list ...obj) func(*fakeApp) {
	return func(f *fakeApp) { f.replies["GET /app/hook/deliveries"] = reply{body: append([]obj{}, list...)} }
}

func installed(field string, value any) func(*fakeApp) {
	return func(f *fakeApp) { f.replies["GET /app/installations"].body.([]obj)[0][field] = value }
}

func TestExamineWithoutAnswer(t *testing.T) {
	t.Parallel()
	c, err := New(Options{AppID: 7, Key: appKeyPEM(), APIURL: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	found := c.Examine(t.Context(), locale.Printer("en"))
	if len(found) != 1 || found[0].Health != Wrong || !strings.Contains(found[0].Text, "http://127.0.0.1:1/") || !strings.Contains(found[0].Advice, "HTTPS_PROXY") {
		t.Errorf("got %+v", found)
	}
}
