package standin

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" // GitHub sends the old signature, too
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"maps"
	"slices"
)

// subscribable are the events that Apps choose from. Those of installations, and of an App's own checks, come anyway.
var subscribable = []string{
	"check_run", "check_suite", "issue_comment", "merge_group", "pull_request", "pull_request_review",
	"pull_request_review_comment", "pull_request_review_thread",
}

// unasked are events that come without being asked for.
var unasked = []string{"installation", "installation_repositories", "check_suite", "check_run"}

// delivery is a delivery and what it needs to be sent again.
type delivery struct {
	Delivery
	app     *App
	under   bool // under way
	request map[string]string
	answer  map[string]string
	body    string
}

// Deliveries are the App's deliveries, oldest first. Payloads may be shared: don't change them.
func (a *App) Deliveries() []Delivery {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	out := make([]Delivery, 0, len(a.deliveries))
	for _, d := range a.deliveries {
		out = append(out, d.Delivery)
	}
	return out
}

// Settle waits until no delivery is under way.
func (g *GitHub) Settle(ctx context.Context) error {
	for {
		g.mu.Lock()
		under, version := g.under, g.version
		g.mu.Unlock()
		if under == 0 {
			return nil
		}
		select {
		case <-g.Changes(version):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Sign makes the X-Hub-Signature-256 of a payload.
func (a *App) Sign(payload []byte) string {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	return a.signature(payload)
}

func (a *App) signature(payload []byte) string { return "sha256=" + a.mac(sha256.New, payload) }

func (a *App) mac(h func() hash.Hash, payload []byte) string {
	m := hmac.New(h, []byte(a.Secret))
	m.Write(payload)
	return hex.EncodeToString(m.Sum(nil))
}

func (a *App) oldSignature(payload []byte) string { return "sha1=" + a.mac(sha1.New, payload) }

// tell delivers an event of a repository to the Apps installed on it that want it.
func (r *Repository) tell(event, action string, payload obj) {
	for _, a := range r.g.sortedApps() {
		if i := a.installation(r); i != nil {
			a.tell(i, r, event, action, payload)
		}
	}
}

// tell delivers an event to the App, when it wants it and has an address.
func (a *App) tell(i *Installation, r *Repository, event, action string, payload obj) {
	wanted := slices.Contains(unasked, event) || slices.Contains(i.events, event)
	if a.url == "" || !wanted || !i.suspended.IsZero() && event != "installation" {
		return
	}
	body := payloadOf(i, r, action, payload)
	d := &delivery{app: a, Delivery: Delivery{
		GUID: guid(), Event: event, Action: action, Installation: i.ID, Payload: body,
	}}
	if r != nil {
		d.Repository = r.ID
	}
	a.send(d)
}

// payloadOf completes a payload by what all of them have.
func payloadOf(i *Installation, r *Repository, action string, payload obj) []byte {
	all := obj{"action": action}
	if r != nil {
		all["repository"] = r.view()
		all["installation"] = obj{"id": i.ID, "node_id": node("MDI", i.ID)}
		if r.owner.kind == "Organization" {
			all["organization"] = i.g.organization(r.owner)
		}
	}
	maps.Copy(all, payload)
	data, _ := json.Marshal(all) // built of what JSON has
	return data
}

func (g *GitHub) organization(a *account) obj {
	u := g.api("/orgs/" + a.login)
	return obj{
		"login": a.login, "id": a.id, "node_id": node("O", a.id), "url": u, "repos_url": u + "/repos", "events_url": u + "/events",
		"hooks_url": u + "/hooks", "issues_url": u + "/issues", "members_url": u + "/members{/member}",
		"public_members_url": u + "/public_members{/member}", "avatar_url": "https://avatars.githubusercontent.com/u/1?v=4", "description": "",
	}
}

// guid is a delivery's name.
func guid() string {
	s := random(16)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

func rawJSON(data []byte) json.RawMessage {
	if !json.Valid(data) {
		return json.RawMessage("{}")
	}
	return data
}
