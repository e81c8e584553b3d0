package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/webhook/standin/web/browsertest"
	"golang.org/x/net/html"
)

func pageOf(t *testing.T, r *Result, c *Comparison) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, r, c, english(), "en"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPageIsInert reads the page as a browser does: nothing on it runs, loads or leads away, whatever cases say.
func TestPageIsInert(t *testing.T) {
	t.Parallel()
	now, before := samples(t)
	text := pageOf(t, now, Compare(before, now))
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	ids, links := map[string]bool{}, map[string]bool{}
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
			continue
		case n.Data == "script", n.Data == "img", n.Data == "link", n.Data == "iframe", n.Data == "form":
			t.Errorf("there is a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "src", a.Key == "style":
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			case a.Key == "href":
				links[a.Val] = true
			case a.Key == "id" && ids[a.Val]:
				t.Errorf("two elements have the id %s", a.Val)
			case a.Key == "id":
				ids[a.Val] = true
			}
		}
	}
	if len(links) == 0 {
		t.Error("there are no links to cases")
	}
	for link := range links {
		if id, within := strings.CutPrefix(link, "#"); !within || !ids[id] {
			t.Errorf("%s leads nowhere on the page", link)
		}
	}
	for _, bad := range []string{"ZgotmplZ", "%!", "<no value>", "NaN"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q is on the page", bad)
		}
	}
}

// TestPageShows holds that what somebody looks for is there.
func TestPageShows(t *testing.T) {
	t.Parallel()
	now, before := samples(t)
	text := pageOf(t, now, Compare(before, now))
	for _, want := range []string{
		"Scripted answers: no model was asked.", "Precision", "Recall", "False positives per clean change set", "Flip rate",
		"the worst first", "What is decided otherwise", "no such table, column or key", "Agreement with people", "Answer in, half of them",
		"CREATE TABLE", "Merged already: ", "prompts",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	alone := pageOf(t, before, nil)
	for _, absent := range []string{"Compared with before", "as a judge sees them"} {
		if strings.Contains(alone, absent) {
			t.Errorf("%q is on a page that has none", absent)
		}
	}
	pageOf(t, &Result{}, &Comparison{}) // of nothing at all
}

func TestBanners(t *testing.T) {
	t.Parallel()
	now, _ := samples(t)
	for name, test := range map[string]struct {
		change func(*Result)
		want   string
		gone   bool
	}{
		"scripted":       {func(*Result) {}, "Scripted answers", false},
		"a real model":   {func(r *Result) { r.Setup.Model, r.Setup.Answered = "model", nil }, "Scripted answers", true},
		"enough cases":   {func(*Result) {}, "Few case files", true},
		"few cases":      {func(r *Result) { r.Cases = r.Cases[:3] }, "Few case files: 3.", false},
		"an outage":      {func(r *Result) { r.Cases[0].Runs[0].Measured = false }, "1 runs are in no figure", false},
		"calibrated":     {func(*Result) {}, "not calibrated", true},
		"not calibrated": {func(r *Result) { r.Judged = &Judged{} }, "The judge is not calibrated", false},
		"unknown labels": {func(r *Result) { r.Setup.Unknown = []string{"gone"} }, "left out: gone.", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := *now
			r.Cases = append([]CaseDone{}, now.Cases...)
			r.Cases[0].Runs = append([]Run{}, now.Cases[0].Runs...)
			test.change(&r)
			if said := strings.Contains(strings.Join(speaker{english()}.banners(&r), "\n"), test.want); said == test.gone {
				t.Errorf("got %q", speaker{english()}.banners(&r))
			}
		})
	}
}

// contrast lists texts that are hard to read on their ground, by the formula of WCAG 2.
const contrast = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data };
  const light = c => { const [r, g, b] = [0, 1, 2].map(i => { const v = c[i] / 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b };
  const ground = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c } return [255, 255, 255] };
  const bad = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
  }
  return 'read: ' + [...new Set(bad)].join(', ');
})()`

// TestPageInBrowser looks at the page in Chromium, wide and narrow, light and dark, with all cases open.
func TestPageInBrowser(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t)
	now, before := samples(t)
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(pageOf(t, now, Compare(before, now))), 0o600); err != nil {
		t.Fatal(err)
	}
	tab.Go("file://" + file)
	pictures := os.Getenv("TEST_PICTURES") // a folder, for people who want to look
	for name, look := range map[string]struct {
		width int64
		dark  bool
	}{"wide": {1200, false}, "wide-dark": {1200, true}, "narrow": {400, false}, "narrow-dark": {400, true}} {
		data := tab.Picture(look.width, look.dark)
		if pictures != "" {
			if err := os.WriteFile(filepath.Join(pictures, name+".png"), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		opened := browsertest.Wait[string](tab, `(() => { document.querySelectorAll('details').forEach(d => d.open = true); return 'width: ' + (document.documentElement.scrollWidth - innerWidth) })()`)
		if got := strings.TrimPrefix(opened, "width: "); got != "0" && !strings.HasPrefix(got, "-") {
			t.Errorf("%s: the page is %s pixels wider than the window", name, got)
		}
		if got := browsertest.Wait[string](tab, contrast); got != "read: " {
			t.Errorf("%s: hard to %s", name, got)
		}
		browsertest.Wait[bool](tab, `(document.querySelectorAll('details').forEach(d => d.open = false), true)`)
	}
	if said := tab.Complaints(); len(said) > 0 {
		t.Errorf("the browser says %q", said)
	}
}
