package converse_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

const good = `{"messages":[{"role":"user","content":[{"text":"Hello"}]}],"inferenceConfig":{"maxTokens":9}}`

// post signs with the SDK's signer, then changes the request.
func post(t *testing.T, s *converse.Server, path, body string, at time.Time, change func(*http.Request)) (status int, errorType, answer string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	sum := sha256.Sum256([]byte(body))
	keys := aws.Credentials{AccessKeyID: converse.Key, SecretAccessKey: converse.Secret}
	if err := v4.NewSigner().SignHTTP(t.Context(), keys, req, hex.EncodeToString(sum[:]), "bedrock", converse.Region, at); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(req)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("X-Amzn-Errortype"), string(data)
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	s := converse.New(converse.Always(converse.Says(`{}`)))
	t.Cleanup(s.Close)
	const path = "/model/arn%3Aaws%3Abedrock%3A%3A%3Ax%2Fy/converse"
	for name, test := range map[string]struct {
		path   string
		body   string
		ago    time.Duration
		change func(*http.Request)
		want   string // error type
	}{
		"good": {path: path, body: good},
		"another body": {path: path, body: good, change: func(r *http.Request) {
			r.Body = io.NopCloser(strings.NewReader(strings.Replace(good, "Hello", "Jello", 1)))
		}, want: "InvalidSignatureException"},
		"another path":  {path: path, body: good, change: func(r *http.Request) { r.URL.Path, r.URL.RawPath = "/model/other/converse", "" }, want: "InvalidSignatureException"},
		"a header more": {path: path, body: good, change: func(r *http.Request) { r.Header.Set("X-Unsigned", "fine") }},
		"another type":  {path: path, body: good, change: func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, want: "InvalidSignatureException"},
		"old":           {path: path, body: good, ago: time.Hour, want: "InvalidSignatureException"},
		"another day":   {path: path, body: good, change: func(r *http.Request) { r.Header.Set("X-Amz-Date", "x") }, want: "InvalidSignatureException"},
		"none":          {path: path, body: good, change: func(r *http.Request) { r.Header.Del("Authorization") }, want: "MissingAuthenticationTokenException"},
		"half":          {path: path, body: good, change: func(r *http.Request) { r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=x") }, want: "MissingAuthenticationTokenException"},
		"another key": {path: path, body: good, change: func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), converse.Key, "AKIDOTHER", 1))
		}, want: "UnrecognizedClientException"},
		"host not signed": {path: path, body: good, change: func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "host;", "", 1))
		}, want: "InvalidSignatureException"},
		"a token without TLS": {path: path, body: good, change: func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+converse.Token) }, want: "UnrecognizedClientException"},
		"colons not escaped":  {path: "/model/a.b-v1:0/converse", body: good, want: "ValidationException"},
		"colons escaped":      {path: "/model/a.b-v1%3A0/converse", body: good},
		"small escapes":       {path: "/model/a%3a0/converse", body: good, want: "ValidationException"},
		"too many escapes":    {path: "/model/%61/converse", body: good, want: "ValidationException"},
		"slash not escaped":   {path: "/model/a/b/converse", body: good, want: "UnknownOperationException"},
		"no model":            {path: "/model//converse", body: good, want: "ValidationException"},
		"another operation":   {path: "/model/a/invoke", body: good, want: "UnknownOperationException"},
		"count":               {path: "/model/a/count-tokens", body: `{"input":{"converse":{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}}}`},
		"count with limits":   {path: "/model/a/count-tokens", body: `{"input":{"converse":` + good + `}}`, want: "ValidationException"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, got, body := post(t, s, test.path, test.body, time.Now().Add(-test.ago), test.change)
			if got != test.want || (status == 200) != (test.want == "") {
				t.Errorf("got %d %q, want %q: %s", status, got, test.want, body)
			}
		})
	}
}

func TestBodiesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := converse.New(converse.Always(converse.Says(`{}`)))
	t.Cleanup(s.Close)
	with := func(more string) string { return strings.TrimSuffix(good, "}") + "," + more + "}" }
	said := func(messages string) string {
		return `{"messages":[` + messages + `],"inferenceConfig":{"maxTokens":9}}`
	}
	user, assistant := `{"role":"user","content":[{"text":"a"}]}`, `{"role":"assistant","content":[{"text":"b"}]}`
	tool := func(spec, choice string) string {
		return with(`"toolConfig":{"tools":[{"toolSpec":` + spec + `}]` + choice + `}`)
	}
	output := func(kind, schema string) string {
		return with(`"outputConfig":{"textFormat":{"type":"` + kind + `","structure":{"jsonSchema":{"name":"a","schema":` + schema + `}}}}`)
	}
	for body, ok := range map[string]bool{
		good: true, "": false, "[]": false, good + "{}": false, with(`"topK":3`): false, `{"messages":[],"inferenceConfig":{"maxTokens":9}}`: false,
		`{"messages":[` + user + `]}`: false, strings.Replace(good, ":9", ":0", 1): false,
		said(user + "," + assistant): false, said(assistant): false, said(user + "," + user + "," + user): false, said(user + "," + assistant + "," + user): true,
		said(`{"role":"user","content":[]}`): false, said(`{"role":"user","content":[{"text":" "}]}`): false, said(`{"role":"user","content":[{}]}`): false,
		with(`"system":[{"text":"s"},{"cachePoint":{"type":"default"}}]`): true, with(`"system":[{"text":"s"},{"cachePoint":{"type":"default","ttl":"1h"}}]`): true,
		with(`"system":[{"cachePoint":{"type":"default"}}]`): false, with(`"system":[{"text":"s"},{"cachePoint":{"type":"default","ttl":"2h"}}]`): false,
		with(`"system":[{"text":"s"}` + strings.Repeat(`,{"cachePoint":{"type":"default"}}`, 5) + `]`): false,
		output("json_schema", `"{\"type\":\"object\"}"`):                                               true, output("json_schema", `{"type":"object"}`): false, output("json_schema", `"{"`): false,
		output("json", `"{}"`): false, output("json_schema", `"{\"maxLength\":3}"`): false,
		tool(`{"name":"a","inputSchema":{"json":{}}}`, ""): true, tool(`{"name":"a","inputSchema":{"json":{}}}`, `,"toolChoice":{"tool":{"name":"a"}}`): true,
		tool(`{"name":"a","inputSchema":{"json":{}}}`, `,"toolChoice":{"tool":{"name":"b"}}`): false, tool(`{"name":"a"}`, ""): false,
		tool(`{"name":"a","strict":true,"inputSchema":{"json":{"pattern":"x"}}}`, ""): false, tool(`{"name":"a","inputSchema":{"json":{"pattern":"x"}}}`, ""): true,
		with(`"requestMetadata":{"repo":"acme/shop"}`): true, with(`"requestMetadata":{"repo":"店"}`): false,
		with(`"guardrailConfig":{"guardrailIdentifier":"g"}`): false, with(`"guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"1"}`): true,
		said(`{"role":"user","content":[{"guardContent":{"text":{"text":"a"}}}]}`): false,
	} {
		status, got, answer := post(t, s, "/model/a/converse", body, time.Now(), nil)
		if (status == 200) != ok || !ok && got != "ValidationException" {
			t.Errorf("%s: %d %s %s", body, status, got, answer)
		}
	}
}

func TestSequenceEnds(t *testing.T) {
	t.Parallel()
	s := converse.New(converse.Sequence(converse.Says(`{"a":1}`)))
	t.Cleanup(s.Close)
	if status, _, body := post(t, s, "/model/a/converse", good, time.Now(), nil); status != 200 || !strings.Contains(body, `{\"a\":1}`) {
		t.Errorf("%d %s", status, body)
	}
	if status, _, body := post(t, s, "/model/a/converse", good, time.Now(), nil); status != 400 || !strings.Contains(body, "only 1 replies") {
		t.Errorf("%d %s", status, body)
	}
	if calls := s.Calls(); len(calls) != 2 || calls[1].Number != 1 || !bytes.Equal(calls[0].Raw, []byte(good)) {
		t.Errorf("%+v", calls)
	}
}
