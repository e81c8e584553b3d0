package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/review/bedrock/converse"
	"github.com/schema-review/schema-review/webhook/standin"
)

// A warm review with one changed migration and three findings costs at most 8 calls, 3 of which create content.
func TestAppIsCheap(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{})
	a.says(a.open(migration(2, addAge)), "success: No problems in 1 statement")
	a.calls()
	p := a.open(migration(3, "CREATE TABLE a (note TEXT);", "CREATE TABLE b (note TEXT);", dropNickname))
	calls, creating, routes := a.calls()
	if len(p.Threads()) != 3 {
		t.Fatalf("%d comments, want 3", len(p.Threads()))
	}
	if calls > 8 || creating > 3 {
		t.Errorf("%d calls, %d of them create content:\n%s", calls, creating, strings.Join(routes, "\n"))
	}
}

// A model's suggestion is a comment like others: it costs GitHub no calls of its own, except when it comes late. Then it is
// a review and an update of the check run more.
func TestAppIsCheapWithAModel(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wait            string
		calls, creating int
	}{"in time": {"60s", 8, 3}, "late": {"1ms", 14, 5}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			late := claiming(softDelete())
			late.Wait = 300 * time.Millisecond
			a := newAdvised(t, newAdvisor(t, converse.Always(late)), appOptions{}, "ADVICE_WAIT", tt.wait)
			a.says(a.open(migration(2, addAge)), "success: No problems in 1 statement")
			a.calls()
			p := a.open(migration(3, append(members, dropNickname)...))
			calls, creating, routes := a.calls()
			if len(p.Threads()) != 2 {
				t.Fatalf("%d comments, want 2", len(p.Threads()))
			}
			if calls > tt.calls || creating > tt.creating {
				t.Errorf("%d calls, %d of them create content:\n%s", calls, creating, strings.Join(routes, "\n"))
			}
		})
	}
}

// A history of N migrations costs 3 + N/50 calls when it is read for the first time, and none when the base is the same.
func TestAppReadsHistoryOnce(t *testing.T) {
	t.Parallel()
	const n = 200
	old := files{}
	for i := range n {
		old[fmt.Sprintf("db/migration/V%d__t.sql", 100+i)] = text(fmt.Sprintf("CREATE TABLE t%d (id BIGINT PRIMARY KEY);", i))
	}
	a := newApp(t, appOptions{base: old})
	a.says(a.open(files{"README.md": text("# Shop")}), "success: No migrations to review") // all that has nothing to do with history
	a.calls()
	history := func(version int) int {
		a.says(a.open(migration(version, addAge)), "success: No problems in 1 statement")
		_, _, routes := a.calls()
		count := 0
		for _, r := range routes {
			if strings.Contains(r, "/git/") || strings.Contains(r, "shop/contents/") || r == "POST /graphql" {
				count++
			}
		}
		return count
	}
	cold, warm := history(500), history(501)
	a.restart(a.github.ResetCalls)
	restarted := history(502)
	// What is left of a warm review is its own: the changed file, and what was said before.
	if warm > 2 || cold-warm > 3+n/50 || restarted > warm {
		t.Errorf("%d calls at first, %d then, %d after a restart: want at most 2, and %d more at first", cold, warm, restarted, 3+n/50)
	}
}

// Files that are not migrations are never downloaded: nobody asks for their contents.
func TestAppDownloadsMigrationsOnly(t *testing.T) {
	t.Parallel()
	a := newApp(t, appOptions{base: files{"main.go": text("package main")}})
	asked := a.listen()
	p := a.open(files{"main.go": text("package main // changed"), "db/migration/V2__age.sql": text(addAge)})
	a.says(p, "success: No problems in 1 statement")
	for _, f := range p.Files() {
		if got := strings.Contains(asked(), f.NewSHA); got != strings.HasSuffix(f.Path, ".sql") {
			t.Errorf("%s: asked for its contents: %t", f.Path, got)
		}
	}
	q := a.open(files{"main.go": text("package main // changed again")})
	a.says(q, "success: No migrations to review")
	if strings.Contains(asked(), q.Files()[0].NewSHA) || strings.Contains(asked(), q.Files()[0].OldSHA) {
		t.Errorf("asked for main.go:\n%s", asked())
	}
}

// listen keeps what the API is asked from now on.
func (a *app) listen() (asked func() string) {
	var kept lockedBuffer
	a.github.Fault(func(r *http.Request) *standin.Fault {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(&kept, "%s %s %s\n", r.Method, r.URL, body)
		return nil
	})
	return kept.String
}
