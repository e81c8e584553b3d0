package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/webhook/standin/web/browsertest"
)

func TestReportPage(t *testing.T) {
	t.Parallel()
	r := sampleReport("")
	r.Groups[0].Name = `<script>alert("x")</script>`
	var out bytes.Buffer
	if err := r.html(&out, locale.Printer("en"), "en"); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	has(t, "the page", page, "&lt;script&gt;", `class="whisker"`, "drop-column", "2026-11-01", "11.75", "object unknown")
	for _, part := range []string{"<script", "http://", "https://", "ZgotmplZ", "NaN", "Inf"} {
		if strings.Contains(page, part) {
			t.Errorf("the page has %q", part)
		}
	}
}

// The page as people see it: nothing is refused, nothing is wider than the window.
func TestReportInBrowser(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		r := sampleReport(req.URL.Query().Get("by"))
		if req.URL.Query().Get("empty") != "" {
			r = newFeedbackReport(nil, nil, "")
		}
		lang := req.URL.Query().Get("lang")
		if err := r.html(w, locale.Printer(lang), lang); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	for name, query := range map[string]string{"report": "?lang=en", "report-ja": "?lang=ja", "report-prompts": "?lang=en&by=prompts", "report-empty": "?lang=en&empty=1"} {
		tab.Go(s.URL + "/" + query)
		browsertest.Wait[bool](tab, `document.querySelector("h1") !== null`)
		picture(t, tab, name)
		browsertest.Wait[bool](tab, `[...document.querySelectorAll("thead th")].every(h => h.scrollWidth <= h.clientWidth)`) // no name runs into the next
		if query == "?lang=en" {
			browsertest.Wait[bool](tab, `[...document.querySelectorAll("tbody .stack")].slice(0, 7).every(s => {
				const whole = s.getBoundingClientRect(), last = [...s.querySelectorAll("rect")].at(-1).getBoundingClientRect();
				return whole.width > 60 && Math.abs(whole.right - last.right) < 1 })`)
			browsertest.Wait[bool](tab, `document.documentElement.scrollWidth <= window.innerWidth`)
		}
	}
	if got := tab.Complaints(); len(got) > 0 {
		t.Errorf("the browser complains: %q", got)
	}
}
