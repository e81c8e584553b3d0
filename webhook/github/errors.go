package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bradleyfalzon/ghinstallation/v2"
	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// classify makes of what went wrong a RetryError, GoneError or RefusedError, where it is one of them.
func (c *Client) classify(err error) error {
	switch {
	case err == nil, isOurs(err), errors.Is(err, context.Canceled):
		return err
	}
	now := c.options.Now()
	if e, ok := errors.AsType[*ghinstallation.HTTPError](err); ok && e.Response != nil {
		return tokenError(e, now)
	}
	if e, ok := errors.AsType[*github.RateLimitError](err); ok {
		return byStatus(e.Response, e.Message, err, now)
	}
	if e, ok := errors.AsType[*github.AbuseRateLimitError](err); ok {
		return byStatus(e.Response, e.Message, err, now)
	}
	if e, ok := errors.AsType[*github.ErrorResponse](err); ok {
		return byStatus(e.Response, e.Message, err, now)
	}
	if e, ok := errors.AsType[*graphQLErrors](err); ok {
		return e.classify()
	}
	return classifyBroken(err)
}

// isOurs reports whether the error says already what is to be done.
func isOurs(err error) bool {
	if _, ok := errors.AsType[*webhook.RetryError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*webhook.GoneError](err); ok {
		return true
	}
	_, ok := errors.AsType[*webhook.RefusedError](err)
	return ok
}

// classifyBroken knows the failures of connections and of answers that came in half.
func classifyBroken(err error) error {
	_, accepted := errors.AsType[*github.AcceptedError](err)
	if _, ok := errors.AsType[*url.Error](err); ok || accepted || isBrokenAnswer(err) || errors.Is(err, context.DeadlineExceeded) {
		return &webhook.RetryError{Err: err}
	}
	return err
}

// byStatus judges GitHub's answer.
func byStatus(resp *http.Response, message string, err error, now time.Time) error {
	if wait := limited(resp, message, now); wait > 0 {
		return limitError(wait, resp)
	}
	switch code := resp.StatusCode; {
	case code == http.StatusNotFound, code == http.StatusGone:
		return &webhook.GoneError{What: "the repository or pull request is not there, or the App may not see it", Err: err}
	case code == http.StatusUnavailableForLegalReasons:
		return &webhook.GoneError{What: "the repository is blocked", Err: err}
	case code == http.StatusForbidden:
		return forbidden(message, err)
	case code == http.StatusUnprocessableEntity, code == http.StatusBadRequest:
		return &webhook.RefusedError{Sentence: "GitHub refused a request of schema-review: its log tells more.", Err: err}
	case code == http.StatusUnauthorized, code == http.StatusConflict, code == http.StatusRequestTimeout, code >= 500:
		after, _ := retryAfter(resp)
		return &webhook.RetryError{After: after, Err: err}
	}
	return err
}

// forbidden tells the 403s apart that are no limits. GitHub has no codes for them, only sentences.
func forbidden(message string, err error) error {
	lower := strings.ToLower(message)
	switch {
	case strings.Contains(lower, "suspended"):
		return &webhook.GoneError{What: "the installation was suspended", Err: err}
	case strings.Contains(lower, "archived"):
		return &webhook.GoneError{What: "the repository was archived", Err: err}
	case strings.Contains(lower, "access blocked"), strings.Contains(lower, "unavailable"):
		return &webhook.GoneError{What: "the repository is blocked", Err: err}
	case strings.Contains(lower, "ip allow list"):
		return &webhook.RefusedError{Sentence: "The organisation's IP allow list keeps schema-review's server out: add its address.", Err: err}
	}
	return &webhook.RefusedError{Sentence: "schema-review lacks a permission here: an owner of the organisation may have to accept the App's new permissions.", Err: err}
}

// tokenError says why there is no token for the installation.
func tokenError(e *ghinstallation.HTTPError, now time.Time) error {
	message := string(peek(e.Response))
	switch {
	case e.Response.StatusCode == http.StatusNotFound:
		return &webhook.GoneError{What: "the App is not installed any more", Err: e}
	case e.Response.StatusCode == http.StatusForbidden && strings.Contains(message, "suspended"):
		return &webhook.GoneError{What: "the installation was suspended", Err: e}
	case e.Response.StatusCode == http.StatusUnauthorized:
		return &webhook.RetryError{Err: fmt.Errorf("GitHub refuses the App's credentials: check GITHUB_APP_ID, GITHUB_APP_PRIVATE_KEY and the clock: %w", e)}
	}
	return byStatus(e.Response, message, e, now)
}

// hasStatus reports whether GitHub answered with one of the status codes.
func hasStatus(err error, codes ...int) bool {
	e, ok := errors.AsType[*github.ErrorResponse](err)
	if !ok {
		return false
	}
	return slices.Contains(codes, e.Response.StatusCode)
}
