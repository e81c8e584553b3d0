package webhook

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/schema-review/schema-review/review"
)

// A server that is told to end takes no new connection, and lets the request in hand end.
func TestServeDrains(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	began, finish, ended := make(chan bool), make(chan bool), make(chan error, 1)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(began)
		<-finish
		_, _ = io.WriteString(w, "all of it")
	})
	go func() { ended <- Serve(ctx, l, slow, slog.New(slog.DiscardHandler)) }()

	answer := make(chan string, 1)
	go func() { answer <- get(t, "http://"+l.Addr().String()) }()
	<-began
	stop()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
		if err != nil {
			break
		}
		_ = c.Close()
		if time.Now().After(deadline) {
			t.Fatal("it still takes connections")
		}
	}
	close(finish)
	if got := <-answer; got != "all of it" {
		t.Errorf("the request in hand got %q", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func get(t *testing.T, url string) string {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return err.Error()
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

type testPage struct{}

func (testPage) Routes(r chi.Router) {
	r.Get("/setup", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "set up") })
}

func TestAdmin(t *testing.T) {
	t.Parallel()
	m := NewMetrics("v1.2.3")
	m.Watch(func(context.Context) (Queue, error) {
		return Queue{Depth: map[string]int{"available": 3}, Oldest: 90 * time.Second}, nil
	})
	m.Delivered("pull_request", "queued")
	m.Delivered("made-up-by-somebody", "refused")
	m.Received(3 * time.Millisecond)
	m.Stage("publish", 2*time.Second)
	m.Failed("read")
	m.Found(&review.Report{Findings: []review.Finding{{Rule: "drop-column", Severity: review.Error}}})
	m.Call(7, "GET", "/repos/{owner}/{repo}/pulls/{id}", 200, 4999)
	m.Call(7, "POST", "/graphql", 502, -1)
	h := Admin(m, testPage{})
	tests := map[string][]string{
		"/metrics": {
			`schema_review_build_info{version="v1.2.3"} 1`,
			`schema_review_deliveries_total{event="pull_request",outcome="queued"} 1`,
			`schema_review_deliveries_total{event="other",outcome="refused"} 1`,
			`schema_review_receive_seconds_count 1`,
			`schema_review_stage_seconds_sum{stage="publish"} 2`,
			`schema_review_errors_total{stage="read"} 1`,
			`schema_review_findings_total{rule="drop-column",severity="error"} 1`,
			`schema_review_github_calls_total{method="GET",route="/repos/{owner}/{repo}/pulls/{id}",status="200"} 1`,
			`schema_review_github_rate_limit_remaining{installation="7"} 4999`,
			`schema_review_queue_jobs{state="available"} 3`,
			`schema_review_queue_oldest_seconds 90`,
			`go_goroutines`,
		},
		"/setup":   {"set up"},
		"/healthz": {`"ok"`},
		"/webhook": {"nothing here"},
	}
	for path, want := range tests {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			for _, text := range want {
				if !strings.Contains(w.Body.String(), text) {
					t.Errorf("%s lacks %s", path, text)
				}
			}
		})
	}
}

// The other metrics are still there when the database is away: that is when people look at them.
func TestMetricsWithoutDatabase(t *testing.T) {
	t.Parallel()
	m := NewMetrics("test")
	m.Watch(func(context.Context) (Queue, error) { return Queue{}, errors.New("the database is away") })
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if !strings.Contains(w.Body.String(), "schema_review_build_info") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
