package github

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/webhook"
	"github.com/schema-review/schema-review/webhook/standin"
)

// TestMissedDeliveries goes the way of catch-up: a delivery that failed is listed with what was sent, and comes
// again when it is asked for.
func TestMissedDeliveries(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{"db/migrations/V2__a.sql": sql("CREATE TABLE a (id BIGINT PRIMARY KEY);")})
	var status, arrived atomic.Int64
	status.Store(http.StatusBadGateway)
	hook := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		arrived.Add(1)
		rw.WriteHeader(int(status.Load()))
	}))
	t.Cleanup(hook.Close)
	w.app.SetWebhookURL(hook.URL)
	since := time.Now().Add(-time.Minute)
	w.pull.Close()
	settle(t, w.hub)

	list := pullDeliveries(t, w.client, since)
	if len(list) != 1 || list[0].StatusCode != http.StatusBadGateway || list[0].Action != "closed" {
		t.Fatalf("got %+v, want one that failed", list)
	}
	body, err := w.client.Payload(t.Context(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	var sent []byte
	for _, d := range w.app.Deliveries() {
		if d.GUID == list[0].GUID {
			sent = d.Payload
		}
	}
	if diff := cmp.Diff(string(sent), string(body)); diff != "" {
		t.Error(diff)
	}

	status.Store(http.StatusAccepted)
	before := arrived.Load()
	if err := w.client.Redeliver(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	settle(t, w.hub)
	again := pullDeliveries(t, w.client, since)
	if arrived.Load() != before+1 || len(again) != 2 || again[0].GUID != again[1].GUID || !again[0].Redelivery || again[0].StatusCode != http.StatusAccepted {
		t.Errorf("got %+v after %d arrivals, want the same GUID once more", again, arrived.Load())
	}
}

func settle(t *testing.T, g *standin.GitHub) {
	t.Helper()
	if err := g.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// pullDeliveries are those of pull_request: the stand-in tells of check suites, too.
func pullDeliveries(t *testing.T, c *Client, since time.Time) (list []webhook.Delivery) {
	t.Helper()
	all, err := c.Deliveries(t.Context(), since)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Event == "pull_request" {
			list = append(list, d)
		}
	}
	return list
}

// TestMissedPulls goes the way of the sweep.
func TestMissedPulls(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]*string{"db/migrations/V2__a.sql": sql("CREATE TABLE a (id BIGINT PRIMARY KEY);")})
	installations, err := w.client.Installations(t.Context())
	if err != nil || len(installations) != 1 || installations[0].ID != w.job.Installation || installations[0].Account != "acme" {
		t.Fatalf("got %+v and %v", installations, err)
	}
	var pulls []webhook.OpenPull
	for p, err := range w.client.OpenPulls(t.Context(), w.job.Installation, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		pulls = append(pulls, p)
	}
	if len(pulls) != 1 || pulls[0].Key() != w.job.Key() {
		t.Fatalf("got %+v, want %+v", pulls, w.job)
	}
	head := pulls[0].Head
	for _, want := range []string{"", "in_progress"} {
		got, err := w.client.HasCheck(t.Context(), w.job, head)
		if err != nil || got.Status != want {
			t.Errorf("got %+v and %v, want %q", got, err, want)
		}
		if _, err := w.client.StartCheck(t.Context(), w.job, head, false); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExamineStandin(t *testing.T) {
	t.Parallel()
	g := standin.New(standin.Options{})
	url, stop := g.Start()
	t.Cleanup(stop)
	asked := map[string]string{}
	for _, p := range webhook.Permissions {
		asked[p.Name] = p.Access
	}
	app := g.NewApp(standin.AppOptions{Permissions: asked, WebhookURL: "http://127.0.0.1:1/webhook"})
	app.Install("acme")
	settle(t, g)
	c, err := New(Options{AppID: app.ID, Key: app.KeyPEM, APIURL: url})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range c.Examine(t.Context(), locale.Printer("en")) {
		want := OK
		if d.Check == "deliveries" { // of the installation, to where nobody listens
			want = Wrong
		}
		if d.Health != want {
			t.Errorf("got %+v, want %d", d, want)
		}
	}
}

// TestRegisterOnce: a manifest's code is good for one exchange.
func TestRegisterOnce(t *testing.T) {
	t.Parallel()
	g := standin.New(standin.Options{})
	url, stop := g.Start()
	t.Cleanup(stop)
	code := g.Manifest(standin.AppOptions{Slug: "schema-review-acme"})
	creds, err := Manifests{}.Register(t.Context(), url, url+"/graphql", code)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Options{AppID: creds.AppID, Key: []byte(creds.PrivateKey), APIURL: url, GraphQLURL: creds.GraphQLURL})
	if err != nil {
		t.Fatal(err)
	}
	if found := c.Examine(t.Context(), locale.Printer("en")); len(found) < 2 || found[1].Check != "credentials" || found[1].Health != OK {
		t.Errorf("the credentials aren't good: %+v", found)
	}
	if _, err := (Manifests{}).Register(t.Context(), url, url+"/graphql", code); err == nil {
		t.Error("the code was taken twice")
	}
}
