package github

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/webhook"
)

func TestRegister(t *testing.T) {
	t.Parallel()
	f := newFakeApp(t)
	f.replies["POST /api/v3/app-manifests/c0de/conversions"] = reply{status: 201, body: obj{
		"id": 7, "slug": "schema-review-acme", "html_url": "https://ghe.example.com/github-apps/schema-review-acme",
		"pem": "-----BEGIN", "webhook_secret": "s3cret", "client_id": "c", "client_secret": "not needed",
	}}
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	got, err := Manifests{}.Register(t.Context(), s.URL+"/api/v3", s.URL+"/api/graphql", "c0de")
	if err != nil {
		t.Fatal(err)
	}
	want := &webhook.Credentials{
		AppID: 7, Slug: "schema-review-acme", URL: "https://ghe.example.com/github-apps/schema-review-acme", PrivateKey: "-----BEGIN",
		WebhookSecret: "s3cret", APIURL: s.URL + "/api/v3", GraphQLURL: s.URL + "/api/graphql",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRegisterFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		reply   reply
		want    string
		refused bool
	}{
		"too late":    {reply{status: 404, body: obj{"message": "Not Found"}}, "older than an hour", true},
		"used before": {reply{status: 422, body: obj{"message": "Validation Failed"}}, "older than an hour", true},
		"down":        {reply{status: 502, body: obj{}}, "502 Bad Gateway", false},
		"limited": {reply{status: 403, body: obj{"message": "API rate limit exceeded"}, header: map[string]string{
			"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "10", "X-RateLimit-Reset": "1767322800",
		}}, "until 03:00 UTC", false},
		"no JSON": {reply{body: "<html>"}, "can't be read", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeApp(t)
			f.replies["POST /app-manifests/c0de/conversions"] = test.reply
			s := httptest.NewServer(f)
			t.Cleanup(s.Close)
			_, err := Manifests{}.Register(t.Context(), s.URL, s.URL+"/graphql", "c0de")
			_, refused := errors.AsType[*webhook.RefusedError](err)
			if err == nil || !strings.Contains(err.Error(), test.want) || refused != test.refused {
				t.Errorf("got %v (refused: %t), want words about %q (refused: %t)", err, refused, test.want, test.refused)
			}
			if err != nil && strings.Contains(err.Error(), "c0de") {
				t.Errorf("the error has the code in it: %v", err)
			}
		})
	}
	t.Run("no answer", func(t *testing.T) {
		t.Parallel()
		_, err := Manifests{}.Register(t.Context(), "http://127.0.0.1:1", "", "c0de")
		if err == nil || strings.Contains(err.Error(), "c0de") {
			t.Errorf("got %v, want an error without the code", err)
		}
	})
}
