package web

import (
	"context"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// TestBrowser opens the pages in a real browser: what the scripts do, and that nothing is refused or fails.
func TestBrowser(t *testing.T) {
	t.Parallel()
	source := newSample()
	server := httptest.NewServer((&Pages{Source: source, Now: func() time.Time { return noon.Add(time.Minute) }}).Handler())
	t.Cleanup(server.Close)
	ctx, complaints := browser(t)
	t.Cleanup(server.CloseClientConnections)

	at := server.URL + "/acme/shop/pull/1"
	if got, want := diagramOf(ctx, t, at), []string{"payments", "refunds"}; !slices.Equal(got, want) {
		t.Errorf("the diagram shows %q, want %q", got, want)
	}
	commented := `[...document.querySelectorAll(".thread-row")].map(r => {
		let line = r.previousElementSibling;
		return [r.closest(".file").dataset.path, line.cells[0].textContent, line.cells[1].textContent, line.cells[3].textContent].join("|") })`
	var rows []string
	must(ctx, t, chromedp.Navigate(at+"/files"), chromedp.WaitVisible(".live.on"), chromedp.Evaluate(commented, &rows))
	want := []string{"db/V14__refunds.sql||3|  payment_id  INT NOT NULL COMMENT '決済ID',", "db/V5__payments.sql|4||  a INT,"}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("lines with comments (-want +got):\n%s", diff)
	}

	var page string
	must(ctx, t, chromedp.Evaluate(`document.querySelector("#file-1").open = false`, nil))
	source.change(func(p *Pull) { p.Reviews[0].Threads[0].Comments[0].Minimized = "outdated" })
	must(ctx, t, chromedp.WaitVisible("#file-0 .minimized summary"), chromedp.OuterHTML("#page", &page),
		chromedp.WaitNotVisible("#file-1 table"))
	if !strings.Contains(page, "This conversation was marked as outdated.") {
		t.Error("the hidden conversation doesn't say so")
	}
	if got := complaints(); len(got) > 0 {
		t.Errorf("the browser complains: %q", got)
	}
}

// diagramOf waits for the diagram of a page, and gives its entities.
func diagramOf(ctx context.Context, t *testing.T, url string) []string {
	t.Helper()
	entities := `(() => { let d = document.querySelector(".diagram iframe").contentDocument;
		return d.querySelector("svg") && [...d.querySelectorAll("svg g.node")].map(n => n.querySelector(".label.name, .name").textContent.trim()) })()`
	var names []string
	must(ctx, t, chromedp.Navigate(url), chromedp.PollFunction("() => "+entities, &names))
	slices.Sort(names)
	return names
}

// browser starts TEST_CHROMIUM; complaints gives what the pages logged or threw.
func browser(t *testing.T) (ctx context.Context, complaints func() []string) {
	t.Helper()
	program := os.Getenv("TEST_CHROMIUM")
	if program == "" {
		t.Skip("TEST_CHROMIUM names no browser")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	ctx, cancelBrowser := chromedp.NewExecAllocator(ctx, options...)
	ctx, cancelTab := chromedp.NewContext(ctx)
	t.Cleanup(func() { cancelTab(); cancelBrowser(); cancel() })
	var mu sync.Mutex
	var said []string
	chromedp.ListenTarget(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			said = append(said, string(e.Entry.Level)+": "+e.Entry.Text)
		case *runtime.EventConsoleAPICalled:
			said = append(said, string(e.Type))
		case *runtime.EventExceptionThrown:
			said = append(said, e.ExceptionDetails.Error())
		}
	})
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(said)
	}
}

func must(ctx context.Context, t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}
