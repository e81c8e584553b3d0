package github

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/webhook"
)

// Manifests exchanges the codes of GitHub's manifest flow. It is a webhook.Registrar.
// https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
type Manifests struct {
	Transport http.RoundTripper // nil = a pool of connections of its own
}

// Register exchanges a code for the App's credentials. A code works once, and for an hour.
func (m Manifests) Register(ctx context.Context, apiURL, graphQLURL, code string) (*webhook.Credentials, error) {
	api, err := endpoint(strings.TrimSuffix(apiURL, "/") + "/")
	if err != nil {
		return nil, err
	}
	transport := m.Transport
	if transport == nil {
		transport = newPool()
	}
	gh := github.NewClient(&http.Client{Transport: transport, CheckRedirect: sameHost})
	gh.BaseURL, gh.UserAgent = api, "schema-review"
	app, _, err := gh.Apps.CompleteAppManifest(ctx, code)
	if err != nil {
		return nil, withoutCode(err)
	}
	return &webhook.Credentials{
		AppID: app.GetID(), Slug: app.GetSlug(), URL: app.GetHTMLURL(),
		PrivateKey: app.GetPEM(), WebhookSecret: app.GetWebhookSecret(),
		APIURL: apiURL, GraphQLURL: graphQLURL,
	}, nil
}

const badCode = "GitHub does not take this registration's code: it is older than an hour, or was used before. " +
	"Delete the App that was registered, in its settings on GitHub, and begin again."

// withoutCode says what went wrong without the address, which has the code in it.
func withoutCode(err error) error {
	if e, ok := errors.AsType[*github.ErrorResponse](err); ok {
		switch e.Response.StatusCode {
		case http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusGone:
			return &webhook.RefusedError{Sentence: badCode, Err: fmt.Errorf("status %d", e.Response.StatusCode)}
		}
		return fmt.Errorf("it answered %d %s", e.Response.StatusCode, cmp.Or(e.Message, http.StatusText(e.Response.StatusCode)))
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*github.RateLimitError](err); ok {
		return fmt.Errorf("its rate limit is used up until %s", e.Rate.Reset.UTC().Format("15:04 UTC"))
	}
	return errors.New("its answer can't be read")
}
