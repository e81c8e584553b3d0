package standin_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/webhook/standin"
)

func TestConditional(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	const path = "/repos/acme/shop/contents/?ref=main"
	first := w.call("GET", path, "").want(200)
	c := w.as(w.token)
	c.header = http.Header{"If-None-Match": {first.header.Get("ETag")}}
	again := c.call("GET", path, "").want(304)
	if a, b := first.header.Get("X-RateLimit-Used"), again.header.Get("X-RateLimit-Used"); a != b || a == "" {
		t.Errorf("a 304 counts: %s and %s calls used", a, b)
	}
	w.repo.Commit("main", "x", map[string]*string{"a": new("a")})
	c.call("GET", path, "").want(200)
}

func TestPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	files := map[string]*string{}
	for i := range 250 {
		files["f"+strconv.Itoa(1000+i)] = new("x" + strconv.Itoa(i))
	}
	w.repo.OpenPull(standin.PullOptions{Head: "work", Files: files})
	path, total := "/repos/acme/shop/pulls/1/files?per_page=100", 0
	for pages := 1; ; pages++ {
		a := w.call("GET", path, "").want(200)
		total += len(a.list())
		link := a.header.Get("Link")
		before, _, more := strings.Cut(link, `>; rel="next"`)
		if !more {
			if pages != 3 || total != 250 {
				t.Errorf("%d files on %d pages", total, pages)
			}
			return
		}
		path = strings.TrimPrefix(before[strings.LastIndexByte(before, '<')+1:], w.url)
	}
}

func TestSecondaryLimit(t *testing.T) {
	t.Parallel()
	w, p := opened(t)
	head := p.State().Head
	run := body(obj{"name": "x", "head_sha": head})
	for range 80 {
		w.call("POST", "/repos/acme/shop/check-runs", run).want(201)
	}
	a := w.call("POST", "/repos/acme/shop/check-runs", run).want(403)
	wait, err := strconv.Atoi(a.header.Get("Retry-After"))
	if err != nil || wait < 1 || wait > 61 {
		t.Errorf("retry-after: %q", a.header.Get("Retry-After"))
	}
	w.call("GET", "/repos/acme/shop", "").want(200)
	w.g.Clock.Advance(time.Duration(wait) * time.Second)
	w.call("POST", "/repos/acme/shop/check-runs", run).want(201)
}

func TestPrimaryLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{Limits: standin.Limits{Hour: 2}})
	w.call("GET", "/repos/acme/shop", "").want(200)
	w.call("GET", "/repos/acme/shop", "").want(200)
	a := w.call("GET", "/repos/acme/shop", "").want(403)
	if a.header.Get("X-RateLimit-Remaining") != "0" || a.header.Get("X-RateLimit-Reset") == "" {
		t.Errorf("headers: %v", a.header)
	}
	w.call("GET", "/rate_limit", "").want(200)
	w.g.Clock.Advance(time.Hour)
	w.token = w.newToken("")
	w.call("GET", "/repos/acme/shop", "").want(200)
}

func TestLargeDiffs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	w.repo.OpenPull(standin.PullOptions{Head: "work", Files: map[string]*string{
		"a": new(numbered(20_001)), "b": new(numbered(12_000)), "c": new(numbered(12_000)),
		"d": new(numbered(3)), "e": new("\x00"),
	}})
	type row struct {
		patch   bool
		changes float64
	}
	rows := func(path string) (out []row) {
		for _, f := range w.call("GET", path, "").want(200).list() {
			f := f.(obj)
			out = append(out, row{f["patch"] != nil, f["changes"].(float64)})
		}
		return out
	}
	all := rows("/repos/acme/shop/pulls/1/files")
	want := []row{{false, 20_001}, {true, 12_000}, {true, 12_000}, {false, 0}, {false, 0}}
	for i := range want {
		if all[i] != want[i] {
			t.Errorf("file %d: got %v, want %v", i, all[i], want[i])
		}
	}
	if got := rows("/repos/acme/shop/pulls/1/files?per_page=1&page=4")[0]; got != (row{true, 3}) {
		t.Errorf("alone on its page: %v", got)
	}
}
