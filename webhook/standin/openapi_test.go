package standin_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/webhook/standin"
)

// TestOpenAPI calls every endpoint and compares the answers with GitHub's description of them.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	d := newDescription(t)
	w, answers := story(t)
	seen := map[string]bool{}
	calls := w.g.Calls()
	for i, a := range answers {
		c := calls[i]
		seen[c.Method+" "+c.Route] = true
		if c.Route == "/graphql" || c.Route == "/" {
			continue
		}
		what := fmt.Sprintf("%s %s: %d", c.Method, c.Path, c.Status)
		if s := d.schema(t, c.Method, c.Route, c.Status); s != nil {
			valid(t, s, a.data, what)
		} else if len(a.data) > 0 && c.Status < 300 && c.Status != http.StatusNoContent {
			t.Errorf("%s: GitHub's description knows no such answer", what)
		}
	}
	for _, route := range standin.Routes() {
		if r := strings.ReplaceAll(route, "...}", "}"); !seen[r] {
			t.Errorf("%s was not called", r)
		}
	}
}

// story calls all endpoints, in an order that makes sense, one after the other.
func story(t *testing.T) (w *world, answers []*reply) {
	t.Helper()
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusAccepted) }))
	t.Cleanup(hook.Close)
	w = newWorld(t, standin.Options{})
	w.g.ResetCalls()
	w.app.SetWebhookURL(hook.URL)
	w.repo.Commit("main", "before", map[string]*string{"a.sql": new(numbered(60)), "db/V1.sql": new("x\n")})
	p := w.repo.OpenPull(standin.PullOptions{Head: "work", Files: map[string]*string{
		"a.sql": new(changed(60, 10, 40)), "b.sql": new(numbered(5)), "db/V1.sql": nil, "db/V2.sql": new("x\n"), "c.bin": new("\x00"),
	}})
	fork := w.repo.OpenPull(standin.PullOptions{Head: "theirs", Fork: "bob", Author: "bob", Draft: true, Files: map[string]*string{"b.sql": new("b\n")}})
	if err := w.g.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	app, token := w.jwt(nil), w.token
	do := func(credential, method, path string, in obj) *reply {
		t.Helper()
		text := ""
		if in != nil {
			text = body(in)
		}
		a := w.as(credential).call(method, path, text)
		if a.status >= 500 || a.status == 401 {
			t.Fatalf("%s %s: %d %s", method, path, a.status, a.data)
		}
		answers = append(answers, a)
		return a
	}
	const repo = "/repos/acme/shop"
	pull := repo + "/pulls/1"
	head := p.State().Head
	id := func(a *reply, path ...any) string { return fmt.Sprintf("%.0f", a.at(path...)) }

	do(app, "GET", "/app", nil)
	do(app, "GET", "/app/installations", nil)
	installation := "/app/installations/" + fmt.Sprint(w.installation.ID)
	do(app, "GET", installation, nil)
	do(app, "GET", "/app/installations/1", nil)
	do(app, "POST", installation+"/access_tokens", nil)
	do(app, "POST", installation+"/access_tokens", obj{"repositories": []string{"shop"}, "permissions": obj{"contents": "read"}})
	do(app, "POST", installation+"/access_tokens", obj{"permissions": obj{"contents": "write"}})
	do(app, "GET", repo+"/installation", nil)
	do(app, "GET", "/app/hook/config", nil)
	do(app, "PATCH", "/app/hook/config", obj{"url": hook.URL})
	delivery := id(do(app, "GET", "/app/hook/deliveries?per_page=1", nil), 0, "id")
	do(app, "GET", "/app/hook/deliveries/"+delivery, nil)
	do(app, "POST", "/app/hook/deliveries/"+delivery+"/attempts", nil)
	do("", "POST", "/app-manifests/"+w.g.Manifest(standin.AppOptions{Slug: "other"})+"/conversions", nil)
	do(token, "GET", "/meta", nil)
	do(token, "GET", "/rate_limit", nil)
	do(token, "POST", "/graphql", obj{"query": "{ viewer { login } }"})
	do(token, "GET", "/installation/repositories", nil)
	do(token, "GET", "/users/bob", nil)
	do(token, "GET", "/users/schema-review[bot]", nil)
	do(token, "GET", "/nothing", nil)
	do(token, "GET", repo, nil)
	do(token, "GET", "/repos/bob/shop", nil)
	do(token, "GET", repo+"/branches/work", nil)
	do(token, "GET", repo+"/contents/a.sql?ref="+head, nil)
	do(token, "GET", repo+"/contents/db", nil)
	do(token, "GET", repo+"/contents/none", nil)
	do(token, "GET", repo+"/compare/main..."+head, nil)
	do(token, "GET", repo+"/compare/main...bob:theirs", nil)
	do(token, "GET", repo+"/commits/"+head, nil)
	do(token, "GET", repo+"/commits/"+head+"/pulls", nil)
	tree := do(token, "GET", repo+"/git/commits/"+head, nil).at("tree", "sha").(string)
	do(token, "GET", repo+"/git/trees/"+tree+"?recursive=1", nil)
	do(token, "GET", repo+"/git/trees/"+tree, nil)
	do(token, "GET", repo+"/git/blobs/"+p.Files()[0].NewSHA, nil)
	do(token, "GET", repo+"/git/ref/heads/main", nil)
	do(token, "GET", repo+"/git/ref/pull/2/head", nil)
	do(token, "GET", repo+"/pulls?state=all", nil)
	do(token, "GET", pull, nil)
	do(token, "GET", repo+"/pulls/2", nil)
	do(token, "GET", repo+"/pulls/99", nil)
	do(token, "GET", pull+"/files?per_page=2", nil)
	do(token, "GET", pull+"/commits", nil)
	review1 := do(token, "POST", pull+"/reviews", obj{"event": "COMMENT", "body": "x", "comments": []obj{on("a.sql", 10), on("b.sql", 3, "start_line", 1)}})
	do(token, "POST", pull+"/reviews", obj{"event": "COMMENT", "comments": []obj{on("a.sql", 20)}})
	do(token, "POST", pull+"/reviews", obj{"event": "COMMENT", "comments": []obj{{"path": "a.sql"}}})
	review2 := id(do(token, "POST", pull+"/reviews", obj{"event": "REQUEST_CHANGES", "body": "x"}), "id")
	pending := id(do(token, "POST", pull+"/reviews", obj{"body": "x"}), "id")
	do(token, "GET", pull+"/reviews", nil)
	do(token, "GET", pull+"/reviews/"+pending, nil)
	do(token, "POST", pull+"/reviews/"+pending+"/events", obj{"event": "COMMENT"})
	pending = id(do(token, "POST", pull+"/reviews", obj{"body": "x"}), "id")
	do(token, "DELETE", pull+"/reviews/"+pending, nil)
	do(token, "PUT", pull+"/reviews/"+id(review1, "id"), obj{"body": "y"})
	do(token, "PUT", pull+"/reviews/"+review2+"/dismissals", obj{"message": "x"})
	do(token, "GET", pull+"/reviews/"+id(review1, "id")+"/comments", nil)
	comment := id(do(token, "GET", pull+"/comments", nil), 0, "id")
	single := id(do(token, "POST", pull+"/comments", merge(on("a.sql", 12), obj{"commit_id": head})), "id")
	do(token, "POST", pull+"/comments", obj{"path": "b.sql", "body": "x", "subject_type": "file", "commit_id": head})
	do(token, "POST", pull+"/comments", merge(on("a.sql", 20), obj{"commit_id": head}))
	do(token, "POST", pull+"/comments/"+comment+"/replies", obj{"body": "x"})
	p.Push(map[string]*string{"a.sql": new(numbered(60)), "d.sql": new("d\n")})
	do(token, "GET", pull+"/comments", nil)
	do(token, "GET", repo+"/pulls/comments/"+comment, nil)
	do(token, "PATCH", repo+"/pulls/comments/"+comment, obj{"body": "x"})
	p.React(p.Threads()[0].Comments[0].ID, "ana", "-1")
	reactions := repo + "/pulls/comments/" + comment + "/reactions"
	thumb := id(do(token, "POST", reactions, obj{"content": "+1"}), "id")
	do(token, "POST", reactions, obj{"content": "+1"})
	do(token, "POST", reactions, obj{"content": "+2"})
	do(token, "GET", reactions, nil)
	do(token, "GET", reactions+"?content=-1", nil)
	do(token, "DELETE", reactions+"/"+thumb, nil)
	do(token, "DELETE", reactions+"/"+thumb, nil)
	do(token, "DELETE", repo+"/pulls/comments/"+single, nil)
	do(token, "POST", repo+"/issues/1/comments", obj{"body": "x"})
	do(token, "GET", repo+"/issues/1/comments", nil)
	head = p.State().Head
	annotation := obj{"path": "a.sql", "start_line": 1, "end_line": 1, "annotation_level": "warning", "message": "m", "title": "t"}
	run := do(token, "POST", repo+"/check-runs", obj{"name": "schema-review", "head_sha": head, "status": "in_progress"})
	runURL := repo + "/check-runs/" + id(run, "id")
	do(token, "PATCH", runURL, obj{"conclusion": "failure", "output": obj{"title": "t", "summary": "s", "annotations": []obj{annotation}}})
	do(token, "GET", runURL, nil)
	do(token, "GET", runURL+"/annotations", nil)
	do(token, "GET", repo+"/commits/"+head+"/check-runs?check_name=schema-review", nil)
	do(token, "GET", repo+"/commits/"+head+"/check-suites", nil)
	suite := repo + "/check-suites/" + id(run, "check_suite", "id")
	do(token, "GET", suite, nil)
	do(token, "GET", suite+"/check-runs", nil)
	do(token, "POST", suite+"/rerequest", nil)
	do(token, "POST", runURL+"/rerequest", nil)
	do(token, "POST", repo+"/check-runs", obj{"name": "x", "head_sha": "0123"})
	fork.Close()
	p.Merge()
	do(token, "GET", repo+"/pulls?state=closed", nil)
	w.installation.Suspend()
	do(app, "GET", installation, nil)
	w.installation.Unsuspend()
	do(token, "DELETE", "/installation/token", nil)
	return w, answers
}

func merge(a, b obj) obj {
	maps.Copy(a, b)
	return a
}
