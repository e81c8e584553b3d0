package standin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/webhook/standin"
)

// opened is a world with a pull request that changes lines 10 and 40 of a.sql, which has 60, and adds b.sql.
func opened(t *testing.T) (*world, *standin.Pull) {
	t.Helper()
	w := newWorld(t, standin.Options{})
	w.repo.Commit("main", "before", map[string]*string{"a.sql": new(numbered(60))})
	p := w.repo.OpenPull(standin.PullOptions{Head: "work", Files: map[string]*string{
		"a.sql": new(changed(60, 10, 40)), "b.sql": new(numbered(5)),
	}})
	return w, p
}

func review(event string, comments ...obj) string {
	return body(obj{"event": event, "body": "hello", "comments": comments})
}

func on(path string, line int, more ...any) obj {
	o := obj{"path": path, "line": line, "side": "RIGHT", "body": "look"}
	for i := 0; i < len(more); i += 2 {
		o[more[i].(string)] = more[i+1]
	}
	return o
}

const reviews = "/repos/acme/shop/pulls/1/reviews"

func TestReviewRefused(t *testing.T) {
	t.Parallel()
	const (
		outside = "Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank"
		path    = "Pull request review thread path is invalid and Pull request review thread diff hunk can't be blank"
		order   = "Pull request review thread start line must precede the end line."
		hunk    = "Pull request review thread start line must be part of the same hunk as the line."
		three   = "Pull request review thread line must be part of the diff, Pull request review thread start line must be part of the same hunk as the line., and Pull request review thread diff hunk can't be blank"
	)
	for name, test := range map[string]struct {
		comments []obj
		want     string // "" = accepted
	}{
		"changed line":            {[]obj{on("a.sql", 10)}, ""},
		"line beside a change":    {[]obj{on("a.sql", 13)}, ""},
		"removed line":            {[]obj{on("a.sql", 40, "side", "LEFT")}, ""},
		"range":                   {[]obj{on("b.sql", 5, "start_line", 1, "start_side", "RIGHT")}, ""},
		"line outside the hunks":  {[]obj{on("a.sql", 14)}, outside},
		"line after the file":     {[]obj{on("b.sql", 6)}, outside},
		"file that isn't changed": {[]obj{on("c.sql", 1)}, path},
		"start after end":         {[]obj{on("b.sql", 2, "start_line", 3)}, order},
		"start is end":            {[]obj{on("b.sql", 2, "start_line", 2)}, order},
		"range over two hunks":    {[]obj{on("a.sql", 40, "start_line", 10)}, hunk},
		"range outside":           {[]obj{on("a.sql", 20, "start_line", 18)}, three},
		"one of three is wrong":   {[]obj{on("a.sql", 10), on("a.sql", 20), on("b.sql", 1)}, outside},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, p := opened(t)
			a := w.call("POST", reviews, review("COMMENT", test.comments...))
			if test.want == "" {
				a.want(200)
				return
			}
			a.want(422)
			if got := a.at("errors", 0); got != test.want {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
			if n := len(p.Threads()) + len(p.Reviews()); n != 0 {
				t.Errorf("%d things stand of a review that was refused", n)
			}
		})
	}
}

func TestReviewStates(t *testing.T) {
	t.Parallel()
	w, p := opened(t)
	w.call("POST", reviews, review("", on("a.sql", 10))).want(200)
	if got := w.call("POST", reviews, review("COMMENT")).want(422).at("errors", 0); got != "User can only have one pending review per pull request" {
		t.Errorf("second review: %v", got)
	}
	if len(p.Threads()) != 0 {
		t.Error("a pending review's comments are shown")
	}
	id := fmt.Sprint(p.Reviews()[0].ID)
	w.call("POST", reviews+"/"+id+"/events", `{"event":"COMMENT"}`).want(200)
	if len(p.Threads()) != 1 {
		t.Error("a submitted review's comments are not shown")
	}
	stale := p.State().Head
	p.ForcePush(map[string]*string{"b.sql": new("new\n")})
	a := w.call("POST", reviews, body(obj{"event": "COMMENT", "body": "x", "commit_id": stale})).want(422)
	if got := a.at("errors", 0); got != "The commitOID is not part of the pull request" {
		t.Errorf("stale commit: %v", got)
	}
	long := strings.Repeat("表", 65537)
	w.call("POST", reviews, body(obj{"event": "COMMENT", "body": long})).want(422)
	w.call("POST", reviews, body(obj{"event": "COMMENT", "body": long[:3*65536]})).want(200)
}

func TestOutdated(t *testing.T) {
	t.Parallel()
	w, p := opened(t)
	w.call("POST", reviews, review("COMMENT", on("a.sql", 10), on("b.sql", 5, "start_line", 2), on("a.sql", 40, "side", "LEFT"))).want(200)
	lines := func() (out []int) {
		for _, th := range p.Threads() {
			out = append(out, th.Line)
		}
		return out
	}
	steps := []struct {
		what  string
		files map[string]*string
		want  [3]int
	}{
		{"lines above", map[string]*string{"b.sql": new("first\n" + numbered(5))}, [3]int{10, 6, 40}},
		{"the line", map[string]*string{"a.sql": new(changed(60, 10, 10, 40))}, [3]int{0, 6, 40}},
		{"the line comes back", map[string]*string{"a.sql": new(changed(60, 10, 40))}, [3]int{10, 6, 40}},
		{"a line of the range", map[string]*string{"b.sql": new(changed(5, 2))}, [3]int{10, 0, 40}},
		{"no change is left", map[string]*string{"a.sql": new(changed(60, 40))}, [3]int{0, 0, 40}},
		{"the file is gone from the diff", map[string]*string{"a.sql": new(numbered(60))}, [3]int{0, 0, 0}},
	}
	for _, step := range steps {
		p.Push(step.files)
		if got := [3]int(lines()); got != step.want {
			t.Fatalf("%s: got %v, want %v", step.what, got, step.want)
		}
	}
	for i, c := range w.call("GET", "/repos/acme/shop/pulls/1/comments", "").want(200).list() {
		c := c.(obj)
		if c["line"] != nil || c["position"] != nil || c["original_line"] == nil {
			t.Errorf("comment %d: line %v, position %v, original line %v", i, c["line"], c["position"], c["original_line"])
		}
	}
}

func TestSingleComment(t *testing.T) {
	t.Parallel()
	w, p := opened(t)
	const comments = "/repos/acme/shop/pulls/1/comments"
	post := func(c obj) *reply {
		c["commit_id"] = p.State().Head
		return w.call("POST", comments, body(c))
	}
	post(obj{"path": "a.sql", "body": "all of it", "subject_type": "file"}).want(201)
	a := post(on("a.sql", 14)).want(422)
	if a.at("errors", 0, "message") != "pull_request_review_thread.line must be part of the diff" || a.at("errors", 1, "code") != "missing_field" {
		t.Errorf("got %s", a.data)
	}
	id := int64(post(on("a.sql", 10)).want(201).at("id").(float64))
	own := fmt.Sprintf("/repos/acme/shop/pulls/comments/%d", id)
	w.call("PATCH", own, `{"body":"edited"}`).want(200)
	reply := p.Reply(id, "alice", "no")
	w.call("PATCH", fmt.Sprintf("/repos/acme/shop/pulls/comments/%d", reply), `{"body":"mine"}`).want(403)
	w.call("POST", fmt.Sprintf("%s/%d/replies", comments, id), `{"body":"yes"}`).want(201)
	if got := p.Threads()[1].Comments; len(got) != 3 || got[0].Body != "edited" || got[1].Author.Login != "alice" || got[2].ReplyTo != id {
		t.Errorf("got %+v", got)
	}
	w.call("DELETE", own, "").want(204)
	w.call("GET", own, "").want(404)
}
