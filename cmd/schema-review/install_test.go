package main

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

const installDoc = "../../docs/install.md"

func readInstallDoc(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(installDoc)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestInstallNamesSettings: the table has every setting with its default, and no others.
func TestInstallNamesSettings(t *testing.T) {
	t.Parallel()
	doc := readInstallDoc(t)
	_, table, _ := strings.Cut(doc, "| variable | default |")
	table, _, _ = strings.Cut(table, "\n\n")
	for _, s := range serverSettings() {
		row := regexp.MustCompile("(?m)^\\| `" + s.name + "`.*$").FindString(table)
		if row == "" {
			t.Errorf("%s is missing", s.name)
		} else if s.value != "" && !strings.Contains(row, "| `"+s.value+"` |") {
			t.Errorf("%s: want the default %s in %s", s.name, s.value, row)
		}
		if s.secret && !strings.Contains(row, "_FILE") {
			t.Errorf("%s: the file is missing in %s", s.name, row)
		}
	}
	if rows := strings.Count(table, "\n| `"); rows != len(serverSettings()) {
		t.Errorf("got %d rows, want %d: a setting is gone", rows, len(serverSettings()))
	}
}

// TestInstallNamesMetrics: the table has every metric of ours, and no others.
func TestInstallNamesMetrics(t *testing.T) {
	t.Parallel()
	m := webhook.NewMetrics("test")
	m.Watch(func(context.Context) (webhook.Queue, error) {
		return webhook.Queue{Depth: map[string]int{"available": 1}}, nil
	})
	m.Delivered("pull_request", "queued")
	m.Stage("read", time.Second)
	m.Call(1, "GET", "/app", 200, 5000)
	m.Failed("read")
	m.Found(&review.Report{Findings: []review.Finding{{Rule: "drop-column"}}})
	m.Answered(review.Answer{Model: "m"}, 1)
	m.Claimed(&review.Report{Advice: &review.Advice{}, Dropped: []review.Dropped{{Reason: review.DropQuote}}})
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	known, doc := map[string]bool{}, readInstallDoc(t)
	for _, found := range regexp.MustCompile(`(?m)^# TYPE (schema_review_\w+)`).FindAllStringSubmatch(w.Body.String(), -1) {
		known[found[1]] = true
		if !strings.Contains(doc, "| `"+found[1]+"` |") {
			t.Errorf("%s is missing", found[1])
		}
	}
	for _, name := range regexp.MustCompile(`schema_review_[a-z_]+`).FindAllString(doc, -1) {
		if !known[name] {
			t.Errorf("there is no metric %s", name)
		}
	}
}

// TestInstallNamesPermissions: what the App asks for stands in the table as it does in the manifest.
func TestInstallNamesPermissions(t *testing.T) {
	t.Parallel()
	doc := readInstallDoc(t)
	for _, p := range webhook.Permissions {
		if !strings.Contains(doc, "| "+p.Title+" | "+p.Access+" |") {
			t.Errorf("%s: %s is missing", p.Title, p.Access)
		}
	}
}

// TestInstallLinks: files that it links to are there, and so are its own sections.
func TestInstallLinks(t *testing.T) {
	t.Parallel()
	doc := readInstallDoc(t)
	sections := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(doc, -1) {
		anchor := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		sections["#"+strings.ReplaceAll(anchor, " ", "-")] = true
	}
	for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(doc, -1) {
		path, _, _ := strings.Cut(link[1], "#")
		switch _, err := os.Stat(filepath.Join(filepath.Dir(installDoc), path)); {
		case strings.Contains(link[1], "://"):
		case path == "" && !sections[link[1]]:
			t.Errorf("there is no section %s", link[1])
		case path != "" && err != nil:
			t.Error(err)
		}
	}
}

// TestDeployFilesNameSettings: whatever looks like a setting in the examples is one.
func TestDeployFilesNameSettings(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, s := range serverSettings() {
		known[s.name], known[s.name+"_FILE"] = true, s.secret
	}
	files, err := filepath.Glob("../../docs/deploy/*")
	if err != nil || len(files) < 5 {
		t.Fatalf("got %v, %v", files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`\b(GITHUB|LISTEN|ADMIN|DATABASE|CACHE|CREDENTIALS|LOG|WORKERS|DEFAULT|BEDROCK|ADVICE|AI|KEEP)_[A-Z_]+\b`).FindAllString(string(data), -1) {
			if !known[name] {
				t.Errorf("%s: there is no setting %s", file, name)
			}
		}
	}
}
