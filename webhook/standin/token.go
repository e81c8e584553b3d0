package standin

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// token is an installation's access token.
type token struct {
	installation *Installation
	expires      time.Time
	permissions  map[string]string
	repos        []*Repository // nil = all that the installation sees
}

// lifetime of installation tokens.
const lifetime = time.Hour

// caller is who asks: an App (by JWT) or one of its installations (by token).
type caller struct {
	app   *App
	token *token // nil for the App itself
}

// authenticate finds out who asks. A refusal is given as answer.
func (g *GitHub) authenticate(r *http.Request) (*caller, *answer) {
	scheme, credential, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if credential == "" || !strings.EqualFold(scheme, "bearer") && !strings.EqualFold(scheme, "token") {
		return nil, refusal(http.StatusUnauthorized, "Requires authentication")
	}
	if strings.Count(credential, ".") == 2 {
		a, problem := g.appOf(credential)
		if problem != "" {
			return nil, refusal(http.StatusUnauthorized, problem)
		}
		return &caller{app: a}, nil
	}
	t := g.tokens[credential]
	if t == nil || !g.Clock.Now().Before(t.expires) {
		return nil, refusal(http.StatusUnauthorized, "Bad credentials")
	}
	if !t.installation.suspended.IsZero() {
		return nil, refusal(http.StatusForbidden, "This installation has been suspended")
	}
	return &caller{app: t.installation.app, token: t}, nil
}

// may tells whether a token has a permission at that level.
func (t *token) may(permission, level string) bool {
	has := t.permissions[permission]
	return has == level || has == "write" && level == "read" || has == "admin"
}

// sees tells whether a token reaches a repository.
func (t *token) sees(r *Repository) bool {
	return t.installation.covers(r) && (t.repos == nil || slices.Contains(t.repos, r))
}
