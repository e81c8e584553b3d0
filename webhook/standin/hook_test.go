package standin_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/schema-review/schema-review/webhook/standin"
)

// inbox is a webhook that answers with a status.
type inbox struct {
	mu     sync.Mutex
	status int
	events []string
	bad    int // wrong signatures
}

func (i *inbox) serve(secret string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		defer i.mu.Unlock()
		data, _ := io.ReadAll(r.Body)
		m := hmac.New(sha256.New, []byte(secret))
		m.Write(data)
		if r.Header.Get("X-Hub-Signature-256") != "sha256="+hex.EncodeToString(m.Sum(nil)) {
			i.bad++
		}
		i.events = append(i.events, r.Header.Get("X-GitHub-Event"))
		w.WriteHeader(i.status)
	}
}

func TestDeliveries(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	in := &inbox{status: http.StatusAccepted}
	hook := httptest.NewServer(in.serve(w.app.Secret))
	defer hook.Close()
	w.app.SetWebhookURL(hook.URL)
	settle := func() {
		t.Helper()
		if err := w.g.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	p := w.repo.OpenPull(standin.PullOptions{Head: "work", Files: map[string]*string{"a.sql": new("a\n")}})
	settle()
	slices.Sort(in.events)
	if want := []string{"check_suite", "pull_request"}; !slices.Equal(in.events, want) || in.bad > 0 {
		t.Errorf("got %v, %d wrongly signed", in.events, in.bad)
	}

	in.mu.Lock()
	in.status = http.StatusInternalServerError
	in.mu.Unlock()
	p.Close()
	settle()
	if len(in.events) != 3 {
		t.Error("a failed delivery was sent again by itself")
	}
	all := w.app.Deliveries()
	failed := all[len(all)-1]
	if failed.Status == "OK" || failed.StatusCode != 500 {
		t.Errorf("got %q, %d", failed.Status, failed.StatusCode)
	}
	in.mu.Lock()
	in.status = http.StatusOK
	in.mu.Unlock()
	w.app.Redeliver(failed.ID)
	settle()
	all = w.app.Deliveries()
	if d := all[len(all)-1]; d.GUID != failed.GUID || d.ID == failed.ID || !d.Redelivery || d.Status != "OK" {
		t.Errorf("again: %+v", d)
	}
	app := w.as(w.jwt(nil))
	page := app.call("GET", "/app/hook/deliveries?per_page=3", "").want(200)
	if len(page.list()) != 3 || page.header.Get("Link") == "" {
		t.Errorf("%d deliveries, link %q", len(page.list()), page.header.Get("Link"))
	}
}

// Tests wait for deliveries while others begin.
func TestSettleWhilePushing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	in := &inbox{status: http.StatusAccepted}
	hook := httptest.NewServer(in.serve(w.app.Secret))
	defer hook.Close()
	w.app.SetWebhookURL(hook.URL)
	var settling sync.WaitGroup
	settling.Go(func() {
		for range 20 {
			_ = w.g.Settle(t.Context())
		}
	})
	for i := range 5 {
		w.repo.Commit("main", "Push", map[string]*string{"a.sql": new(fmt.Sprint(i))})
		_ = w.g.Settle(t.Context())
	}
	settling.Wait()
	for _, d := range w.app.Deliveries() {
		if d.Status != "OK" {
			t.Errorf("not delivered: %+v", d)
		}
	}
}

func TestDeadHook(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	hook := httptest.NewServer(nil)
	hook.Close()
	w.app.SetWebhookURL(hook.URL)
	w.repo.Commit("main", "x", map[string]*string{"a": new("a")})
	if err := w.g.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := w.app.Deliveries(); len(d) != 1 || d[0].StatusCode != 0 || d[0].Status != "failed to connect to host" {
		t.Errorf("got %+v", d)
	}
}
