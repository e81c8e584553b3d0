package bedrock_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// picky refuses what a predicate finds in a request, as a model does.
func picky(message string, refuses func(converse.Request) bool) converse.Script {
	return func(call converse.Call) converse.Reply {
		if refuses(call.Request) {
			return converse.Throw("ValidationException", message)
		}
		return converse.Says(whole)
	}
}

func isNative(r converse.Request) bool { return r.OutputConfig != nil }
func isForced(r converse.Request) bool { return r.ToolConfig != nil && r.ToolConfig.ToolChoice != nil }
func isTool(r converse.Request) bool   { return r.ToolConfig != nil }
func isStrict(r converse.Request) bool { return isTool(r) && r.ToolConfig.Tools[0].ToolSpec.Strict }

func cached(ttl string) func(converse.Request) bool {
	return func(r converse.Request) bool {
		for _, b := range r.System {
			if b.CachePoint != nil && (ttl == "" || b.CachePoint.TTL == ttl) {
				return true
			}
		}
		return false
	}
}

// TestARefusedParameterIsLeftOut has refusals as they are told in public: the parameter isn't sent any more, now and in
// the next review, and nothing else changes.
func TestARefusedParameterIsLeftOut(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		model   string
		message string
		refuses func(converse.Request) bool
		way     string
	}{
		"temperature":          {sonnet, "The model returned the following errors: `temperature` is deprecated for this model.", func(r converse.Request) bool { return r.InferenceConfig.Temperature != nil }, "native"},
		"output":               {sonnet, "Malformed input request: extraneous key [outputConfig] is not permitted", isNative, "tool"},
		"output of the model":  {sonnet, "This model doesn't support the outputConfig.textFormat field. Remove outputConfig.textFormat and try again.", isNative, "tool"},
		"schema keyword":       {sonnet, "output_config.format.schema: For 'array' type, property 'items' is not supported", isNative, "tool"},
		"tool choice":          {older, "This model doesn't support the toolConfig.toolChoice.tool field. Remove toolConfig.toolChoice.tool and try again.", isForced, "tool"},
		"thinking":             {older, "Thinking may not be enabled when tool_choice forces tool use.", isForced, "tool"},
		"tools":                {older, "This model doesn't support tool use.", isTool, "text"},
		"tools, by their name": {older, "This model doesn't support the toolConfig.toolChoice.tool field.", isTool, "text"},
		"cache point":          {sonnet, "Malformed input request: extraneous key [cachePoint] is not permitted", cached(""), "native"},
		"cache hour":           {sonnet, "system.2.cache_control.ttl: this model does not support 1h", cached("1h"), "native"},
		"tier":                 {sonnet, "The requested serviceTier is not supported by this model", func(r converse.Request) bool { return r.ServiceTier != nil }, "native"},
		"metadata":             {sonnet, "requestMetadata is not supported", func(r converse.Request) bool { return r.RequestMetadata != nil }, "native"},
		"system":               {sonnet, "This model doesn't support system messages. Try again without a system message.", func(r converse.Request) bool { return len(r.System) > 0 }, "native"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, picky(test.message, test.refuses), func(o *bedrock.Options) {
				half := 0.5
				o.Model, o.Temperature, o.Tier, o.Cache = test.model, &half, "flex", bedrock.CacheHour
			})
			q := query()
			q.Tags = map[string]string{"repo": "acme/shop"}
			for range 2 {
				got, err := c.Complete(t.Context(), q)
				if err != nil || got.Way != test.way {
					t.Fatalf("got %+v, %v", got, err)
				}
			}
			refused := 0
			for _, call := range s.Calls() {
				if test.refuses(call.Request) {
					refused++
				}
			}
			if last := len(s.Calls()); refused == 0 || refused > 2 || test.refuses(s.Calls()[last-1].Request) || last-refused != 2 {
				t.Errorf("%d calls, %d refused", last, refused)
			}
			if content := all(s.Calls()[len(s.Calls())-1].Request); !strings.Contains(content, q.System) || !strings.Contains(content, q.Stable) || !strings.Contains(content, q.Content) {
				t.Errorf("something is lost: %s", content)
			}
		})
	}
}

func all(r converse.Request) string {
	var b strings.Builder
	for _, block := range append(r.System, r.Messages[0].Content...) {
		if block.Text != nil {
			b.WriteString(*block.Text + "\n")
		}
	}
	return b.String()
}

// TestDownToText meets a model of an unknown name that can do nothing but talk.
func TestDownToText(t *testing.T) {
	t.Parallel()
	c, s := serve(t, func(call converse.Call) converse.Reply {
		switch r := call.Request; {
		case isNative(r):
			return converse.Throw("ValidationException", "This model doesn't support the outputConfig field.")
		case isStrict(r):
			return converse.Throw("ValidationException", "toolSpec.strict is not supported")
		case isForced(r):
			return converse.Throw("ValidationException", "This model doesn't support the toolConfig.toolChoice.tool field.")
		case isTool(r):
			return converse.Throw("ValidationException", "This model doesn't support tool use.")
		}
		return converse.Says(whole)
	}, func(o *bedrock.Options) { o.Model = "acme.oracle-1" })
	for range 2 {
		if got, err := c.Complete(t.Context(), query()); err != nil || got.Way != "text" {
			t.Fatalf("got %+v, %v", got, err)
		}
	}
	if n := len(s.Calls()); n != 6 {
		t.Errorf("%d calls", n)
	}
	if system := all(s.Calls()[5].Request); !strings.Contains(system, `"claims"`) {
		t.Errorf("the schema isn't in %s", system)
	}
}

// TestLessonsEnd has a service that refuses whatever it is sent, with every word there is.
func TestLessonsEnd(t *testing.T) {
	t.Parallel()
	everything := "temperature ttl cachePoint serviceTier requestMetadata system prompt toolChoice strict outputConfig schema toolConfig"
	c, s := serve(t, converse.Always(converse.Throw("ValidationException", everything)), nil)
	_, err := c.Complete(t.Context(), query())
	if kindOf(err) != review.ModelMisused || len(s.Calls()) > 12 {
		t.Errorf("%d calls, %v", len(s.Calls()), err)
	}
}

// TestLessonsOfManyAtOnce has two refusals that are learned by calls at the same time: neither is forgotten.
func TestLessonsOfManyAtOnce(t *testing.T) {
	t.Parallel()
	half := 0.5
	c, s := serve(t, func(call converse.Call) converse.Reply {
		hot, point := call.Request.InferenceConfig.Temperature != nil, cached("")(call.Request)
		switch {
		case hot && (!point || call.Number%2 == 0):
			return converse.Throw("ValidationException", "temperature is deprecated for this model")
		case point:
			return converse.Throw("ValidationException", "caching is not supported by this model")
		}
		return converse.Says(whole)
	}, func(o *bedrock.Options) { o.Temperature, o.Concurrency = &half, 8 })
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := c.Complete(t.Context(), query()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	before := len(s.Calls())
	if _, err := c.Complete(t.Context(), query()); err != nil || len(s.Calls()) != before+1 {
		t.Error(fmt.Sprint(len(s.Calls())-before), err)
	}
}
