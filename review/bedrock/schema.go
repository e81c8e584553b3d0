package bedrock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is what an answer has to fit. Models get a lean copy; the whole is checked here, whatever they promise.
type schema struct {
	lean  any // nil: any JSON will do
	text  string
	whole *jsonschema.Schema
}

// schemas keeps the last one: a program asks for one kind of answer.
type schemas struct {
	mu   sync.Mutex
	raw  string
	last *schema
}

func (s *schemas) compile(raw json.RawMessage) (*schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil && s.raw == string(raw) {
		return s.last, nil
	}
	made, err := compileSchema(raw)
	if err != nil {
		return nil, fmt.Errorf("schema of the answer: %w", err)
	}
	s.raw, s.last = string(raw), made
	return made, nil
}

func compileSchema(raw json.RawMessage) (*schema, error) {
	if len(raw) == 0 {
		return &schema{}, nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(jsonschema.SchemeURLLoader{}) // a schema reaches for no file and no host
	if err := c.AddResource("answer.json", doc); err != nil {
		return nil, err
	}
	whole, err := c.Compile("answer.json")
	if err != nil {
		return nil, err
	}
	var lean any
	if err := json.Unmarshal(raw, &lean); err != nil {
		return nil, err
	}
	lean = leaner(lean)
	text, err := json.Marshal(lean) // keys are sorted: the same bytes in every process
	return &schema{lean: lean, text: string(text), whole: whole}, err
}

func (s *schema) check(answer json.RawMessage) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(answer))
	if err != nil || s.whole == nil {
		return err
	}
	return s.whole.Validate(doc)
}

// leaner leaves out the keywords that constrained decoding refuses with a 400 (Bedrock user guide, "Get validated
// JSON results from models", supported subset): limits of numbers, lengths and counts, and patterns.
func leaner(v any) any {
	node, ok := v.(map[string]any)
	if !ok {
		return v
	}
	out := map[string]any{}
	for key, value := range node {
		switch key {
		case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
			"maxItems", "minItems", "uniqueItems", "pattern", "minProperties", "maxProperties", "$schema", "$id":
		case "properties", "$defs", "definitions":
			out[key] = leanEach(value)
		case "items", "additionalProperties":
			out[key] = leaner(value)
		case "anyOf", "allOf", "oneOf":
			out[key] = leanAll(value)
		default:
			out[key] = value
		}
	}
	return out
}

func leanEach(v any) any {
	named, ok := v.(map[string]any)
	if !ok {
		return v
	}
	out := map[string]any{}
	for name, node := range named {
		out[name] = leaner(node)
	}
	return out
}

func leanAll(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	out := make([]any, len(list))
	for i, node := range list {
		out[i] = leaner(node)
	}
	return out
}
