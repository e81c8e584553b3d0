package standin

import (
	"context"
	_ "embed"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"

	gql "github.com/graph-gophers/graphql-go"
	"github.com/graph-gophers/graphql-go/errors"
)

// GraphQLMode says how the GraphQL endpoint behaves.
type GraphQLMode int

// How the GraphQL endpoint behaves.
const (
	GraphQLOn     GraphQLMode = iota
	GraphQLOff                // 404, as where there is none
	GraphQLErrors             // every query has an error, in a 200
)

// SetGraphQL changes how the GraphQL endpoint behaves.
func (g *GitHub) SetGraphQL(m GraphQLMode) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.graph = m
}

//go:embed schema.graphql
var schemaText string

// schema is read once. Resolvers run one at a time: they share caches.
var schema = sync.OnceValue(func() *gql.Schema {
	return gql.MustParseSchema(schemaText, &root{}, gql.UseFieldResolvers(), gql.MaxParallelism(1))
})

// mutates tells whether a call to the endpoint writes.
func mutates(body []byte) bool {
	var in struct{ Query string }
	_ = json.Unmarshal(body, &in) // what isn't JSON is refused later
	return strings.HasPrefix(strings.TrimSpace(in.Query), "mutation")
}

// graphql answers 200 whatever is wrong with the query.
func graphql(q *request) *answer {
	var in struct {
		Query     string         `json:"query"`
		Operation string         `json:"operationName"`
		Variables map[string]any `json:"variables"`
	}
	switch q.g.graph {
	case GraphQLOff:
		return notFound()
	case GraphQLErrors:
		return ok(obj{"data": nil, "errors": list{obj{"message": "Something went wrong while executing your query. Please include `0000:0000` when reporting this issue."}}})
	}
	if no := q.read(&in); no != nil {
		return no
	}
	if in.Query == "" {
		return refusal(http.StatusBadRequest, "A query attribute must be specified and must be a string.")
	}
	ctx := context.WithValue(q.Context(), requestKey{}, q)
	res := schema().Exec(ctx, in.Query, in.Operation, in.Variables)
	out := obj{}
	if res.Data != nil {
		out["data"] = res.Data
	}
	if len(res.Errors) > 0 {
		out["errors"] = worded(res.Errors)
	}
	return ok(out)
}

type requestKey struct{}

// asked is the call that a resolver answers.
func asked(ctx context.Context) *request { return ctx.Value(requestKey{}).(*request) }

// graphError is an error of a resolver, in GitHub's form.
type graphError struct{ kind, text string }

func (e *graphError) Error() string { return e.text }

func missing(text string) error { return &graphError{"NOT_FOUND", text} }

func inaccessible() error {
	return &graphError{"FORBIDDEN", "Resource not accessible by integration"}
}

// worded gives errors the form that GitHub's have.
func worded(all []*errors.QueryError) list {
	out := list{}
	for _, e := range all {
		v := obj{"message": e.Message, "locations": e.Locations}
		if len(e.Path) > 0 {
			v["path"] = e.Path
		}
		if known, ok := e.ResolverError.(*graphError); ok { //nolint:errorlint // ours, never wrapped
			v["type"], v["message"] = known.kind, known.text
		}
		unknown(v, e.Message)
		out = append(out, v)
	}
	return out
}

var noField = regexp.MustCompile(`^Cannot query field "(\w+)" on type "(\w+)"`)

// unknown words an unknown field as GitHub does.
func unknown(v obj, message string) {
	m := noField.FindStringSubmatch(message)
	if m == nil {
		return
	}
	v["message"] = "Field '" + m[1] + "' doesn't exist on type '" + m[2] + "'"
	v["path"] = list{"query", m[1]}
	v["extensions"] = obj{"code": "undefinedField", "typeName": m[2], "fieldName": m[1]}
}
