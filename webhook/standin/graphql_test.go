package standin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/webhook/standin"
)

func (w *world) query(text string, variables obj) *reply {
	w.t.Helper()
	return w.call("POST", "/graphql", body(obj{"query": text, "variables": variables})).want(200)
}

const threads = `query($n: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $n) {
  headRefOid baseRefOid state isDraft
  reviewThreads(first: 50) { totalCount pageInfo { hasNextPage endCursor } nodes {
    id isResolved isOutdated line resolvedBy { login }
    comments(first: 50) { nodes { id databaseId author { login __typename } body isMinimized minimizedReason
      reactionGroups { content reactors(first: 5) { totalCount nodes { __typename ... on Actor { login } } } } } } } }
  reviews(first: 50) { nodes { databaseId state body author { login } commit { oid } } } } } rateLimit { remaining } }`

func TestGraphQLThreads(t *testing.T) {
	t.Parallel()
	w, p := opened(t)
	w.call("POST", reviews, review("COMMENT", on("a.sql", 10), on("b.sql", 1))).want(200)
	comment := p.Threads()[0].Comments[0].ID
	p.Resolve(p.Threads()[1].Comments[0].ID, "alice")
	p.React(comment, "bob", "-1")

	pull := []any{"data", "repository", "pullRequest"}
	a := w.query(threads, obj{"n": 1})
	at := func(path ...any) any { return a.at(append(pull[:3:3], path...)...) }
	first := []any{"reviewThreads", "nodes", 0, "comments", "nodes", 0}
	for _, test := range []struct {
		path []any
		want any
	}{
		{[]any{"headRefOid"}, p.State().Head},
		{[]any{"state"}, "OPEN"},
		{[]any{"reviewThreads", "totalCount"}, 2.0},
		{[]any{"reviewThreads", "nodes", 1, "resolvedBy", "login"}, "alice"},
		{append(first[:6:6], "databaseId"), float64(comment)},
		{append(first[:6:6], "author", "login"), "schema-review"},
		{append(first[:6:6], "author", "__typename"), "Bot"},
		{append(first[:6:6], "isMinimized"), false},
		{append(first[:6:6], "reactionGroups", 1, "reactors", "totalCount"), 1.0},
		{append(first[:6:6], "reactionGroups", 1, "reactors", "nodes", 0, "__typename"), "User"},
		{append(first[:6:6], "reactionGroups", 1, "reactors", "nodes", 0, "login"), "bob"},
		{[]any{"reviews", "nodes", 0, "commit", "oid"}, p.State().Head},
	} {
		if got := at(test.path...); got != test.want {
			t.Errorf("%v: got %v, want %v", test.path, got, test.want)
		}
	}

	id := at(append(first[:6:6], "id")...).(string)
	m := w.query(`mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { minimizedComment { isMinimized minimizedReason } } }`, obj{"id": id})
	if got := m.at("data", "minimizeComment", "minimizedComment", "minimizedReason"); got != "outdated" {
		t.Errorf("minimized: %v", got)
	}
	if got := p.Threads()[0].Comments[0].Minimized; got != "outdated" {
		t.Errorf("state: %q", got)
	}
	w.query(`mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) { clientMutationId } }`, obj{"id": id})
	if got := p.Threads()[0].Comments[0].Minimized; got != "" {
		t.Errorf("state: %q", got)
	}
	var creating int
	for _, c := range w.g.Calls() {
		if c.Route == "/graphql" && c.Creates {
			creating++
		}
	}
	if creating != 2 {
		t.Errorf("%d mutations create content, want 2", creating)
	}
}

func TestGraphQLErrors(t *testing.T) {
	t.Parallel()
	w, p := opened(t)
	w.call("POST", reviews, review("COMMENT", on("a.sql", 10))).want(200)
	many := `{ repository(owner: "acme", name: "shop") { pullRequests(first: 100) { nodes { reviewThreads(first: 100) { nodes { comments(first: 100) { totalCount } } } } } } }`
	resolve := fmt.Sprintf(`mutation { resolveReviewThread(input: {threadId: %q}) { thread { isResolved } } }`, p.Threads()[0].ID)
	for name, test := range map[string]struct{ query, kind, message string }{
		"unknown field":      {`{ repository(owner: "acme", name: "shop") { nope } }`, "", "Field 'nope' doesn't exist on type 'Repository'"},
		"unknown repository": {`{ repository(owner: "acme", name: "x") { id } }`, "NOT_FOUND", "Could not resolve to a Repository with the name 'acme/x'."},
		"unknown pull":       {`{ repository(owner: "acme", name: "shop") { pullRequest(number: 9) { id } } }`, "NOT_FOUND", "Could not resolve to a PullRequest with the number of 9."},
		"no page size":       {`{ repository(owner: "acme", name: "shop") { pullRequests { totalCount } } }`, "MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value to properly paginate the `pullRequests` connection."},
		"large page":         {`{ repository(owner: "acme", name: "shop") { pullRequests(first: 101) { totalCount } } }`, "EXCESSIVE_PAGINATION", "Requesting 101 records on the `pullRequests` connection exceeds the `first` limit of 100 records."},
		"too many nodes":     {many, "MAX_NODE_LIMIT_EXCEEDED", "This query requests up to 1000000 possible nodes which exceeds the maximum limit of 500,000."},
		"resolve":            {resolve, "FORBIDDEN", "Resource not accessible by integration"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := (&world{t: t, g: w.g, url: w.url, token: w.token}).query(test.query, nil)
			if got := a.at("errors", 0, "message"); got != test.message {
				t.Errorf("got  %v\nwant %v", got, test.message)
			}
			if got, _ := a.at("errors", 0).(obj)["type"].(string); got != test.kind {
				t.Errorf("type: got %q, want %q", got, test.kind)
			}
		})
	}
}

func TestGraphQLBlobs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	w.repo.Commit("main", "files", map[string]*string{
		"text": new("select 1;\n"), "nul": new("a\x00b"), "latin1": new("caf\xe9"),
		"long": new(strings.Repeat("x", 600_000)),
	})
	a := w.query(`{ repository(owner: "acme", name: "shop") {
		text: object(expression: "main:text") { ...b } nul: object(expression: "main:nul") { ...b } none: object(expression: "main:none") { ...b }
		latin1: object(expression: "main:latin1") { ...b } long: object(expression: "main:long") { ...b }
		sha: object(oid: "027b7d63dc2fd7a7fc9cd1bdea13c3e06a80de28") { ...b } } }
		fragment b on Blob { oid byteSize isBinary isTruncated text }`, nil)
	at := func(path ...any) any { return a.at(append([]any{"data", "repository"}, path...)...) }
	for _, test := range []struct {
		path []any
		want any
	}{
		{[]any{"text", "text"}, "select 1;\n"},
		{[]any{"text", "byteSize"}, 10.0},
		{[]any{"nul", "isBinary"}, true},
		{[]any{"nul", "text"}, nil},
		{[]any{"none"}, nil},
		{[]any{"latin1", "text"}, "caf\uFFFD"},
		{[]any{"latin1", "byteSize"}, 4.0},
		{[]any{"long", "isTruncated"}, true},
		{[]any{"sha"}, nil},
	} {
		if got := at(test.path...); got != test.want {
			t.Errorf("%v: got %v, want %v", test.path, got, test.want)
		}
	}
	w.g.SetGraphQL(standin.GraphQLOff)
	w.call("POST", "/graphql", `{"query":"{ viewer { login } }"}`).want(404)
	w.g.SetGraphQL(standin.GraphQLErrors)
	w.query("{ viewer { login } }", nil).at("errors", 0, "message")
}
