package web

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook/standin/web/browsertest"
)

// TestBrowser opens the pages in a real browser: what the scripts do, and that nothing is refused or fails.
func TestBrowser(t *testing.T) {
	t.Parallel()
	source := newSample()
	server := httptest.NewServer((&Pages{Source: source, Now: func() time.Time { return noon.Add(time.Minute) }}).Handler())
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	tab := browsertest.Open(t)

	tab.Go(server.URL + "/acme/shop/pull/1")
	entities := browsertest.Wait[[]string](tab, `(() => {
		const svg = document.querySelector(".diagram iframe").contentDocument.querySelector("svg");
		return svg && [...svg.querySelectorAll("g.node")].map(n => (n.querySelector(".name") ?? n).textContent.trim()) })()`)
	slices.Sort(entities)
	if diff := cmp.Diff([]string{"payments", "refunds"}, entities); diff != "" {
		t.Errorf("entities of the diagram (-want +got):\n%s", diff)
	}
	browsertest.Wait[bool](tab, `document.querySelector(".diagram iframe").offsetHeight !== 160`)
	shoot(t, tab, "sample-conversation")

	tab.Go(server.URL + "/acme/shop/pull/1/files")
	browsertest.Wait[bool](tab, `document.querySelector(".live.on") !== null`)
	rows := browsertest.Wait[[]string](tab, `[...document.querySelectorAll(".thread-row")].map(r => {
		const line = r.previousElementSibling;
		return [r.closest(".file").dataset.path, line.cells[0].textContent, line.cells[1].textContent, line.cells[3].textContent].join("|") })`)
	want := []string{"db/V14__refunds.sql||3|  payment_id  INT NOT NULL COMMENT '決済ID',", "db/V5__payments.sql|4||  a INT,"}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("lines with comments (-want +got):\n%s", diff)
	}
	shoot(t, tab, "sample-files")

	browsertest.Wait[bool](tab, `!(document.querySelector("#file-1").open = false)`)
	source.change(func(p *Pull) { p.Reviews[0].Threads[0].Comments[0].Minimized = "outdated" })
	said := browsertest.Wait[string](tab, `document.querySelector("#file-0 .minimized summary")?.textContent`)
	if !strings.Contains(said, "outdated") {
		t.Errorf("the hidden conversation says %q", said)
	}
	browsertest.Wait[bool](tab, `!document.querySelector("#file-1").open`) // what was folded stays so

	tab.Go(server.URL + "/acme/shop/pull/1/checks")
	browsertest.Wait[bool](tab, `document.querySelector(".annotation.failure") !== null`)
	shoot(t, tab, "sample-checks")
	if got := tab.Complaints(); len(got) > 0 {
		t.Errorf("the browser complains: %q", got)
	}
}

// shoot keeps pictures of the page in TEST_PICTURES, for people to look at.
func shoot(t *testing.T, tab *browsertest.Tab, name string) {
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
