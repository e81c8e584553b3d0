package webhook

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const repoJSON = `"installation":{"id":7},"repository":{"id":1,"name":"shop","owner":{"login":"acme"}},"sender":{"login":"mona","type":"User"}`

func rerunBody(checkRun string) string {
	return `{"action":"rerequested",` + repoJSON + `,"check_run":{"app":{"id":99},` + checkRun + `}}`
}

func suiteBody(action, suite string) string {
	return `{"action":"` + action + `",` + repoJSON + `,"check_suite":{"app":{"id":99},` + suite + `}}`
}

func pullBody(action, more string) string {
	return `{"action":"` + action + `",` + repoJSON + `,"pull_request":{"number":12,"head":{"sha":"aaa"}}` + more + `}`
}

func groupJob(head string) Job {
	return Job{Installation: 7, Owner: "acme", Repo: "shop", MergeGroup: &MergeGroup{Head: head, Base: "bbb", BaseRef: "refs/heads/release/2"}}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	pull := Job{Installation: 7, Owner: "acme", Repo: "shop", Number: 12}
	bot := func(body string) string {
		return strings.Replace(body, `{"login":"mona","type":"User"}`, `{"login":"dependabot[bot]","type":"Bot"}`, 1)
	}
	group := `{"action":"checks_requested",` + repoJSON + `,"merge_group":{"head_sha":"ggg","base_sha":"bbb","base_ref":"refs/heads/release/2"}}`
	listed := `"head_sha":"aaa","pull_requests":[{"number":12,"base":{"repo":{"id":1}}},{"number":5,"base":{"repo":{"id":2}}}]`
	tests := map[string]struct {
		event, body string
		jobs        []Job
		head        string
		force       bool
		reason      string // part of it
	}{
		"opened":                       {event: "pull_request", body: pullBody("opened", ""), jobs: []Job{pull}, head: "aaa"},
		"reopened":                     {event: "pull_request", body: pullBody("reopened", ""), jobs: []Job{pull}, head: "aaa"},
		"synchronize":                  {event: "pull_request", body: pullBody("synchronize", ""), jobs: []Job{pull}, head: "aaa"},
		"ready":                        {event: "pull_request", body: pullBody("ready_for_review", ""), jobs: []Job{pull}, head: "aaa"},
		"edited base":                  {event: "pull_request", body: pullBody("edited", `,"changes":{"base":{"ref":{"from":"main"}}}`), jobs: []Job{pull}, head: "aaa"},
		"edited title":                 {event: "pull_request", body: pullBody("edited", `,"changes":{"title":{"from":"x"}}`), reason: "not the base"},
		"closed":                       {event: "pull_request", body: pullBody("closed", ""), reason: "this action"},
		"labeled":                      {event: "pull_request", body: pullBody("labeled", ""), reason: "this action"},
		"by a bot":                     {event: "pull_request", body: bot(pullBody("opened", "")), reason: "bot"},
		"by a bot without type":        {event: "pull_request", body: strings.Replace(bot(pullBody("synchronize", "")), `,"type":"Bot"`, "", 1), reason: "bot"},
		"no number":                    {event: "pull_request", body: `{"action":"opened",` + repoJSON + `}`, reason: "which pull request"},
		"negative number":              {event: "pull_request", body: `{"action":"opened",` + repoJSON + `,"pull_request":{"number":-1}}`, reason: "which pull request"},
		"no repository":                {event: "pull_request", body: `{"action":"opened","installation":{"id":7},"pull_request":{"number":12}}`, reason: "which pull request"},
		"no installation":              {event: "pull_request", body: `{"action":"opened","pull_request":{"number":12}}`, reason: "no installation"},
		"re-run":                       {event: "check_run", body: rerunBody(`"external_id":"pull/12"`), jobs: []Job{pull}, force: true},
		"re-run of a group":            {event: "check_run", body: rerunBody(`"external_id":"merge-group/bbb/refs/heads/release/2","head_sha":"ggg"`), jobs: []Job{groupJob("ggg")}, force: true},
		"re-run by pull requests":      {event: "check_run", body: rerunBody(listed), jobs: []Job{pull}, force: true},
		"re-run by commit":             {event: "check_run", body: rerunBody(`"head_sha":"fork","external_id":"pull/x"`), jobs: []Job{pull}, force: true},
		"re-run of nothing":            {event: "check_run", body: rerunBody(`"head_sha":"nobody"`), reason: "no pull request"},
		"another App's run":            {event: "check_run", body: strings.Replace(rerunBody(`"external_id":"pull/12"`), "99", "98", 1), reason: "another App's"},
		"run completed":                {event: "check_run", body: strings.Replace(rerunBody(`"external_id":"pull/12"`), "rerequested", "completed", 1), reason: "this action"},
		"run by a bot":                 {event: "check_run", body: bot(rerunBody(`"external_id":"pull/12"`)), reason: "bot"},
		"suite":                        {event: "check_suite", body: suiteBody("requested", listed), jobs: []Job{pull}},
		"suite re-run":                 {event: "check_suite", body: suiteBody("rerequested", listed), jobs: []Job{pull}, force: true},
		"suite of a fork":              {event: "check_suite", body: suiteBody("rerequested", `"head_sha":"fork"`), jobs: []Job{pull}, force: true},
		"suite of a push":              {event: "check_suite", body: suiteBody("requested", `"head_sha":"nobody"`), reason: "no pull request"},
		"suite of a queue":             {event: "check_suite", body: suiteBody("requested", `"head_sha":"fork","head_branch":"gh-readonly-queue/main/pr-1-abc"`), reason: "merge_group"},
		"suite of a queue, re-run":     {event: "check_suite", body: suiteBody("rerequested", `"head_sha":"ggg","head_branch":"gh-readonly-queue/main/pr-1-abc"`), jobs: []Job{groupJob("ggg")}, force: true},
		"another App's suite":          {event: "check_suite", body: strings.Replace(suiteBody("requested", listed), "99", "98", 1), reason: "another App's"},
		"suite completed":              {event: "check_suite", body: suiteBody("completed", listed), reason: "this action"},
		"merge group":                  {event: "merge_group", body: group, jobs: []Job{groupJob("ggg")}, head: "ggg"},
		"merge group of a bot":         {event: "merge_group", body: bot(group), jobs: []Job{groupJob("ggg")}, head: "ggg"},
		"merge group destroyed":        {event: "merge_group", body: strings.Replace(group, "checks_requested", "destroyed", 1), reason: "this action"},
		"merge group without base":     {event: "merge_group", body: strings.Replace(group, "base_sha", "b", 1), reason: "which merge group"},
		"comment":                      {event: "issue_comment", body: `{"action":"created",` + repoJSON + `}`, reason: "comments"},
		"review comment":               {event: "pull_request_review_comment", body: pullBody("created", ""), reason: "comments"},
		"thread":                       {event: "pull_request_review_thread", body: pullBody("resolved", ""), reason: "next review"},
		"installed":                    {event: "installation", body: `{"action":"created","installation":{"id":7}}`, jobs: []Job{{Installation: 7}}},
		"installed by a bot":           {event: "installation", body: bot(`{"action":"created","installation":{"id":7},"sender":{"login":"mona","type":"User"}}`), jobs: []Job{{Installation: 7}}},
		"unsuspended":                  {event: "installation", body: `{"action":"unsuspend","installation":{"id":7}}`, jobs: []Job{{Installation: 7}}},
		"permissions accepted":         {event: "installation", body: `{"action":"new_permissions_accepted","installation":{"id":7}}`, jobs: []Job{{Installation: 7}}},
		"uninstalled":                  {event: "installation", body: `{"action":"deleted","installation":{"id":7}}`, reason: "this action"},
		"suspended":                    {event: "installation", body: `{"action":"suspend","installation":{"id":7}}`, reason: "this action"},
		"repositories added":           {event: "installation_repositories", body: `{"action":"added","installation":{"id":7}}`, jobs: []Job{{Installation: 7}}},
		"repositories removed":         {event: "installation_repositories", body: `{"action":"removed","installation":{"id":7}}`, reason: "this action"},
		"another event's other fields": {event: "watch", body: `{"action":1,"changes":"x","installation":"y"}`, reason: "this event"},
	}
	d := &Decider{AppID: 99, Inbox: &inbox{at: map[string][]Job{
		"fork": {{Installation: 1, Owner: "acme", Repo: "shop", Number: 12}},
		"ggg":  {groupJob("ggg")},
	}}}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := d.Decide(t.Context(), testGUID, tt.event, []byte(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.jobs, got.Jobs); diff != "" {
				t.Errorf("jobs (-want +got):\n%s", diff)
			}
			if got.Head != tt.head || got.Force != tt.force || got.GUID != testGUID {
				t.Errorf("got %+v, want head %q, force %v", got, tt.head, tt.force)
			}
			if (got.Reason == "") != (tt.reason == "") || !strings.Contains(got.Reason, tt.reason) {
				t.Errorf("got reason %q, want %q", got.Reason, tt.reason)
			}
		})
	}
}

func TestDecideNeedsTheStore(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	d := &Decider{AppID: 99, Inbox: &inbox{err: down}}
	_, err := d.Decide(context.Background(), testGUID, "check_run", []byte(rerunBody(`"head_sha":"fork"`)))
	if !errors.Is(err, down) {
		t.Errorf("got %v, want %v", err, down)
	}
}

func TestExternalID(t *testing.T) {
	t.Parallel()
	for _, j := range []Job{{Installation: 7, Owner: "acme", Repo: "shop", Number: 12}, groupJob("ggg")} {
		p := &payload{}
		p.Installation.ID, p.Repository.Owner.Login, p.Repository.Name = 7, "acme", "shop"
		got, ok := p.external(checkPayload{ExternalID: ExternalID(j), HeadSHA: "ggg"})
		if diff := cmp.Diff(j, got); !ok || diff != "" {
			t.Errorf("%s: (-want +got)\n%s", ExternalID(j), diff)
		}
	}
}
