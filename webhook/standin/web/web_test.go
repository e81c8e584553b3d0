package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestPages(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/":                        `<a href="/acme/shop/pull/1">Give money back</a>`,
		"/acme/shop/pull/1":        "<strong>1 error</strong>",
		"/acme/shop/pull/1/checks": "Types differ",
		"/acme/shop/pull/1/files":  "Comment on line 3",
		"/diagram":                 `src="/assets/mermaid.tiny.js"`,
		"/assets/style.css":        "--bg",
		"/assets/LICENSE.mermaid":  "MIT License",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			w := get(t, path)
			policy := w.Header().Get("Content-Security-Policy")
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
				t.Errorf("got %d without %q:\n%s", w.Code, want, w.Body)
			}
			if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; ") {
				t.Errorf("Content-Security-Policy: %q", policy)
			}
		})
	}
}

func TestNoPage(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/acme/shop/pull/2", "/acme/shop/pull/x", "/acme/other/pull/1", "/assets/page.tmpl", "/assets/none", "/x"} {
		if w := get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, w.Code)
		}
	}
}

func TestMermaidIsPacked(t *testing.T) {
	t.Parallel()
	w := get(t, "/assets/mermaid.tiny.js")
	if got := w.Header().Get("Content-Type"); w.Header().Get("Content-Encoding") != "gzip" || !strings.HasPrefix(got, "text/javascript") {
		t.Errorf("headers: %v", w.Header())
	}
	unpacked, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	script, err := io.ReadAll(unpacked)
	if err != nil || !strings.Contains(string(script), `version:"11.17.2-tiny"`) {
		t.Errorf("this is not the Mermaid that assets.go names: %v", err)
	}
}

// TestConversationOrder: what happened stands in its order, and commits that came together stand together.
func TestConversationOrder(t *testing.T) {
	t.Parallel()
	pull := samplePull()
	pull.Commits = append(pull.Commits, Commit{SHA: "b", At: noon.Add(time.Second)}, Commit{SHA: "c", At: noon.Add(time.Hour)})
	var got []int
	for _, it := range (page{Pull: pull}).Items() {
		got = append(got, len(it.Commits))
	}
	if len(got) != 3 || got[0] != 2 || got[1] != 0 || got[2] != 1 {
		t.Errorf("got commits %v, want 2, a review, 1", got)
	}
}

// TestLive: a page that listens is told at once, and of every change.
func TestLive(t *testing.T) {
	t.Parallel()
	source := newSample()
	server := httptest.NewServer((&Pages{Source: source, Now: time.Now}).Handler())
	t.Cleanup(server.Close)
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/live", nil)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for _, want := range []string{"event: change\ndata: 0\n\n", "event: change\ndata: 1\n\n"} {
		got := make([]byte, len(want))
		if _, err := io.ReadFull(response.Body, got); err != nil || string(got) != want {
			t.Fatalf("got %q, %v, want %q", got, err, want)
		}
		source.change(func(p *Pull) { p.Title = "Changed" })
	}
}

func get(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	(&Pages{Source: newSample(), Now: func() time.Time { return noon }}).Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

// What visitors should know stands above all, and beside the comment that it is about.
func TestNotes(t *testing.T) {
	t.Parallel()
	source := newSample()
	source.change(func(p *Pull) { p.Reviews[0].Threads[0].Comments[0].Note = "Said by <nobody>" })
	pages := (&Pages{Source: source, Now: time.Now, Note: "None of it is real"}).Handler()
	for _, path := range []string{"/acme/shop/pull/1", "/acme/shop/pull/1/files"} {
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		for _, want := range []string{`role="note">None of it is real</p>`, `<span class="label scripted">Said by &lt;nobody&gt;</span>`} {
			if n := strings.Count(w.Body.String(), want); n != 1 {
				t.Errorf("%s: %q stands there %d times", path, want, n)
			}
		}
	}
}
