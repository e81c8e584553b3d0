package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook/standin/web/browsertest"
)

func TestSuggestedLines(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body, want string
		ok         bool
	}{
		"none":         {"a\n```sql\nx\n```\n", "", false},
		"a line":       {"a\n```suggestion\n  x,\n```\nb", "  x,\n", true},
		"long fence":   {"````suggestion\n```\n````", "```\n", true},
		"nothing left": {"```suggestion\n```", "", true},
		"prose":        {"a suggestion\nb", "", false},
	} {
		got, ok := suggestedLines(test.body)
		if got != test.want && test.ok || ok != test.ok {
			t.Errorf("%s: got %q, %v, want %q, %v", name, got, ok, test.want, test.ok)
		}
	}
}

// TestDemoPage: the page is there until the demo is interrupted, which is no failure.
func TestDemoPage(t *testing.T) {
	t.Parallel()
	url := startTestDemo(t, "en", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	page := readPage(t, url+"/files")
	if !strings.Contains(page, "Foreign key and referenced column have different types") {
		t.Errorf("the page lacks a finding: %s", page)
	}
	labels := strings.Count(page, `<span class="label scripted">Scripted answer: no model was asked</span>`)
	if suggested := strings.Count(page, "(a design suggestion)"); labels != suggested || suggested != 2 {
		t.Errorf("%d suggestions, %d of them labelled as scripted; want 2", suggested, labels)
	}
	if !strings.Contains(page, "Design suggestions are scripted: no model was asked") {
		t.Error("the page's head doesn't say that no model was asked")
	}
}

// TestDemoInJapanese: the repository asks for Japanese, so that the review, the scripted answers and their labels
// are Japanese.
func TestDemoInJapanese(t *testing.T) {
	t.Parallel()
	url := startTestDemo(t, "ja", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	for path, wants := range map[string][]string{
		"/files": {
			"外部キーと参照先カラムの型が異なります", "返金の重複を防ぐものがありません", "精算に属する支払いを調べるには",
			`<span class="label scripted">台本どおりの回答: モデルには尋ねていません</span>`, "設計の提案は台本によるものです",
		},
		"":        {"返金と精算", "分割で返金"},
		"/checks": {"エラー"},
	} {
		page := readPage(t, url+path)
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%q lacks %q", path, want)
			}
		}
		for _, english := range []string{"have different types", "made twice", "Scripted answer", "a design suggestion", "errors"} {
			if strings.Contains(page, english) {
				t.Errorf("%q has %q", path, english)
			}
		}
	}
}

// TestDemoStoryInJapanese holds that what is told in the terminal is Japanese, by LANG as well.
func TestDemoStoryInJapanese(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	env := map[string]string{"LANG": "ja_JP.UTF-8"}
	if code := run(t.Context(), []string{"demo", "--once"}, console{out: &b, err: os.Stderr, getenv: func(name string) string { return env[name] }}); code != 0 {
		t.Fatalf("got exit code %d:\n%s", code, b.String())
	}
	if strings.Contains(b.String(), "&#") {
		t.Error("has Markdown's escapes")
	}
	for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
		if line != "" && !regexp.MustCompile(`[ぁ-んァ-ン]`).MatchString(line) {
			t.Errorf("is not Japanese: %s", line)
		}
	}
}

// readPage is a page's text.
func readPage(t *testing.T, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("got %d, %v: %s", response.StatusCode, err, page)
	}
	return string(page)
}

// TestDemoInBrowser looks at the demo as people do: the comments at their lines, the diagram, and a second commit
// that the open page follows.
func TestDemoInBrowser(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t)
	fix := make(chan struct{})
	url := startTestDemo(t, "en", func(ctx context.Context) error {
		select {
		case <-fix:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})

	tab.Go(url + "/files")
	places := browsertest.Wait[[]string](tab, `[...document.querySelectorAll(".thread-row")].map(r => {
		let line = r.previousElementSibling;
		while (line.classList.contains("thread-row")) line = line.previousElementSibling;
		return r.closest(".file").dataset.path.match(/V\d+/)[0] + ":" + line.cells[1].textContent + line.cells[3].textContent })`)
	if diff := cmp.Diff(demoPlaces, places); diff != "" {
		t.Errorf("lines with comments (-want +got):\n%s", diff)
	}
	picture(t, tab, "files")

	tab.Go(url + "/checks")
	browsertest.Wait[bool](tab, `document.querySelector(".check .result-name.failure") !== null`)
	picture(t, tab, "checks")

	tab.Go(url)
	entities := browsertest.Wait[[]string](tab, `(() => {
		const svg = document.querySelector(".diagram iframe").contentDocument.querySelector("svg");
		return svg && [...svg.querySelectorAll("g.node")].map(n => (n.querySelector(".name") ?? n).textContent.trim()) })()`)
	if len(entities) < 3 {
		t.Errorf("the diagram shows %q, want refunds, refund_reasons, payments and what is beside them", entities)
	}
	picture(t, tab, "conversation")

	close(fix)
	said := browsertest.Wait[string](tab, `document.querySelector(".thread-card:not([open]) .label.outdated") &&
		document.querySelectorAll(".minimized").length == 2 && [...document.querySelectorAll(".minimized")].map(m => m.textContent).join(" ")`)
	if !regexp.MustCompile(`(?s)different types.*Fixed in [0-9a-f]{7}.*being made twice.*Changed in [0-9a-f]{7}`).MatchString(said) {
		t.Errorf("the comments say %q, want that one problem is fixed and one suggestion followed", said)
	}
	browsertest.Wait[bool](tab, `document.querySelector("#merge").textContent.includes("6 errors")`)
	picture(t, tab, "fixed")
	if got := tab.Complaints(); len(got) > 0 {
		t.Errorf("the browser complains: %q", got)
	}
}

// demoPlaces are the lines of the shop's new migrations that comments stand at.
var demoPlaces = []string{
	"V14:2CREATE TABLE refunds (",
	"V14:4  payment_id  INT NOT NULL COMMENT '決済ID',",
	"V14:8  refunded_at DATETIME        NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT '返金日時',",
	"V14:11  KEY idx_refunds_search (reason, note),",
	"V14:11  KEY idx_refunds_search (reason, note),",
	"V15:3  ADD COLUMN settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '精算ID',",
	"V15:3  ADD COLUMN settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '精算ID',",
	"V15:5  ADD INDEX idx_payments_order (order_id),",
	"V15:10  MODIFY COLUMN status VARCHAR(32) NOT NULL;",
	"V15:14  MODIFY COLUMN attempts TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '試行回数';",
	"V16:2UPDATE payments SET status = 'settled';",
}

// startTestDemo runs the demo until the test ends, and gives the page's URL.
// drain reads what nobody wants, so that who writes it goes on.
func drain(r io.Reader) { _, _ = io.Copy(io.Discard, r) }

func startTestDemo(t *testing.T, lang string, next func(context.Context) error) string {
	t.Helper()
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := runDemo(t.Context(), console{out: w, err: os.Stderr, getenv: func(string) string { return "" }}, demoOptions{lang: lang, next: next})
		w.CloseWithError(io.EOF)
		ended <- err
	}()
	t.Cleanup(func() { // by now, the test's context has ended
		go drain(r)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	address := regexp.MustCompile(`http://\S+`)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if url := address.FindString(lines.Text()); url != "" {
			go drain(r)
			return url
		}
	}
	t.Fatal("the demo names no page")
	return ""
}

// picture keeps pictures of the page in TEST_PICTURES, for people to look at.
func picture(t *testing.T, tab *browsertest.Tab, name string) {
	t.Helper()
	folder := os.Getenv("TEST_PICTURES")
	if folder == "" {
		return
	}
	for scheme, dark := range map[string]bool{"light": false, "dark": true} {
		if err := os.WriteFile(filepath.Join(folder, name+"-"+scheme+".png"), tab.Picture(1180, dark), 0o600); err != nil {
			t.Error(err)
		}
	}
}
