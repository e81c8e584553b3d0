package standin

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// request is an API call while it is carried out.
type request struct {
	*http.Request
	*caller
	g     *GitHub
	body  []byte
	repo  *Repository // of routes below /repos/{owner}/{repo}
	pull  *Pull       // of routes below /pulls/{number}
	nodes int         // that a GraphQL query asks for
}

// endpoint carries out a call. It runs alone: the whole of GitHub is locked.
type endpoint func(q *request) *answer

// number is a number in the path; 0 when it is none.
func (q *request) number(name string) int64 {
	n, _ := strconv.ParseInt(q.PathValue(name), 10, 64)
	return n
}

// read decodes the body. A body that isn't JSON is a bad request.
func (q *request) read(into any) *answer {
	if err := json.Unmarshal(q.body, into); err != nil {
		return refusal(http.StatusBadRequest, "Problems parsing JSON")
	}
	return nil
}

// find sets the repository and pull request that the path names. What the caller can't see isn't there.
func (q *request) find() *answer {
	if owner := q.PathValue("owner"); owner != "" {
		q.repo = q.g.repos[strings.ToLower(owner+"/"+q.PathValue("repo"))]
		if q.repo == nil || q.token == nil || !q.token.sees(q.repo) {
			return notFound()
		}
	}
	if n := q.PathValue("pull_number"); n != "" {
		q.pull = q.repo.pulls[int(q.number("pull_number"))]
		if q.pull == nil {
			return notFound()
		}
	}
	return nil
}

// api is the URL of a path of the API.
func (g *GitHub) api(path string) string { return g.url + path }

// html is the URL of a page.
func (g *GitHub) html(path string) string { return "https://github.com" + path }
