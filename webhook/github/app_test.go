package github

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook"
)

func TestDeliveriesFollowTheCursor(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	c, url := f.client()
	next := func(cursor string) map[string]string {
		return map[string]string{"Link": fmt.Sprintf(`<%s/app/hook/deliveries?per_page=100&cursor=%s>; rel="next"`, url, cursor)}
	}
	f.replies["GET /app/hook/deliveries?per_page=100"] = reply{header: next("v1_2"), body: []obj{hookDelivery(9, time.Minute, 202), hookDelivery(8, 2*time.Minute, 0)}}
	// A page that reaches beyond, and one that lies beyond.
	f.replies["GET /app/hook/deliveries?cursor=v1_2&per_page=100"] = reply{header: next("v1_3"), body: []obj{hookDelivery(7, 2*time.Hour, 202), hookDelivery(6, 3*time.Minute, 500)}}
	f.replies["GET /app/hook/deliveries?cursor=v1_3&per_page=100"] = reply{header: next("v1_4"), body: []obj{hookDelivery(5, 3*time.Hour, 202)}}

	list, err := c.Deliveries(t.Context(), time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range list {
		got = append(got, fmt.Sprintf("%d %s %s %s %d %s", d.ID, d.GUID, d.Event, d.Action, d.StatusCode, d.Status))
	}
	want := []string{"9 g pull_request opened 202 OK", "8 g pull_request opened 0 failed", "6 g pull_request opened 500 failed"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(f.calls) != 3 {
		t.Errorf("got calls %q, want 3", f.calls)
	}
}

// TestDeliveriesEnd: a server that gives the same cursor again must not keep us for ever.
func TestDeliveriesEnd(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	c, url := f.client()
	f.replies["GET /app/hook/deliveries"] = reply{
		header: map[string]string{"Link": fmt.Sprintf(`<%s/app/hook/deliveries?cursor=same>; rel="next"`, url)},
		body:   []obj{hookDelivery(1, time.Minute, 202)},
	}
	list, err := c.Deliveries(t.Context(), time.Now().Add(-time.Hour))
	if err != nil || len(list) != 2 {
		t.Errorf("got %d deliveries and %v, want 2", len(list), err)
	}
}

func TestPayload(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		reply reply
		want  string
	}{
		"kept":      {reply{body: obj{"id": 1, "request": obj{"payload": obj{"action": "opened"}}}}, `{"action":"opened"}`},
		"forgotten": {reply{body: obj{"id": 1, "request": obj{"payload": nil}}}, ""},
		"gone":      {reply{status: 404, body: obj{"message": "Not Found"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeApp(t)
			f.replies["GET /app/hook/deliveries/1"] = test.reply
			c, _ := f.client()
			got, err := c.Payload(t.Context(), 1)
			if err != nil || string(got) != test.want {
				t.Errorf("got %q and %v, want %q", got, err, test.want)
			}
		})
	}
}

func TestRedeliver(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	f.replies["POST /app/hook/deliveries/1/attempts"] = reply{status: 202, body: obj{}}
	c, _ := f.client()
	if err := c.Redeliver(t.Context(), 1); err != nil {
		t.Error(err)
	}
	if err := c.Redeliver(t.Context(), 2); err == nil {
		t.Error("GitHub knows no such delivery, and there is no error")
	}
}

func TestInstallations(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	f.replies["GET /app/installations"] = reply{body: []obj{
		{"id": 3, "account": obj{"login": "acme"}, "created_at": "2026-01-02T03:04:05Z"},
		{"id": 4, "account": obj{"login": "idle"}, "suspended_at": "2026-01-02T03:04:05Z"},
	}}
	f.replies["GET /app/installations/4"] = reply{body: obj{"id": 4, "suspended_at": "2026-01-02T03:04:05Z"}}
	c, _ := f.client()
	got, err := c.Installations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []webhook.Installation{{ID: 3, Account: "acme", CreatedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for id, what := range map[int64]string{4: "suspended", 5: "uninstalled"} {
		_, err := c.Installation(t.Context(), id)
		if gone, ok := errors.AsType[*webhook.GoneError](err); !ok || !strings.Contains(gone.What, what) {
			t.Errorf("installation %d: got %v, want it gone: %s", id, err, what)
		}
	}
}

func TestOpenPulls(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	repo := func(name string, archived bool) obj {
		return obj{"name": name, "owner": obj{"login": "acme"}, "archived": archived}
	}
	pull := func(n int, updated string) obj {
		return obj{"number": n, "updated_at": updated, "head": obj{"sha": fmt.Sprintf("sha%d", n)}, "draft": n == 2}
	}
	f.replies["GET /installation/repositories"] = reply{body: obj{"total_count": 4, "repositories": []obj{
		repo("old", true), repo("deleted", false), repo("shop", false), repo("empty", false),
	}}}
	f.replies["GET /repos/acme/shop/pulls"] = reply{body: []obj{pull(3, "2026-01-03T00:00:00Z"), pull(2, "2026-01-02T00:00:00Z"), pull(1, "2025-12-01T00:00:00Z")}}
	f.replies["GET /repos/acme/empty/pulls"] = reply{body: []obj{}}
	c, _ := f.client()
	var got []string
	for p, err := range c.OpenPulls(t.Context(), 3, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(p.Key(), " ", p.Head, " ", p.Installation, " ", p.Draft))
	}
	if diff := cmp.Diff([]string{"acme/shop#3 sha3 3 false", "acme/shop#2 sha2 3 true"}, got); diff != "" {
		t.Error(diff)
	}
	if slices.ContainsFunc(f.calls, func(s string) bool { return strings.Contains(s, "/acme/old/") }) {
		t.Errorf("an archived repository was asked for: %q", f.calls)
	}
}

func TestHasCheck(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	run := func(id, app int, status string) obj {
		return obj{"id": id, "status": status, "started_at": "2026-01-02T03:04:05Z", "app": obj{"id": app}}
	}
	f.replies["GET /repos/acme/shop/commits/abc/check-runs"] = reply{body: obj{"check_runs": []obj{run(2, 7, "in_progress"), run(3, 8, "completed"), run(1, 7, "completed")}}}
	f.replies["GET /repos/acme/shop/commits/def/check-runs"] = reply{body: obj{"check_runs": []obj{run(3, 8, "completed")}}}
	c, _ := f.client()
	job := webhook.Job{Installation: 3, Owner: "acme", Repo: "shop", Number: 1}
	for head, want := range map[string]string{"abc": "in_progress", "def": ""} {
		got, err := c.HasCheck(t.Context(), job, head)
		if err != nil || got.Status != want || (want != "" && got.StartedAt.IsZero()) {
			t.Errorf("%s: got %+v and %v, want %q", head, got, err, want)
		}
	}
}
