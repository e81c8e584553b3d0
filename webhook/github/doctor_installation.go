package github

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/go-github/v60/github"
)

// maxVisited is how many installations are looked at with a token of their own.
const maxVisited = 10

// installations looks at each account that has installed the App.
func (x *examination) installations(ctx context.Context) {
	list := pages(func(o github.ListOptions) (page []registered, resp *github.Response, err error) {
		resp, err = get(ctx, x.c.app(), fmt.Sprintf("app/installations?per_page=%d&page=%d", o.PerPage, o.Page), &page)
		return page, resp, err
	})
	seen, visited := 0, 0
	for i, err := range list {
		if err != nil {
			x.wrong("installations", x.p.Sprintf("their list can't be read: %s", reason(err)), x.p.Sprintf("try again"))
			return
		}
		seen++
		if x.granted(i) && visited < maxVisited {
			visited++
			x.limits(ctx, i)
			x.graphQL(ctx, i)
		}
	}
	switch {
	case seen == 0:
		x.wrong("installations", x.p.Sprintf("the App is installed nowhere"), x.p.Sprintf("install it at %s/installations/new", x.app.HTMLURL))
	case visited == maxVisited && seen > visited:
		x.note("installations", x.p.Sprintf("rate limits and GraphQL were looked at for %d of %d", visited, seen), "")
	}
}

// granted compares what an account has accepted with what the App wants; false: there is no token to go on with.
func (x *examination) granted(i registered) bool {
	who := "installation " + i.Account.Login
	if i.SuspendedAt != nil {
		x.note(who, x.p.Sprintf("suspended: nothing is reviewed there"), x.p.Sprintf("its owner can end that at %s", i.HTMLURL))
		return false
	}
	if lacks := lacking(i.Permissions); lacks != "" {
		x.wrong(who, x.p.Sprintf("has not granted %s", lacks), x.p.Sprintf("its owner accepts the App's permissions at %s", i.HTMLURL))
	} else {
		x.ok(who, x.p.Sprintf("has granted all permissions"))
	}
	return true
}

// limits looks at what is left of an installation's hour. GitHub Enterprise Server has no limits unless it was told to.
// https://docs.github.com/enterprise-server@latest/rest/rate-limit/rate-limit
func (x *examination) limits(ctx context.Context, i registered) {
	var answer struct {
		Resources struct {
			Core struct{ Limit, Remaining, Reset int64 }
		}
	}
	who := "rate limit " + i.Account.Login
	_, err := get(ctx, x.c.rest(i.ID), "rate_limit", &answer)
	core := answer.Resources.Core
	switch {
	case hasStatus(err, http.StatusNotFound):
		x.ok(who, x.p.Sprintf("there is none"))
	case err != nil:
		x.wrong(who, x.p.Sprintf("can't be read: %s", reason(err)), x.p.Sprintf("the installation's token may be refused: see the other lines"))
	case core.Remaining < core.Limit/10:
		reset := time.Unix(core.Reset, 0).UTC().Format("15:04 UTC")
		x.wrong(who, x.p.Sprintf("%d of %d calls are left until %s", core.Remaining, core.Limit, reset),
			x.p.Sprintf("serve waits by itself; when it happens often, see schema_review_github_calls_total in /metrics"))
	default:
		x.ok(who, x.p.Sprintf("%d of %d calls are left", core.Remaining, core.Limit))
	}
}

// graphQL asks the smallest question. Reviews do without GraphQL, at the price of more calls.
func (x *examination) graphQL(ctx context.Context, i registered) {
	who := "GraphQL " + i.Account.Login
	var answer struct {
		Viewer struct{ Login string }
	}
	err := x.c.graphql(ctx, i.ID, "query { viewer { login } }", nil, &answer)
	if err != nil {
		x.wrong(who, x.p.Sprintf("is refused: %s", reason(err)),
			x.p.Sprintf("check GITHUB_GRAPHQL_URL (%s); until then reviews cost more calls, and fixed comments are not minimised", x.c.graph))
		return
	}
	x.ok(who, x.p.Sprintf("answers as %s", answer.Viewer.Login))
}
