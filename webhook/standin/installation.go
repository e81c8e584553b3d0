package standin

import (
	"maps"
	"slices"
	"time"
)

// Installation is an App on an account.
type Installation struct {
	ID int64

	g           *GitHub
	app         *App
	account     *account
	selected    []*Repository // nil = all of the account's repositories
	permissions map[string]string
	events      []string
	suspended   time.Time // zero when it is not
	suspender   *account
	created     time.Time
}

// Install installs the App on an account: on all its repositories, or on those given.
func (a *App) Install(owner string, repos ...*Repository) *Installation {
	g := a.g
	g.mu.Lock()
	defer g.mu.Unlock()
	i := &Installation{
		ID: g.id(), g: g, app: a, account: g.account(owner, "Organization"), selected: repos,
		permissions: maps.Clone(a.permissions), events: slices.Clone(a.events), created: g.Clock.Now(),
	}
	g.installs[i.ID] = i
	g.touch()
	g.installationEvent(i, "created")
	return i
}

// covers tells whether the installation sees the repository.
func (i *Installation) covers(r *Repository) bool {
	return i.account == r.owner && (i.selected == nil || slices.Contains(i.selected, r))
}

// repositories are those that the installation sees, by id.
func (i *Installation) repositories() []*Repository {
	var out []*Repository
	for _, r := range i.g.repos {
		if i.covers(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *Repository) int { return int(a.ID - b.ID) })
	return out
}

// Suspend is an owner suspending the installation: its tokens are refused.
func (i *Installation) Suspend() {
	i.g.mu.Lock()
	defer i.g.mu.Unlock()
	i.suspended, i.suspender = i.g.Clock.Now(), i.g.person("owner")
	i.g.touch()
	i.g.installationEvent(i, "suspend")
}

// Unsuspend undoes Suspend.
func (i *Installation) Unsuspend() {
	i.g.mu.Lock()
	defer i.g.mu.Unlock()
	i.suspended, i.suspender = time.Time{}, nil
	i.g.touch()
	i.g.installationEvent(i, "unsuspend")
}

// Uninstall removes the App from the account.
func (i *Installation) Uninstall() {
	i.g.mu.Lock()
	defer i.g.mu.Unlock()
	i.g.installationEvent(i, "deleted")
	delete(i.g.installs, i.ID)
	i.revoke()
	i.g.touch()
}

// Accept is an owner accepting the permissions and events that the App asks for now.
func (i *Installation) Accept() {
	i.g.mu.Lock()
	defer i.g.mu.Unlock()
	i.permissions, i.events = maps.Clone(i.app.permissions), slices.Clone(i.app.events)
	i.g.installationEvent(i, "new_permissions_accepted")
}

// Select changes what repositories the installation sees.
func (i *Installation) Select(repos ...*Repository) {
	i.g.mu.Lock()
	defer i.g.mu.Unlock()
	was := i.repositories()
	i.selected = repos
	i.g.repositoriesEvent(i, was)
}

// RevokeTokens makes the tokens given out so far invalid.
func (i *Installation) RevokeTokens() {
	i.g.mu.Lock()
	defer i.g.mu.Unlock()
	i.revoke()
}

func (i *Installation) revoke() {
	maps.DeleteFunc(i.g.tokens, func(_ string, t *token) bool { return t.installation == i })
}
