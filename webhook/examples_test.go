package webhook

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestExamples decides all payloads of npm's @octokit/webhooks-examples: what GitHub has really sent, over
// the years and versions. None is refused, and none leads to a job that can't be done.
func TestExamples(t *testing.T) {
	t.Parallel()
	modules := os.Getenv("TEST_NODE_MODULES")
	if modules == "" {
		t.Skip("TEST_NODE_MODULES doesn't name a folder of npm packages")
	}
	files, err := filepath.Glob(filepath.Join(modules, "@octokit/webhooks-examples/*/index.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no @octokit/webhooks-examples in %s: %v", modules, err)
	}
	jobs := map[string]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var events []struct {
			Name     string
			Examples []json.RawMessage
		}
		if err := json.Unmarshal(data, &events); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, e := range events {
			for _, body := range e.Examples {
				jobs[e.Name] += decideExample(t, e.Name, body)
			}
		}
	}
	for _, name := range []string{"pull_request", "merge_group", "installation", "installation_repositories"} {
		if jobs[name] == 0 {
			t.Errorf("no example of %s led to a job", name)
		}
	}
}

func decideExample(t *testing.T, name string, body []byte) int {
	t.Helper()
	d := &Decider{AppID: 29310, Inbox: &inbox{}} // the examples' App
	e, err := d.Decide(t.Context(), testGUID, name, body)
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if len(e.Jobs) == 0 && e.Reason == "" {
		t.Errorf("%s.%s: neither jobs nor a reason", name, e.Action)
	}
	for _, j := range e.Jobs {
		if j.Installation == 0 || j.Number == 0 && j.MergeGroup == nil && name != "installation" && name != "installation_repositories" {
			t.Errorf("%s.%s: a job that can't be done: %+v", name, e.Action, j)
		}
	}
	return len(e.Jobs)
}
