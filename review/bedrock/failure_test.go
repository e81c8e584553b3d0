package bedrock_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// TestEveryException has all of them: how often the model is asked, what is told, whether the next model is asked,
// and whether one that passes is got over.
func TestEveryException(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		kind   review.ModelFailure
		calls  int
		passes bool
		says   string
	}{
		"ThrottlingException":           {review.ModelThrottled, 3, true, "quota"},
		"ServiceUnavailableException":   {review.ModelUnavailable, 3, true, "not available"},
		"InternalServerException":       {review.ModelUnavailable, 3, true, "failed inside"},
		"ModelNotReadyException":        {review.ModelUnavailable, 3, true, "not ready"},
		"ModelTimeoutException":         {review.ModelTimedOut, 2, true, "smaller change set"},
		"ModelErrorException":           {review.ModelUnavailable, 2, true, "failed on this question"},
		"ValidationException":           {review.ModelMisused, 1, false, "check the model's id"},
		"AccessDeniedException":         {review.ModelDenied, 1, false, "bedrock:InvokeModel"},
		"ResourceNotFoundException":     {review.ModelMisused, 1, false, "BEDROCK_MODEL_ID"},
		"ServiceQuotaExceededException": {review.ModelMisused, 1, false, "ask AWS"},
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(converse.Exceptions())), slices.Sorted(maps.Keys(tests))); diff != "" {
		t.Fatal(diff)
	}
	for code, test := range tests {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, converse.Always(converse.Throw(code, "told by AWS")), nil)
			_, err := c.Complete(t.Context(), query())
			if got := kindOf(err); got != test.kind || len(s.Calls()) != test.calls {
				t.Errorf("got %q in %d calls, want %q in %d: %v", got, len(s.Calls()), test.kind, test.calls, err)
			}
			for _, part := range []string{test.says, "told by AWS", code, sonnet} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q isn't in %v", part, err)
				}
			}
		})
		t.Run(code+" once", func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, converse.Sequence(converse.Throw(code, "told by AWS"), converse.Says(whole)), nil)
			_, err := c.Complete(t.Context(), query())
			if over := err == nil; over != (test.calls > 1) || len(s.Calls()) != min(2, test.calls) {
				t.Errorf("%d calls, %v", len(s.Calls()), err)
			}
		})
		t.Run(code+" with another model", func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, func(call converse.Call) converse.Reply {
				if call.Model == older {
					return converse.Says(whole)
				}
				return converse.Throw(code, "told by AWS")
			}, func(o *bedrock.Options) { o.Fallbacks = []string{older} })
			got, err := c.Complete(t.Context(), query())
			if passed := err == nil; passed != test.passes || passed && (got.Model != older || got.Way != "tool") {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestAllModelsDown(t *testing.T) {
	t.Parallel()
	c, s := serve(t, func(call converse.Call) converse.Reply {
		if call.Model == sonnet {
			return converse.Throw("ThrottlingException", "slow down")
		}
		return converse.Throw("AccessDeniedException", "not yours")
	}, func(o *bedrock.Options) { o.Fallbacks = []string{older, sonnet, llama} })
	_, err := c.Complete(t.Context(), query())
	if kindOf(err) != review.ModelThrottled || !strings.Contains(err.Error(), "slow down") || !strings.Contains(err.Error(), "not yours") || len(s.Calls()) != 4 {
		t.Errorf("%d calls, %v", len(s.Calls()), err)
	}
}

// TestUsageOfAllModels has a first model that is charged for a useless answer before it goes down.
func TestUsageOfAllModels(t *testing.T) {
	t.Parallel()
	down := converse.Throw("ModelErrorException", "broken")
	c, _ := serve(t, converse.Sequence(converse.Words("Hello"), down, down, converse.Says(whole)), func(o *bedrock.Options) { o.Fallbacks = []string{older} })
	got, err := c.Complete(t.Context(), query())
	if err != nil || got.Model != older || got.Usage != (review.Usage{Input: 200, Output: 20, Calls: 2}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRefusalsWithAdvice(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]struct {
		kind review.ModelFailure
		says string
	}{
		"Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.": {review.ModelMisused, "profile's id"},
		"The provided model identifier is invalid.":                                                                    {review.ModelMisused, "AWS_REGION"},
		"prompt is too long: 250000 tokens > 200000 maximum":                                                           {review.ModelOverBudget, "longer than the model takes"},
		"Input is too long for requested model.":                                                                       {review.ModelOverBudget, "longer than the model takes"},
		"The guardrail identifier or version provided in the request does not exist.":                                  {review.ModelMisused, "BEDROCK_GUARDRAIL"},
		"The maximum tokens you requested exceeds the model limit of 512.":                                             {review.ModelMisused, "BEDROCK_MAX_TOKENS"},
		"1 validation error detected: Value 'x' at 'modelId' failed to satisfy constraint: regular expression pattern": {review.ModelMisused, "check the model's id"},
	} {
		t.Run(message, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, converse.Always(converse.Throw("ValidationException", message)), func(o *bedrock.Options) { o.Fallbacks = []string{older} })
			_, err := c.Complete(t.Context(), query())
			if kindOf(err) != want.kind || !strings.Contains(err.Error(), want.says) || len(s.Calls()) != 1 {
				t.Errorf("%d calls, %v", len(s.Calls()), err)
			}
		})
	}
}

func TestStopReasons(t *testing.T) {
	t.Parallel()
	for stop, want := range map[string]struct {
		kind  review.ModelFailure
		calls int
	}{
		"end_turn": {"", 1}, "tool_use": {"", 1}, "stop_sequence": {"", 1},
		"max_tokens": {review.ModelTruncated, 1}, "model_context_window_exceeded": {review.ModelTruncated, 1},
		"guardrail_intervened": {review.ModelRefused, 1}, "content_filtered": {review.ModelRefused, 1},
		"malformed_model_output": {review.ModelMalformed, 2}, "malformed_tool_use": {review.ModelMalformed, 2},
		"a_reason_of_next_year": {review.ModelMalformed, 2},
	} {
		t.Run(stop, func(t *testing.T) {
			t.Parallel()
			reply := converse.Says(whole)
			reply.Stop = stop
			c, s := serve(t, converse.Always(reply), func(o *bedrock.Options) { o.Fallbacks = []string{older} })
			got, err := c.Complete(t.Context(), query())
			if kindOf(err) != want.kind || len(s.Calls()) != want.calls || (err == nil) != (want.kind == "") {
				t.Errorf("%d calls, %v", len(s.Calls()), err)
			}
			if got.Usage.Calls != want.calls || got.Usage.Input != 100*want.calls || (got.JSON != nil) != (err == nil) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestUselessAnswersAreAskedOnceMore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first converse.Reply
		told  string // to the model
	}{
		"no JSON":           {converse.Words("I am glad to help."), "no JSON object"},
		"cut JSON":          {converse.Words(`{"claims":["orders`), "ends too early"},
		"broken JSON":       {converse.Words(`{"claims":[x]}`), "can't be read"},
		"another schema":    {converse.Says(`{"claims":[],"verdict":"approve"}`), "verdict"},
		"a wrong type":      {converse.Says(`{"claims":"none"}`), "want array"},
		"over a limit":      {converse.Says(`{"claims":["aa","bb","cc","dd"]}`), "maxItems"},
		"a letter too few":  {converse.Says(`{"claims":["a"]}`), "minLength"},
		"nothing":           {converse.Words(""), ""},
		"a list":            {converse.Words("[]"), "no JSON object"},
		"a tool not forced": {converse.Words("Shall I call the tool?"), "no JSON object"},
	} {
		for _, id := range []string{sonnet, older, llama} {
			t.Run(name+" "+id, func(t *testing.T) {
				t.Parallel()
				c, s := serve(t, converse.Sequence(test.first, converse.Says(whole)), func(o *bedrock.Options) { o.Model = id })
				got, err := c.Complete(t.Context(), query())
				if err != nil || string(got.JSON) != whole || got.Usage.Calls != 2 {
					t.Fatalf("got %+v, %v", got, err)
				}
				second := s.Calls()[1].Request.Messages
				if test.told == "" && len(second) == 1 {
					return
				}
				if len(second) != 3 || !strings.Contains(*second[2].Content[0].Text, test.told) {
					t.Errorf("asked again with %s", s.Calls()[1].Raw)
				}
				if diff := cmp.Diff(s.Calls()[0].Request.System, s.Calls()[1].Request.System); diff != "" {
					t.Errorf("the stable part changed:\n%s", diff)
				}
				c, s = serve(t, converse.Always(test.first), func(o *bedrock.Options) { o.Model = id })
				if got, err = c.Complete(t.Context(), query()); kindOf(err) != review.ModelMalformed || len(s.Calls()) != 2 || got.JSON != nil || got.Usage.Calls != 2 {
					t.Errorf("twice: got %+v, %v", got, err)
				}
			})
		}
	}
}

func TestWordsAroundTheAnswer(t *testing.T) {
	t.Parallel()
	for name, said := range map[string]string{
		"fence": "```json\n" + whole + "\n```", "sentence": "Here it is: " + whole, "after": whole + "\nI hope this helps.",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, converse.Sequence(converse.Words(said)), func(o *bedrock.Options) { o.Model = llama })
			if got, err := c.Complete(t.Context(), query()); err != nil || string(got.JSON) != whole {
				t.Errorf("got %s, %v", got.JSON, err)
			}
		})
	}
}

func TestWhatIsNotBedrock(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{"HTML": "<html>proxy</html>", "cut": `{"output":`, "empty": `{}`, "null": `null`, "other": `{"output":{"later":{}},"stopReason":"end_turn"}`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, converse.Always(converse.Reply{Raw: raw}), nil)
			got, err := c.Complete(t.Context(), query())
			if kind := kindOf(err); kind != review.ModelUnavailable && kind != review.ModelMalformed || got.JSON != nil {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestSchemaThatIsNone(t *testing.T) {
	t.Parallel()
	c, s := serve(t, converse.Always(converse.Says(whole)), nil)
	for _, schema := range []string{`{`, `{"type":"nonsense"}`, `{"$ref":"https://example.com/s.json"}`, `{"$ref":"file:///etc/hostname"}`} {
		q := query()
		q.Schema = json.RawMessage(schema)
		if _, err := c.Complete(t.Context(), q); kindOf(err) != review.ModelMisused || len(s.Calls()) != 0 {
			t.Errorf("%s: %v", schema, err)
		}
	}
	q := query()
	q.Schema = nil
	if got, err := c.Complete(t.Context(), q); err != nil || got.Way != "text" || s.Calls()[0].Request.OutputConfig != nil {
		t.Errorf("no schema: %+v, %v", got, err)
	}
}
