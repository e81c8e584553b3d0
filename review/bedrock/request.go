package bedrock

import (
	"strings"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/document"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
)

const toolName = "answer"

// request writes a talk in the shape that the model takes. What is the same in every review of a repository comes
// first and ends with a cache point; what comes from the change set follows.
func (m *model) request(t talk, s shape) *bedrockruntime.ConverseInput {
	in := &bedrockruntime.ConverseInput{
		ModelId:         aws.String(m.id),
		InferenceConfig: m.inference(t, s),
		Messages:        m.messages(t, s),
	}
	if s.system {
		in.System = m.system(t, s)
	}
	if t.schema.whole != nil {
		structure(in, t.schema, s)
	}
	if g := m.options.Guardrail; g.ID != "" {
		in.GuardrailConfig = &types.GuardrailConfiguration{
			GuardrailIdentifier: aws.String(g.ID), GuardrailVersion: aws.String(g.Version),
			Trace: types.GuardrailTraceDisabled, // a trace repeats what was masked
		}
	}
	if s.tier && m.options.Tier != "" {
		in.ServiceTier = &types.ServiceTier{Type: types.ServiceTierType(m.options.Tier)}
	}
	if s.tags {
		in.RequestMetadata = metadata(t.query.Tags)
	}
	return in
}

// inference always has a number of tokens: without one, the quota of the model's longest answer is reserved.
func (m *model) inference(t talk, s shape) *types.InferenceConfiguration {
	c := &types.InferenceConfiguration{MaxTokens: aws.Int32(int32(or(t.query.MaxTokens, m.options.MaxTokens)))}
	if s.temperature && m.options.Temperature != nil {
		c.Temperature = aws.Float32(float32(*m.options.Temperature))
	}
	return c
}

func (m *model) system(t talk, s shape) []types.SystemContentBlock {
	var blocks []types.SystemContentBlock
	for _, part := range stable(t, s) {
		blocks = append(blocks, &types.SystemContentBlockMemberText{Value: part})
	}
	if point := m.cachePoint(s); point != nil && len(blocks) > 0 {
		blocks = append(blocks, &types.SystemContentBlockMemberCachePoint{Value: *point})
	}
	return blocks
}

// stable is what doesn't change between two reviews of a repository.
func stable(t talk, s shape) []string {
	var parts []string
	for _, part := range []string{t.query.System, t.query.Stable, t.instruction(s)} {
		if strings.TrimSpace(part) != "" { // a blank block is refused
			parts = append(parts, part)
		}
	}
	return parts
}

func (m *model) messages(t talk, s shape) []types.Message {
	var asked []types.ContentBlock
	if !s.system {
		for _, part := range stable(t, s) {
			asked = append(asked, &types.ContentBlockMemberText{Value: part})
		}
		if point := m.cachePoint(s); point != nil && len(asked) > 0 {
			asked = append(asked, &types.ContentBlockMemberCachePoint{Value: *point})
		}
	}
	messages := []types.Message{{Role: types.ConversationRoleUser, Content: append(asked, m.content(t.query.Content))}}
	if t.problem == "" {
		return messages
	}
	return append(messages,
		types.Message{Role: types.ConversationRoleAssistant, Content: []types.ContentBlock{&types.ContentBlockMemberText{Value: t.answer}}},
		types.Message{Role: types.ConversationRoleUser, Content: []types.ContentBlock{m.content(t.problem)}})
}

// content is what nobody vouches for: a guardrail, if there is one, looks at this and not at the guidelines.
func (m *model) content(s string) types.ContentBlock {
	if m.options.Guardrail.ID == "" {
		return &types.ContentBlockMemberText{Value: s}
	}
	return &types.ContentBlockMemberGuardContent{Value: &types.GuardrailConverseContentBlockMemberText{
		Value: types.GuardrailConverseTextBlock{Text: aws.String(s)},
	}}
}

func (m *model) cachePoint(s shape) *types.CachePointBlock {
	switch {
	case !s.cache || m.options.Cache == CacheOff:
		return nil
	case s.hour && m.options.Cache == CacheHour:
		return &types.CachePointBlock{Type: types.CachePointTypeDefault, Ttl: types.CacheTTLOneHour}
	}
	return &types.CachePointBlock{Type: types.CachePointTypeDefault} // five minutes, for models without the choice too
}

// structure asks for JSON, in the way that the shape says.
func structure(in *bedrockruntime.ConverseInput, schema *schema, s shape) {
	switch s.way {
	case native:
		in.OutputConfig = &types.OutputConfig{TextFormat: &types.OutputFormat{
			Type: types.OutputFormatTypeJsonSchema,
			Structure: &types.OutputFormatStructureMemberJsonSchema{Value: types.JsonSchemaDefinition{
				Name: aws.String(toolName), Schema: aws.String(schema.text),
			}},
		}}
	case tool:
		in.ToolConfig = toolConfig(schema, s)
	}
}

func toolConfig(schema *schema, s shape) *types.ToolConfiguration {
	spec := types.ToolSpecification{
		Name:        aws.String(toolName),
		Description: aws.String("Takes the answer."),
		InputSchema: &types.ToolInputSchemaMemberJson{Value: document.NewLazyDocument(schema.lean)},
	}
	if s.strict {
		spec.Strict = aws.Bool(true)
	}
	config := &types.ToolConfiguration{Tools: []types.Tool{&types.ToolMemberToolSpec{Value: spec}}}
	if s.forced {
		config.ToolChoice = &types.ToolChoiceMemberTool{Value: types.SpecificToolChoice{Name: aws.String(toolName)}}
	}
	return config
}

// metadata is for the bill. Keys and values have at most 256 letters of a small alphabet, and there are at most 16
// (API reference of Converse, requestMetadata).
func metadata(tags map[string]string) map[string]string {
	out := map[string]string{}
	for key, value := range tags {
		if key, value = plain(key), plain(value); key != "" && len(out) < 16 {
			out[key] = value
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func plain(s string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" :_@$#=/+,-.", r)) {
			return r
		}
		return '_'
	}, s))
	return string(runes[:min(len(runes), 256)])
}
