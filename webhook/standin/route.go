package standin

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"
)

// route is an endpoint and what it asks for.
type route struct {
	serve      endpoint
	app        bool   // for the App itself, by JWT; otherwise for installations
	open       bool   // for everybody
	permission string // that a token needs, with level
	level      string
	creates    bool // counts as creating content: whatever writes does
	free       bool // doesn't count
	graphql    bool // creates content when the query is a mutation
}

// run checks who asks, and serves.
func (e route) run(q *request) *answer {
	switch {
	case e.open:
		return e.serve(q)
	case e.app && q.token != nil:
		return refusal(http.StatusUnauthorized, undecodable)
	case e.app:
		return e.serve(q)
	case q.token == nil:
		return refusal(http.StatusForbidden, "Resource not accessible by integration")
	}
	if no := q.find(); no != nil {
		return no
	}
	if e.permission != "" && !q.token.may(e.permission, e.level) {
		return forbidden()
	}
	return e.serve(q)
}

// table is all endpoints by pattern.
func table() map[string]route {
	const (
		repo = "/repos/{owner}/{repo}"
		pull = repo + "/pulls/{pull_number}"
		sign = repo + "/pulls/comments/{comment_id}/reactions"
	)
	app := func(e endpoint) route { return route{serve: e, app: true} }
	read := func(permission string, e endpoint) route {
		return route{serve: e, permission: permission, level: "read"}
	}
	write := func(permission string, e endpoint) route {
		return route{serve: e, permission: permission, level: "write", creates: true}
	}
	return map[string]route{
		"GET /app":               app(getApp),
		"GET /app/installations": app(listInstallations),
		"GET /app/installations/{installation_id}":                  app(getInstallation),
		"POST /app/installations/{installation_id}/access_tokens":   app(createToken),
		"GET /repos/{owner}/{repo}/installation":                    app(repoInstallation),
		"GET /app/hook/config":                                      app(hookConfig),
		"PATCH /app/hook/config":                                    app(updateHookConfig),
		"GET /app/hook/deliveries":                                  app(listDeliveries),
		"GET /app/hook/deliveries/{delivery_id}":                    app(getDelivery),
		"POST /app/hook/deliveries/{delivery_id}/attempts":          app(redeliver),
		"POST /app-manifests/{code}/conversions":                    {serve: convertManifest, open: true},
		"GET /meta":                                                 {serve: meta, open: true},
		"GET /rate_limit":                                           {serve: rateLimit, free: true},
		"POST /graphql":                                             {serve: graphql, graphql: true},
		"GET /installation/repositories":                            read("metadata", listRepositories),
		"DELETE /installation/token":                                {serve: revokeToken},
		"GET /users/{username}":                                     {serve: getUser},
		"GET " + repo:                                               read("metadata", getRepository),
		"GET " + repo + "/branches/{branch...}":                     read("contents", getBranch),
		"GET " + repo + "/contents/{path...}":                       read("contents", getContents),
		"GET " + repo + "/compare/{basehead...}":                    read("contents", getComparison),
		"GET " + repo + "/commits/{ref...}":                         read("contents", getCommit),
		"GET " + repo + "/commits/{commit_sha}/pulls":               read("pull_requests", listPullsOfCommit),
		"GET " + repo + "/git/trees/{tree_sha...}":                  read("contents", getTree),
		"GET " + repo + "/git/blobs/{file_sha}":                     read("contents", getBlob),
		"GET " + repo + "/git/commits/{commit_sha}":                 read("contents", getGitCommit),
		"GET " + repo + "/git/ref/{ref...}":                         read("contents", getRef),
		"GET " + repo + "/pulls":                                    read("pull_requests", listPulls),
		"GET " + pull:                                               read("pull_requests", getPull),
		"GET " + pull + "/files":                                    read("pull_requests", listFiles),
		"GET " + pull + "/commits":                                  read("pull_requests", listCommits),
		"GET " + pull + "/reviews":                                  read("pull_requests", listReviews),
		"POST " + pull + "/reviews":                                 write("pull_requests", createReview),
		"GET " + pull + "/reviews/{review_id}":                      read("pull_requests", getReview),
		"PUT " + pull + "/reviews/{review_id}":                      write("pull_requests", updateReview),
		"DELETE " + pull + "/reviews/{review_id}":                   write("pull_requests", deleteReview),
		"GET " + pull + "/reviews/{review_id}/comments":             read("pull_requests", listReviewComments),
		"POST " + pull + "/reviews/{review_id}/events":              write("pull_requests", submitReview),
		"PUT " + pull + "/reviews/{review_id}/dismissals":           write("pull_requests", dismissReview),
		"GET " + pull + "/comments":                                 read("pull_requests", listComments),
		"POST " + pull + "/comments":                                write("pull_requests", createComment),
		"POST " + pull + "/comments/{comment_id}/replies":           write("pull_requests", createReply),
		"GET " + repo + "/pulls/comments/{comment_id}":              read("pull_requests", getComment),
		"PATCH " + repo + "/pulls/comments/{comment_id}":            write("pull_requests", updateComment),
		"DELETE " + repo + "/pulls/comments/{comment_id}":           write("pull_requests", deleteComment),
		"GET " + sign:                                               read("pull_requests", listReactions),
		"POST " + sign:                                              write("pull_requests", createReaction),
		"DELETE " + sign + "/{reaction_id}":                         write("pull_requests", deleteReaction),
		"GET " + repo + "/issues/{issue_number}/comments":           read("pull_requests", listRemarks),
		"POST " + repo + "/issues/{issue_number}/comments":          write("pull_requests", createRemark),
		"POST " + repo + "/check-runs":                              write("checks", createRun),
		"GET " + repo + "/check-runs/{check_run_id}":                read("checks", getRun),
		"PATCH " + repo + "/check-runs/{check_run_id}":              write("checks", updateRun),
		"GET " + repo + "/check-runs/{check_run_id}/annotations":    read("checks", listAnnotations),
		"GET " + repo + "/commits/{ref}/check-runs":                 read("checks", listRunsOfCommit),
		"GET " + repo + "/commits/{ref}/check-suites":               read("checks", listSuitesOfCommit),
		"GET " + repo + "/check-suites/{check_suite_id}":            read("checks", getSuite),
		"GET " + repo + "/check-suites/{check_suite_id}/check-runs": read("checks", listRunsOfSuite),
		"POST " + repo + "/check-suites/{check_suite_id}/rerequest": write("checks", rerequestSuite),
		"POST " + repo + "/check-runs/{check_run_id}/rerequest":     write("checks", rerequestRun),
	}
}

// routes makes the router. It finds the route and what its path names; handle does the rest.
func (g *GitHub) routes() http.Handler {
	m := chi.NewRouter()
	for pattern := range g.endpoints {
		method, path, _ := strings.Cut(pattern, " ")
		rest := ""
		if before, name, ok := strings.Cut(path, "/{"+lastOf(path)+"...}"); ok && name == "" {
			path, rest = before+"/*", lastOf(path)
		}
		m.MethodFunc(method, path, func(w http.ResponseWriter, r *http.Request) {
			r.Pattern = pattern
			setPath(r, rest)
			g.handle(w, r)
		})
	}
	m.NotFound(g.handle)
	m.MethodNotAllowed(g.handle)
	return m
}

// lastOf is the name of a pattern's last part, when it takes the rest of the path.
func lastOf(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	return strings.TrimSuffix(strings.TrimPrefix(name, "{"), "...}")
}

// setPath gives the request what its path names, as text. rest is the name of what ends the path.
func setPath(r *http.Request, rest string) {
	all := chi.RouteContext(r.Context()).URLParams
	for i, name := range all.Keys {
		value := all.Values[i]
		if text, err := url.PathUnescape(value); err == nil && r.URL.RawPath != "" {
			value = text
		}
		if name == "*" {
			name = rest
		}
		r.SetPathValue(name, value)
	}
}
