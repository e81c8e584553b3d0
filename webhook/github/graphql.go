package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/schema-review/schema-review/webhook"
)

// graphql runs a query or mutation. GitHub answers 200 to what failed, too: then the error is a *graphQLErrors,
// and out holds the part that did work.
func (c *Client) graphql(ctx context.Context, installation int64, query string, variables map[string]any, out any) error {
	if !strings.HasPrefix(strings.TrimSpace(query), "mutation") {
		ctx = asRead(ctx)
	}
	gh := c.rest(installation)
	req, err := gh.NewRequest(http.MethodPost, c.graph.String(), map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors []graphQLError  `json:"errors"`
	}
	if _, err := gh.Do(ctx, req, &answer); err != nil {
		return fmt.Errorf("graphql: %w", err)
	}
	if len(answer.Data) > 0 && string(answer.Data) != "null" {
		if err := json.Unmarshal(answer.Data, out); err != nil {
			return fmt.Errorf("graphql: %w", err)
		}
	}
	if len(answer.Errors) > 0 {
		return &graphQLErrors{answer.Errors}
	}
	return nil
}

// graphQLErrors are the errors of an answer that came with status 200.
type graphQLErrors struct{ list []graphQLError }

type graphQLError struct {
	Type    string `json:"type"` // "NOT_FOUND", "FORBIDDEN", "RATE_LIMITED", "" for mistakes in the query
	Message string `json:"message"`
	Path    []any  `json:"path"`
}

func (e *graphQLErrors) Error() string {
	return "graphql: " + e.list[0].Message
}

func (e *graphQLErrors) has(kind string) bool {
	for _, one := range e.list {
		if one.Type == kind {
			return true
		}
	}
	return false
}

func (e *graphQLErrors) classify() error {
	switch {
	case e.has("RATE_LIMITED"):
		return &webhook.RetryError{After: secondaryWait, Err: e}
	case e.has("NOT_FOUND"):
		return &webhook.GoneError{What: "the repository or pull request is not there, or the App may not see it", Err: e}
	case e.has("FORBIDDEN"), e.has("INSUFFICIENT_SCOPES"):
		return forbidden(e.list[0].Message, e)
	case e.list[0].Type == "" && strings.Contains(e.list[0].Message, "Something went wrong"), e.has("SERVICE_UNAVAILABLE"), e.has("INTERNAL"):
		return &webhook.RetryError{Err: e}
	}
	return e
}

// lacksGraphQL reports whether the server has no GraphQL, or refuses it to Apps: REST does the same, in
// more calls.
func lacksGraphQL(err error) bool {
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return true
	}
	return hasStatus(err, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented, http.StatusGone, http.StatusForbidden)
}

// isBrokenAnswer reports whether the answer came in half, or was no JSON at all.
func isBrokenAnswer(err error) bool {
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return true
	}
	return errors.Is(err, io.ErrUnexpectedEOF)
}
