package converse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Request is the body of Converse, as far as a client of text needs it. Any other key is refused.
type Request struct {
	System          []Block           `json:"system,omitempty"`
	Messages        []Message         `json:"messages"`
	InferenceConfig *Inference        `json:"inferenceConfig,omitempty"`
	OutputConfig    *Output           `json:"outputConfig,omitempty"`
	ToolConfig      *Tools            `json:"toolConfig,omitempty"`
	GuardrailConfig *Guardrail        `json:"guardrailConfig,omitempty"`
	ServiceTier     *Tier             `json:"serviceTier,omitempty"`
	RequestMetadata map[string]string `json:"requestMetadata,omitempty"`
}

// Message is a turn.
type Message struct {
	Role    string  `json:"role"`
	Content []Block `json:"content"`
}

// Block is one of its fields.
type Block struct {
	Text         *string       `json:"text,omitempty"`
	CachePoint   *CachePoint   `json:"cachePoint,omitempty"`
	GuardContent *GuardContent `json:"guardContent,omitempty"`
}

// CachePoint ends what is kept.
type CachePoint struct {
	Type string `json:"type"`
	TTL  string `json:"ttl,omitempty"`
}

// GuardContent is what a guardrail looks at.
type GuardContent struct {
	Text struct {
		Text string `json:"text"`
	} `json:"text"`
}

// Inference has the parameters that all models share.
type Inference struct {
	MaxTokens   int      `json:"maxTokens"`
	Temperature *float64 `json:"temperature,omitempty"`
}

// Output asks for JSON natively.
type Output struct {
	TextFormat struct {
		Type      string `json:"type"`
		Structure struct {
			JSONSchema struct {
				Name   string `json:"name"`
				Schema string `json:"schema"` // JSON in a string
			} `json:"jsonSchema"`
		} `json:"structure"`
	} `json:"textFormat"`
}

// Tools are what the model may call.
type Tools struct {
	Tools      []Tool  `json:"tools"`
	ToolChoice *Choice `json:"toolChoice,omitempty"`
}

// Tool is one of them.
type Tool struct {
	ToolSpec struct {
		Name        string `json:"name"`
		Description string `json:"description,omitempty"`
		Strict      bool   `json:"strict,omitempty"`
		InputSchema struct {
			JSON json.RawMessage `json:"json"`
		} `json:"inputSchema"`
	} `json:"toolSpec"`
}

// Choice forces a tool.
type Choice struct {
	Tool struct {
		Name string `json:"name"`
	} `json:"tool"`
}

// Guardrail filters.
type Guardrail struct {
	ID      string `json:"guardrailIdentifier"`
	Version string `json:"guardrailVersion"`
	Trace   string `json:"trace,omitempty"`
}

// Tier is how a call is served.
type Tier struct {
	Type string `json:"type"`
}

// malformed is how Bedrock begins such a message.
const malformed = "Malformed input request"

func decode(body []byte) (Request, error) {
	var r Request
	if err := strict(body, &r); err != nil {
		return r, fmt.Errorf("%s: %w", malformed, err)
	}
	return r, errors.Join(r.turns(), r.inference(), r.cachePoints(), r.output(), r.tools(), r.metadata(), r.guardrail())
}

func decodeCount(body []byte) (Request, error) {
	var counted struct {
		Input struct {
			Converse Request `json:"converse"`
		} `json:"input"`
	}
	if err := strict(body, &counted); err != nil {
		return Request{}, fmt.Errorf("%s: %w", malformed, err)
	}
	r := counted.Input.Converse
	if r.InferenceConfig != nil || r.OutputConfig != nil || r.GuardrailConfig != nil || r.RequestMetadata != nil || r.ServiceTier != nil {
		return r, fmt.Errorf("%s: only system, messages and toolConfig are counted", malformed)
	}
	return r, errors.Join(r.turns(), r.tools())
}

func strict(body []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}
