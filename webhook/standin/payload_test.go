package standin_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/schema-review/schema-review/webhook/standin"
)

// TestPayloads compares the payloads of all events with GitHub's schemas.
func TestPayloads(t *testing.T) {
	t.Parallel()
	const url = "https://octokit.example/schema.json"
	doc := published(t, "@octokit/webhooks-schemas/schema.json")
	c := jsonschema.NewCompiler()
	// The library takes no template like "{/sha}".
	c.RegisterFormat(&jsonschema.Format{Name: "uri-template", Validate: func(any) error { return nil }})
	if err := c.AddResource(url, doc); err != nil {
		t.Fatal(err)
	}
	w, _ := story(t)
	everything(t, w)
	seen := map[string]bool{}
	for _, d := range w.app.Deliveries() {
		name := d.Event + "$" + d.Action
		if seen[name] {
			continue
		}
		seen[name] = true
		s, err := c.Compile(url + "#/definitions/" + name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		valid(t, s, d.Payload, name)
	}
	for _, name := range []string{
		"pull_request$opened", "pull_request$synchronize", "pull_request$closed", "pull_request$reopened", "pull_request$edited",
		"pull_request$ready_for_review", "pull_request$converted_to_draft", "pull_request_review$submitted", "pull_request_review$dismissed",
		"pull_request_review_comment$created", "pull_request_review_comment$edited", "pull_request_review_comment$deleted",
		"pull_request_review_thread$resolved", "pull_request_review_thread$unresolved", "issue_comment$created",
		"check_suite$requested", "check_suite$rerequested", "check_run$created", "check_run$completed", "check_run$rerequested",
		"check_run$requested_action", "merge_group$checks_requested", "merge_group$destroyed", "installation$created",
		"installation$deleted", "installation$suspend", "installation$unsuspend", "installation$new_permissions_accepted",
		"installation_repositories$added", "installation_repositories$removed",
	} {
		if !seen[name] {
			t.Errorf("%s was not sent", name)
		}
	}
}

// everything does what the story leaves out.
func everything(t *testing.T, w *world) {
	t.Helper()
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	t.Cleanup(hook.Close)
	w.app.SetWebhookURL(hook.URL)
	p := w.repo.OpenPull(standin.PullOptions{Head: "more", Files: map[string]*string{"z.sql": new("z\n")}, Draft: true})
	p.Ready()
	p.ConvertToDraft()
	p.Edit("Another title")
	w.repo.Commit("release", "release", map[string]*string{"r.sql": new("r\n")})
	p.Retarget("release")
	p.Close()
	p.Reopen()
	c := p.CommentOn("alice", "z.sql", 1, "why?")
	p.Resolve(c, "bob")
	p.Unresolve(c, "bob")
	p.Say("alice", "hello")
	w.repo.Queue(p).Done("dequeued")
	other := w.g.NewRepository("acme", "other")
	w.installation.Select(w.repo)
	w.installation.Select(w.repo, other)
	w.installation.Accept()
	run := w.repo.CheckRuns(w.repo.Pull(1).State().Head)[0].ID
	w.repo.Rerun(run, "alice")
	w.repo.RequestAction(run, "alice", "again")
	second := w.app.Install("elsewhere")
	second.Uninstall()
	if err := w.g.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}
