package standin

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// node is a GraphQL id.
func node(kind string, id any) string {
	return kind + "_" + base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprint(kind, ":", id)))
}

// stamp is a time as the API writes it; null when there is none.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}

// or is nil for the empty string.
func or(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// nonzero is nil for 0.
func nonzero(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// frozen is a view that doesn't change any more, kept for the URL it was made for.
type frozen struct {
	url  string
	data json.RawMessage
}

func (f *frozen) get(url string, view func() obj) json.RawMessage {
	if f.url != url || f.data == nil {
		f.data, _ = json.Marshal(view()) // built of what JSON has
		f.url = url
	}
	return f.data
}

// user is an account as it appears everywhere.
func (g *GitHub) user(a *account) any {
	if a == nil {
		return nil
	}
	return a.view.get(g.url+a.kind, func() obj { return g.userView(a) })
}

func (g *GitHub) userView(a *account) obj {
	u := g.api("/users/" + a.login)
	v := obj{
		"login": a.login, "id": a.id, "node_id": node(a.kind, a.id), "type": a.kind, "site_admin": false,
		"avatar_url": fmt.Sprintf("https://avatars.githubusercontent.com/u/%d?v=4", a.id), "gravatar_id": "",
		"url": u, "html_url": g.html("/" + strings.TrimSuffix(a.login, "[bot]")),
		"following_url": u + "/following{/other_user}", "gists_url": u + "/gists{/gist_id}",
		"starred_url": u + "/starred{/owner}{/repo}", "events_url": u + "/events{/privacy}",
	}
	for _, name := range []string{"followers", "subscriptions", "repos", "received_events"} {
		v[name+"_url"] = u + "/" + name
	}
	v["organizations_url"] = u + "/orgs"
	return v
}

// repositoryURLs are the URLs of a repository: the key without "_url", and the path.
var repositoryURLs = map[string]string{
	"archive": "/{archive_format}{/ref}", "assignees": "/assignees{/user}", "blobs": "/git/blobs{/sha}",
	"branches": "/branches{/branch}", "collaborators": "/collaborators{/collaborator}", "comments": "/comments{/number}",
	"commits": "/commits{/sha}", "compare": "/compare/{base}...{head}", "contents": "/contents/{+path}",
	"contributors": "/contributors", "deployments": "/deployments", "downloads": "/downloads", "events": "/events",
	"forks": "/forks", "git_commits": "/git/commits{/sha}", "git_refs": "/git/refs{/sha}", "git_tags": "/git/tags{/sha}",
	"hooks": "/hooks", "issue_comment": "/issues/comments{/number}", "issue_events": "/issues/events{/number}",
	"issues": "/issues{/number}", "keys": "/keys{/key_id}", "labels": "/labels{/name}", "languages": "/languages",
	"merges": "/merges", "milestones": "/milestones{/number}", "notifications": "/notifications{?since,all,participating}",
	"pulls": "/pulls{/number}", "releases": "/releases{/id}", "stargazers": "/stargazers", "statuses": "/statuses/{sha}",
	"subscribers": "/subscribers", "subscription": "/subscription", "tags": "/tags", "teams": "/teams", "trees": "/git/trees{/sha}",
}

// api is the URL of a path below the repository.
func (r *Repository) api(path string) string { return r.g.api("/repos/" + r.fullName() + path) }

// html is the URL of a page of the repository.
func (r *Repository) html(path string) string { return r.g.html("/" + r.fullName() + path) }

func (r *Repository) view() any { return r.shown.get(r.g.url, r.fullView) }

func (r *Repository) fullView() obj {
	v := obj{
		"id": r.ID, "node_id": node("R", r.ID), "name": r.Name, "full_name": r.fullName(), "owner": r.g.user(r.owner),
		"private": r.private, "visibility": "public", "fork": r.parent != nil, "html_url": r.html(""), "url": r.api(""), "description": nil, "homepage": nil,
		"language": nil, "default_branch": r.main, "archived": false, "disabled": false, "mirror_url": nil, "license": nil,
		"has_issues": true, "has_projects": true, "has_wiki": true, "has_pages": false, "has_discussions": false,
		"has_downloads": true, "is_template": false, "allow_forking": true, "web_commit_signoff_required": false, "topics": list{}, "custom_properties": obj{},
		"clone_url": r.html(".git"), "git_url": "git://github.com/" + r.fullName() + ".git", "svn_url": r.html(""),
		"ssh_url":    "git@github.com:" + r.fullName() + ".git",
		"created_at": stamp(r.created), "updated_at": stamp(r.created), "pushed_at": stamp(r.created),
	}
	if r.private {
		v["visibility"] = "private"
	}
	for _, key := range []string{"size", "forks", "forks_count", "open_issues", "open_issues_count", "stargazers_count", "watchers", "watchers_count"} {
		v[key] = 0
	}
	for key, path := range repositoryURLs {
		v[key+"_url"] = r.api(path)
	}
	return v
}
