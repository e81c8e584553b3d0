package bedrock_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	cut := converse.Words("Hello, I am")
	cut.Stop = "max_tokens"
	stopped := converse.Words("no")
	stopped.Stop = "guardrail_intervened"
	c, s := serve(t, func(call converse.Call) converse.Reply {
		switch call.Model {
		case older:
			return converse.Throw("AccessDeniedException", "not authorized to perform: bedrock:InvokeModel")
		case llama:
			return stopped
		}
		return cut
	}, func(o *bedrock.Options) { o.Fallbacks = []string{older, llama} })
	for _, schema := range []string{"", answerSchema} {
		got := c.Check(t.Context(), json.RawMessage(schema))
		if len(got) != 3 || got[0].Err != nil || got[0].String() != sonnet+": OK" {
			t.Fatalf("got %v", got)
		}
		if kindOf(got[1].Err) != review.ModelDenied || !strings.Contains(got[1].String(), "allow bedrock:InvokeModel") || kindOf(got[2].Err) != review.ModelRefused {
			t.Errorf("got %v", got)
		}
		if want := map[string]string{"": "text", answerSchema: "native"}[schema]; got[0].Way != want {
			t.Errorf("way %q, want %q", got[0].Way, want)
		}
	}
	if calls := s.Calls(); len(calls) != 6 || calls[0].Request.InferenceConfig.MaxTokens != 16 || calls[3].Request.OutputConfig == nil {
		t.Errorf("%d calls", len(calls))
	}
}

func TestCountTokens(t *testing.T) {
	t.Parallel()
	const refusal = "The provided model doesn't support counting tokens."
	counts := func(ids ...string) converse.Script {
		return func(call converse.Call) converse.Reply {
			if call.Operation != converse.CountTokens || !strings.Contains(strings.Join(ids, " "), call.Model) {
				return converse.Throw("ValidationException", refusal)
			}
			return converse.Reply{Tokens: 321}
		}
	}
	const base = "anthropic.claude-sonnet-4-5-20250929-v1:0"
	for name, test := range map[string]struct {
		model   string
		script  converse.Script
		counted bool
		calls   int // of two
	}{
		"the profile's model": {sonnet, counts(base), true, 2},
		"only the profile":    {sonnet, counts(sonnet), true, 2},
		"a foundation model":  {llama, counts(llama), true, 2},
		"none":                {sonnet, counts(), false, 2},
		"a profile's ARN":     {profile, counts(profile), false, 0},
		"a model's ARN":       {"arn:aws:bedrock:ap-northeast-1::foundation-model/" + base, counts("arn:aws:bedrock:ap-northeast-1::foundation-model/" + base), true, 2},
		"no permission":       {llama, converse.Always(converse.Throw("AccessDeniedException", "bedrock:CountTokens")), false, 1},
		"busy":                {llama, converse.Always(converse.Throw("ThrottlingException", "slow down")), false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, test.script, func(o *bedrock.Options) { o.Model, o.Guardrail = test.model, bedrock.Guardrail{ID: "gr", Version: "1"} })
			for range 2 {
				got := c.CountTokens(t.Context(), query())
				if got.Estimated == test.counted || test.counted && got.Tokens != 321 || !test.counted && got.Tokens != bedrock.Estimate(query()) {
					t.Errorf("got %+v", got)
				}
			}
			if name != "only the profile" && len(s.Calls()) != test.calls || len(s.Calls()) > 3 {
				t.Errorf("%d calls", len(s.Calls()))
			}
		})
	}
}

func TestEstimate(t *testing.T) {
	t.Parallel()
	sql := strings.Repeat("ALTER TABLE orders ADD COLUMN note VARCHAR(20) COMMENT '備考';\n", 10)
	if got := bedrock.Estimate(review.Query{Content: sql}); got < 150 || got > 300 {
		t.Errorf("%d tokens for %d bytes", got, len(sql))
	}
}
