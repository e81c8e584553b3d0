package bedrock_test

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// alone clears what the machine knows of AWS. The tests of this file set variables, so they run one by one.
func alone(t *testing.T, vars map[string]string) {
	t.Helper()
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	for name, value := range vars {
		t.Setenv(name, value)
	}
}

func TestAWSVariables(t *testing.T) {
	s := converse.New(converse.Always(converse.Says(whole)))
	defer s.Close()
	alone(t, map[string]string{
		"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": s.URL, "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_REGION": converse.Region,
		"AWS_ACCESS_KEY_ID": converse.Key, "AWS_SECRET_ACCESS_KEY": converse.Secret,
	})
	ask := func(change func(*bedrock.Options)) (review.Answer, error) {
		o := bedrock.Options{Model: sonnet, Backoff: time.Millisecond}
		if change != nil {
			change(&o)
		}
		c, err := bedrock.New(t.Context(), o)
		if err != nil {
			return review.Answer{}, err
		}
		return c.Complete(t.Context(), query())
	}
	if _, err := ask(nil); err != nil {
		t.Error(err)
	}
	t.Setenv("AWS_REGION", "")
	if _, err := ask(nil); kindOf(err) != review.ModelMisused || !strings.Contains(err.Error(), "AWS_REGION") {
		t.Errorf("no region: %v", err)
	}
	if _, err := ask(func(o *bedrock.Options) { o.Model = profile }); err != nil {
		t.Errorf("region of the ARN: %v", err)
	}
	t.Setenv("AWS_REGION", "eu-west-1")
	if _, err := ask(nil); kindOf(err) != review.ModelDenied {
		t.Errorf("another region is signed for: %v", err)
	}
	t.Setenv("AWS_REGION", converse.Region)
	t.Setenv("AWS_SECRET_ACCESS_KEY", "wrong")
	if _, err := ask(nil); kindOf(err) != review.ModelDenied || !strings.Contains(err.Error(), "secret key") {
		t.Errorf("wrong secret: %v", err)
	}
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	if _, err := ask(nil); kindOf(err) != review.ModelDenied || !strings.Contains(err.Error(), "no AWS credentials") {
		t.Errorf("no keys: %v", err)
	}
	t.Setenv("AWS_BEARER_TOKEN_BEDROCK", converse.Token)
	if _, err := ask(nil); kindOf(err) != review.ModelMisused || !strings.Contains(err.Error(), "HTTPS") {
		t.Errorf("token without TLS: %v", err)
	}
}

func TestBearerToken(t *testing.T) {
	s := converse.NewTLS(converse.Always(converse.Says(whole)))
	defer s.Close()
	bundle := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(bundle, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate()}), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"right": converse.Token, "wrong": "guess"} {
		alone(t, map[string]string{
			"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": s.URL, "AWS_REGION": converse.Region, "AWS_CA_BUNDLE": bundle,
			"AWS_BEARER_TOKEN_BEDROCK": token, "AWS_ACCESS_KEY_ID": converse.Key, "AWS_SECRET_ACCESS_KEY": converse.Secret,
		})
		c, err := bedrock.New(t.Context(), bedrock.Options{Model: profile, Family: "claude-haiku-4-5"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Complete(t.Context(), query())
		if name == "right" && (err != nil || s.Calls()[0].Auth != "bearer") || name == "wrong" && kindOf(err) != review.ModelDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	s := converse.New(nil)
	s.Close()
	o := bedrock.Options{Model: sonnet, Region: converse.Region, Endpoint: s.URL, Backoff: time.Millisecond, Keys: &bedrock.Keys{ID: "a", Secret: "b"}}
	c, err := bedrock.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Complete(t.Context(), query()); kindOf(err) != review.ModelUnavailable || !strings.Contains(err.Error(), "can't be reached") {
		t.Error(err)
	}
}
