package standin

import (
	"context"
	"fmt"
	"strings"
	"time"

	gql "github.com/graph-gophers/graphql-go"
)

// root answers queries and mutations.
type root struct{}

// actorNode is an account. GraphQL calls bots by their App's name alone: "schema-review", where the REST
// API says "schema-review[bot]".
type actorNode struct {
	ID         gql.ID
	DatabaseID *int32
	Login      string
	URL        scalar
	kind       string
}

func (g *GitHub) actorNode(a *account) *actorNode {
	if a == nil {
		return nil
	}
	login := strings.TrimSuffix(a.login, "[bot]")
	return &actorNode{
		ID: gql.ID(node(a.kind, a.id)), DatabaseID: id32(a.id), Login: login, URL: scalar(g.html("/" + login)), kind: a.kind,
	}
}

// ToUser and its like tell the library what the account is.
func (a *actorNode) ToUser() (*actorNode, bool) { return a, a.kind == "User" }

// ToBot tells whether it is a bot.
func (a *actorNode) ToBot() (*actorNode, bool) { return a, a.kind == "Bot" }

// ToOrganization tells whether it is an organisation.
func (a *actorNode) ToOrganization() (*actorNode, bool) { return a, a.kind == "Organization" }

// Viewer is the App's bot.
func (*root) Viewer(ctx context.Context) *actorNode {
	q := asked(ctx)
	return q.g.actorNode(q.app.bot)
}

type rateNode struct {
	Cost, Limit, NodeCount, Remaining, Used int32
	ResetAt                                 scalar
}

// RateLimit is what is left; nothing where limits are off.
func (*root) RateLimit(ctx context.Context, _ struct{ DryRun bool }) *rateNode {
	q := asked(ctx)
	m := &q.g.meter
	if m.limits.Hour < 0 {
		return nil
	}
	rate := m.rate(m.of(q.token.installation.ID, q.g.Clock.Now()))
	return &rateNode{
		Cost: 1, Limit: int32(rate["Limit"]), NodeCount: int32(q.nodes), Remaining: int32(rate["Remaining"]),
		Used: int32(rate["Used"]), ResetAt: at(time.Unix(rate["Reset"], 0)),
	}
}

// Repository finds a repository that the token sees.
func (*root) Repository(ctx context.Context, in struct {
	FollowRenames bool
	Name, Owner   string
},
) (*repoNode, error) {
	q := asked(ctx)
	r := q.g.repos[strings.ToLower(in.Owner+"/"+in.Name)]
	if r == nil || !q.token.sees(r) {
		return nil, missing(fmt.Sprintf("Could not resolve to a Repository with the name '%s/%s'.", in.Owner, in.Name))
	}
	return q.repoNode(r), nil
}

type nodeArgs struct{ ID gql.ID }

// Node finds anything by its id.
func (*root) Node(ctx context.Context, in nodeArgs) (*anyNode, error) {
	return asked(ctx).byNode(in.ID)
}

// Nodes finds several.
func (*root) Nodes(ctx context.Context, in struct{ IDs []gql.ID }) ([]*anyNode, error) {
	out := []*anyNode{}
	for _, id := range in.IDs {
		n, err := asked(ctx).byNode(id)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

func unknownNode(id gql.ID) error {
	return missing(fmt.Sprintf("Could not resolve to a node with the global id of '%s'", id))
}
