package standin

import (
	"fmt"
	"slices"
)

func (a *App) view() obj {
	return obj{
		"id": a.ID, "slug": a.Slug, "node_id": node("A", a.ID), "owner": a.g.user(a.owner),
		"name": a.Slug, "description": "", "external_url": "https://example.com", "html_url": a.g.html("/apps/" + a.Slug),
		"created_at": stamp(a.created), "updated_at": stamp(a.created), "permissions": a.permissions, "events": a.events,
	}
}

func (i *Installation) view() obj {
	url := i.g.api(fmt.Sprintf("/app/installations/%d", i.ID))
	selection := "all"
	if i.selected != nil {
		selection = "selected"
	}
	return obj{
		"id": i.ID, "app_id": i.app.ID, "app_slug": i.app.Slug,
		"target_id": i.account.id, "target_type": i.account.kind, "account": i.g.user(i.account), "single_file_name": nil,
		"has_multiple_single_files": false, "single_file_paths": list{}, "repository_selection": selection,
		"access_tokens_url": url + "/access_tokens", "repositories_url": i.g.api("/installation/repositories"),
		"html_url": i.g.html(fmt.Sprintf("/organizations/%s/settings/installations/%d", i.account.login, i.ID)),
		"events":   i.events, "permissions": i.permissions, "created_at": stamp(i.created), "updated_at": stamp(i.created),
		"suspended_by": i.g.user(i.suspender), "suspended_at": stamp(i.suspended),
	}
}

// sortedApps are all Apps by id.
func (g *GitHub) sortedApps() []*App {
	var out []*App
	for _, a := range g.apps {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b *App) int { return int(a.ID - b.ID) })
	return out
}

// installations are the App's by id.
func (a *App) installations() []*Installation {
	var out []*Installation
	for _, i := range a.g.installs {
		if i.app == a {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b *Installation) int { return int(a.ID - b.ID) })
	return out
}
