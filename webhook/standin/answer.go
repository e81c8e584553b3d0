package standin

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// obj is a JSON object.
type obj = map[string]any

// list is a JSON array; never null.
type list = []any

// answer is what a call is answered with.
type answer struct {
	status int
	header http.Header
	body   any    // JSON; nil = none
	raw    []byte // instead of a body
}

func ok(body any) *answer      { return &answer{status: http.StatusOK, body: body} }
func created(body any) *answer { return &answer{status: http.StatusCreated, body: body} }
func none() *answer            { return &answer{status: http.StatusNoContent} }

func (a *answer) set(key, value string) *answer {
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set(key, value)
	return a
}

// refusal is an answer that says no, as GitHub words it.
func refusal(status int, message string, errors ...any) *answer {
	body := obj{"message": message, "documentation_url": "https://docs.github.com/rest", "status": fmt.Sprint(status)}
	if len(errors) > 0 {
		body["errors"] = errors
	}
	return &answer{status: status, body: body}
}

func notFound() *answer { return refusal(http.StatusNotFound, "Not Found") }

func forbidden() *answer {
	return refusal(http.StatusForbidden, "Resource not accessible by integration")
}

// unprocessable is how reviews are refused: sentences only.
func unprocessable(sentences ...any) *answer {
	return refusal(http.StatusUnprocessableEntity, "Unprocessable Entity", sentences...)
}

// invalid is how most other things are refused: resource, field and code.
func invalid(errors ...any) *answer {
	return refusal(http.StatusUnprocessableEntity, "Validation Failed", errors...)
}

// malformed is how a request is refused that doesn't fit the endpoint's schema.
func malformed(detail string) *answer {
	return refusal(http.StatusUnprocessableEntity, "Invalid request.\n\n"+detail)
}

// render is the answer's body.
func (a *answer) render() []byte {
	if a.body == nil {
		return a.raw
	}
	data, _ := json.Marshal(a.body) // built of what JSON has
	return data
}
