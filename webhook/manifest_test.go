package webhook

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var updateManifest = flag.Bool("update-manifest", false, "write ../app.yaml")

// TestManifestFile keeps app.yaml, which people read, and the manifest that set-up sends, one.
func TestManifestFile(t *testing.T) {
	t.Parallel()
	want := manifestYAML(newManifest("schema-review", "https://schema-review.example.com/webhook", ""))
	if *updateManifest {
		if err := os.WriteFile("../app.yaml", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("../app.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("app.yaml is stale, run: go test ./webhook -run TestManifestFile -update-manifest\n%s", diff)
	}
}

// manifestYAML writes a manifest for people: the reasons stand beside what is asked for.
func manifestYAML(m manifest) string {
	var b strings.Builder
	b.WriteString(`# The GitHub App's manifest: what the set-up page of "schema-review serve" registers, with
# your own name and webhook URL. To register the App by hand, see docs/install.md.
# https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
`)
	fmt.Fprintf(&b, "name: %s\ndescription: %s\nurl: %s\n", m.Name, m.Description, m.URL)
	fmt.Fprintf(&b, "hook_attributes:\n  url: %s\n  active: %t\npublic: %t\n", m.Hook.URL, m.Hook.Active, m.Public)
	b.WriteString("default_permissions:\n")
	for _, p := range Permissions {
		fmt.Fprintf(&b, "  %-22s # %s\n", p.Name+": "+p.Access, p.Why)
	}
	b.WriteString("# installation and installation_repositories come without being asked for.\ndefault_events:\n")
	for _, s := range Subscriptions {
		fmt.Fprintf(&b, "  - %-29s # %s\n", s.Name, s.Why)
	}
	return b.String()
}

// TestManifestIsWhatGitHubTakes checks what GitHub refuses: events that no permission covers.
func TestManifestIsWhatGitHubTakes(t *testing.T) {
	t.Parallel()
	needs := map[string]string{
		"pull_request": "pull_requests", "pull_request_review_comment": "pull_requests",
		"pull_request_review_thread": "pull_requests", "check_run": "checks", "check_suite": "checks",
		"merge_group": "merge_queues", "issue_comment": "issues",
	}
	m := newManifest("a", "https://example.com/webhook", "http://127.0.0.1:8081/setup/callback")
	for _, event := range m.Events {
		need, known := needs[event]
		if !known || m.Permissions[need] == "" {
			t.Errorf("event %s: no permission covers it, GitHub refuses the manifest", event)
		}
	}
}
