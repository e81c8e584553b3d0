package bedrock_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

const (
	sonnet  = "jp.anthropic.claude-sonnet-4-5-20250929-v1:0" // native output, an hour of cache
	older   = "apac.anthropic.claude-sonnet-4-20250514-v1:0" // tool
	llama   = "meta.llama3-2-3b-instruct-v1:0"               // text
	profile = "arn:aws:bedrock:ap-northeast-1:123456789012:application-inference-profile/a1b2c3"
)

const answerSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false, "required": ["claims"],
  "properties": {"claims": {"type": "array", "maxItems": 3, "items": {"type": "string", "minLength": 2}}}}`

const whole = `{"claims":["orders.total is a FLOAT"]}`

func query() review.Query {
	return review.Query{
		System: "You review schemas.", Stable: "Guideline: money is exact.", Content: "CREATE TABLE orders (total FLOAT)",
		Schema: json.RawMessage(answerSchema), MaxTokens: 900,
	}
}

// serve starts a stand-in, and a client of it that doesn't pause between attempts.
func serve(t *testing.T, script converse.Script, change func(*bedrock.Options)) (*bedrock.Client, *converse.Server) {
	t.Helper()
	s := converse.New(script)
	t.Cleanup(s.Close)
	o := bedrock.Options{
		Model: sonnet, Region: converse.Region, Endpoint: s.URL, Backoff: time.Millisecond,
		Keys: &bedrock.Keys{ID: converse.Key, Secret: converse.Secret}, Log: slog.New(slog.DiscardHandler),
	}
	if change != nil {
		change(&o)
	}
	c, err := bedrock.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

func kindOf(err error) review.ModelFailure {
	if failure, ok := errors.AsType[*review.ModelError](err); ok {
		return failure.Kind
	}
	return ""
}

func TestAnswerInEachWay(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ model, family, way string }{
		"native":                   {model: sonnet, way: "native"},
		"tool":                     {model: older, way: "tool"},
		"text":                     {model: llama, way: "text"},
		"ARN with its family":      {model: profile, family: "Claude Sonnet 4", way: "native"},
		"ARN of an older model":    {model: profile, family: "claude-3-7-sonnet", way: "tool"},
		"a model nobody has heard": {model: "acme.oracle-1", way: "native"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reply := converse.Says(whole)
			reply.Usage = converse.Usage{Input: 40, Output: 9, CacheRead: 2000, CacheWrite: 100}
			c, s := serve(t, converse.Always(reply), func(o *bedrock.Options) { o.Model, o.Family = test.model, test.family })
			got, err := c.Complete(t.Context(), query())
			if err != nil {
				t.Fatal(err)
			}
			want := review.Answer{
				JSON: json.RawMessage(whole), Model: test.model, Way: test.way, Took: got.Took,
				Usage: review.Usage{Input: 2140, Output: 9, CacheRead: 2000, CacheWrite: 100, Calls: 1},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if calls := s.Calls(); len(calls) != 1 || calls[0].Model != test.model || calls[0].Auth != "sigv4" || got.Took <= 0 {
				t.Errorf("calls %+v, took %s", calls, got.Took)
			}
		})
	}
}

func TestBodies(t *testing.T) {
	t.Parallel()
	half := 0.5
	const (
		stable = `"system":[{"text":"You review schemas."},{"text":"Guideline: money is exact."}`
		lean   = `{"additionalProperties":false,"properties":{"claims":{"items":{"type":"string"},"type":"array"}},"required":["claims"],"type":"object"}`
	)
	escaped, err := json.Marshal(lean)
	if err != nil {
		t.Fatal(err)
	}
	user := `"messages":[{"content":[{"text":"CREATE TABLE orders (total FLOAT)"}],"role":"user"}]`
	output := `"outputConfig":{"textFormat":{"structure":{"jsonSchema":{"name":"answer","schema":` + string(escaped) + `}},"type":"json_schema"}}`
	for name, test := range map[string]struct {
		change func(*bedrock.Options)
		want   string
	}{
		"native": {nil, `{"inferenceConfig":{"maxTokens":900},` + user + `,` + output + `,` + stable + `,{"cachePoint":{"type":"default"}}]}`},
		"all that can be set": {func(o *bedrock.Options) {
			o.Cache, o.Temperature, o.Tier, o.Guardrail = bedrock.CacheHour, &half, "flex", bedrock.Guardrail{ID: "gr1", Version: "3"}
		}, `{"guardrailConfig":{"guardrailIdentifier":"gr1","guardrailVersion":"3","trace":"disabled"},"inferenceConfig":{"maxTokens":900,"temperature":0.5},` +
			`"messages":[{"content":[{"guardContent":{"text":{"text":"CREATE TABLE orders (total FLOAT)"}}}],"role":"user"}],` + output +
			`,"serviceTier":{"type":"flex"},` + stable + `,{"cachePoint":{"ttl":"1h","type":"default"}}]}`},
		"no cache": {func(o *bedrock.Options) { o.Cache = bedrock.CacheOff }, `{"inferenceConfig":{"maxTokens":900},` + user + `,` + output + `,` + stable + `]}`},
		"tool": {func(o *bedrock.Options) { o.Model = older; o.Cache = bedrock.CacheHour }, `{"inferenceConfig":{"maxTokens":900},` + user + `,` + stable +
			`,{"cachePoint":{"type":"default"}}],"toolConfig":{"toolChoice":{"tool":{"name":"answer"}},"tools":[{"toolSpec":{"description":"Takes the answer.","inputSchema":{"json":` + lean + `},"name":"answer"}}]}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, converse.Always(converse.Says(whole)), test.change)
			if _, err := c.Complete(t.Context(), query()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(sorted(t, []byte(test.want)), sorted(t, s.Calls()[0].Raw)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func sorted(t *testing.T, body []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err, string(body))
	}
	out, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestStablePrefix asks about two pull requests of one repository: what a model keeps has to be the same bytes, and
// everything of the pull request comes after it.
func TestStablePrefix(t *testing.T) {
	t.Parallel()
	for _, id := range []string{sonnet, older, llama, "amazon.nova-pro-v1:0", "amazon.titan-text-express-v1"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, converse.Always(converse.Says(whole)), func(o *bedrock.Options) { o.Model = id })
			for _, content := range []string{"PR 1: ALTER TABLE a ADD b INT", "PR 2: DROP TABLE c"} {
				q := query()
				q.Content, q.Tags = content, map[string]string{"repo": content}
				if _, err := c.Complete(t.Context(), q); err != nil {
					t.Fatal(err)
				}
			}
			one, two := string(s.Calls()[0].Raw), string(s.Calls()[1].Raw)
			if strings.Replace(one, "PR 1: ALTER TABLE a ADD b INT", "PR 2: DROP TABLE c", 1) == one {
				t.Fatalf("no content in %s", one)
			}
			for part, of := range map[string]func(converse.Request) any{
				"system": func(r converse.Request) any { return r.System }, "tools": func(r converse.Request) any { return r.ToolConfig },
				"output": func(r converse.Request) any { return r.OutputConfig },
			} {
				if diff := cmp.Diff(of(s.Calls()[0].Request), of(s.Calls()[1].Request)); diff != "" {
					t.Errorf("%s differs:\n%s\n%s\n%s", part, diff, one, two)
				}
			}
			if strings.Contains(prefix(one), "PR 1") || prefix(one) != prefix(two) {
				t.Errorf("prefixes\n%s\n%s", prefix(one), prefix(two))
			}
		})
	}
}

// prefix is the raw bytes of what a model keeps: system and tools.
func prefix(body string) string {
	var parts struct{ System, ToolConfig json.RawMessage }
	if err := json.Unmarshal([]byte(body), &parts); err != nil {
		return err.Error()
	}
	return string(parts.ToolConfig) + string(parts.System)
}

func TestTagsAreMadeFit(t *testing.T) {
	t.Parallel()
	c, s := serve(t, converse.Always(converse.Says(whole)), nil)
	q := query()
	q.Tags = map[string]string{"repo": "acme/店" + strings.Repeat("x", 400), "installation": "12"}
	if _, err := c.Complete(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	got := s.Calls()[0].Request.RequestMetadata
	if want := "acme/_" + strings.Repeat("x", 250); got["repo"] != want || got["installation"] != "12" {
		t.Errorf("got %v", got)
	}
}

func TestContextEnds(t *testing.T) {
	t.Parallel()
	slow := converse.Says(whole)
	slow.Wait = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	c, _ := serve(t, func(converse.Call) converse.Reply { cancel(); return slow }, func(o *bedrock.Options) { o.Fallbacks = []string{older} })
	began := time.Now()
	_, err := c.Complete(ctx, query())
	if !errors.Is(err, context.Canceled) || kindOf(err) != review.ModelTimedOut || strings.Contains(err.Error(), older) || time.Since(began) > 10*time.Second {
		t.Errorf("got %v after %s", err, time.Since(began))
	}
}

func TestDeadlineOfACall(t *testing.T) {
	t.Parallel()
	slow := converse.Says(whole)
	slow.Wait = time.Minute
	answer := func(call converse.Call) converse.Reply {
		if call.Model == sonnet {
			return slow
		}
		return converse.Says(whole)
	}
	short := func(o *bedrock.Options) { o.Deadline = 200 * time.Millisecond }
	c, _ := serve(t, answer, short)
	_, err := c.Complete(t.Context(), query())
	if kindOf(err) != review.ModelTimedOut || !strings.Contains(err.Error(), "no answer within 200ms (BEDROCK_TIMEOUT)") {
		t.Errorf("got %v", err)
	}
	c, s := serve(t, answer, func(o *bedrock.Options) { o.Deadline, o.Fallbacks = 2*time.Second, []string{older} })
	got, err := c.Complete(t.Context(), query())
	if err != nil || got.Model != older || len(s.Calls()) != 2 {
		t.Errorf("got %+v, %v, %d calls", got, err, len(s.Calls()))
	}
}
