package webhook

import "encoding/json"

// Permission is one that the App asks for, and why.
type Permission struct {
	Name, Access string // as in a manifest: "pull_requests", "write"
	Title        string // as GitHub's pages call it
	Why          string
}

// Permissions are all that the App asks for.
var Permissions = []Permission{
	{"metadata", "read", "Metadata", "every App has it"},
	{"contents", "read", "Contents", "to read migrations and configuration; nothing is pushed"},
	{"pull_requests", "write", "Pull requests", "to post the review and to mark its comments as fixed"},
	{"checks", "write", "Checks", "to create the check run"},
	{"merge_queues", "read", "Merge queues", "GitHub sends merge_group to Apps with it only; nothing is read through it"},
}

// Subscription is an event that the App subscribes to, and why.
type Subscription struct{ Name, Why string }

// Subscriptions are the events that the App subscribes to. GitHub sends installation and
// installation_repositories to every App, and refuses manifests that list them. It refuses
// issue_comment without read access to issues too: the App asks for none.
// https://docs.github.com/webhooks/webhook-events-and-payloads
var Subscriptions = []Subscription{
	{"pull_request", "opened, pushed to, reopened, ready for review, base changed"},
	{"pull_request_review_comment", "answers to comments"},
	{"pull_request_review_thread", "people resolve and unresolve comments"},
	{"check_run", "re-run of the check"},
	{"check_suite", "re-run of all checks"},
	{"merge_group", "a merge queue waits for the check"},
}

// homepage is where a manifest says that the App is described.
const homepage = "https://github.com/schema-review/schema-review"

// manifest is what GitHub registers an App from; ../app.yaml shows it.
// https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
type manifest struct {
	Name        string            `json:"name"`
	Description string            `json:"description"`
	URL         string            `json:"url"`
	Hook        hook              `json:"hook_attributes"`
	RedirectURL string            `json:"redirect_url,omitempty"`
	Public      bool              `json:"public"`
	Permissions map[string]string `json:"default_permissions"`
	Events      []string          `json:"default_events"`
}

type hook struct {
	URL    string `json:"url"`
	Active bool   `json:"active"`
}

func newManifest(name, webhookURL, redirectURL string) manifest {
	m := manifest{
		Name:        name,
		Description: "Reviews MySQL, MariaDB, TiDB and Aurora MySQL schema migrations in pull requests.",
		URL:         homepage,
		Hook:        hook{URL: webhookURL, Active: true},
		RedirectURL: redirectURL,
		Permissions: map[string]string{},
	}
	for _, p := range Permissions {
		m.Permissions[p.Name] = p.Access
	}
	for _, s := range Subscriptions {
		m.Events = append(m.Events, s.Name)
	}
	return m
}

func (m manifest) json() (string, error) {
	data, err := json.Marshal(m)
	return string(data), err
}
