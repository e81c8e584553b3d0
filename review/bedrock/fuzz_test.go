package bedrock

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
)

// FuzzRead has whatever a model may say: an answer is JSON that fits, or there is none.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"claims":[]}`, "```json\n{\"claims\":[\"ab\"]}\n```", `{`, `{"claims":[1]}`, "\xff{\x00}", `{"claims":["\ud800"]}`} {
		f.Add(seed)
	}
	s, err := compileSchema(json.RawMessage(`{"type":"object","additionalProperties":false,"required":["claims"],"properties":{"claims":{"type":"array","items":{"type":"string"}}}}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, said string) {
		out := &bedrockruntime.ConverseOutput{Output: &types.ConverseOutputMemberMessage{Value: types.Message{
			Content: []types.ContentBlock{&types.ContentBlockMemberText{Value: said}},
		}}}
		r, err := read(out, s)
		if err != nil {
			return
		}
		var answer struct{ Claims []string }
		d := json.NewDecoder(bytes.NewReader(r.json))
		d.DisallowUnknownFields()
		if err := d.Decode(&answer); err != nil {
			t.Errorf("%q was taken, but %v", r.json, err)
		}
	})
}

// FuzzLearned has whatever a service may complain of: lessons come to an end.
func FuzzLearned(f *testing.F) {
	f.Add("acme.oracle-1", "temperature toolChoice strict schema cachePoint ttl toolConfig")
	f.Add("amazon.nova-pro-v1:0", "\xffcaching\xff")
	f.Fuzz(func(t *testing.T, id, message string) {
		s := shapeOf(id, "")
		for range 20 {
			next, lesson := learned(s, message)
			if lesson == "" {
				return
			}
			if merged := s.after(s, next); merged != next {
				t.Fatalf("%+v after %+v is %+v", s, next, merged)
			}
			s = next
		}
		t.Errorf("%q teaches without end: %+v", message, s)
	})
}
