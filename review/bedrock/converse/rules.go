package converse

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// turns alternate, begin and end with the user, and have something in them.
func (r Request) turns() error {
	if len(r.Messages)%2 == 0 {
		return errors.New("messages: a conversation must begin and end with a user message")
	}
	for i, m := range r.Messages {
		if want := []string{"user", "assistant"}[i%2]; m.Role != want {
			return fmt.Errorf("messages.%d.role %q: want %s", i, m.Role, want)
		}
		if err := blocks(m.Content); err != nil {
			return fmt.Errorf("messages.%d.content: %w", i, err)
		}
	}
	if len(r.System) > 0 {
		return blocks(r.System)
	}
	return nil
}

func blocks(all []Block) error {
	if len(all) == 0 {
		return errors.New("no block")
	}
	for i, b := range all {
		set := 0
		for _, there := range []bool{b.Text != nil, b.CachePoint != nil, b.GuardContent != nil} {
			if there {
				set++
			}
		}
		switch {
		case set != 1:
			return fmt.Errorf("block %d has %d members", i, set)
		case b.Text != nil && strings.TrimSpace(*b.Text) == "":
			return fmt.Errorf("the text field in the ContentBlock object at %d is blank", i)
		case i == 0 && b.CachePoint != nil:
			return errors.New("a cachePoint with nothing before it")
		}
	}
	return nil
}

// inference: without maxTokens the quota of the longest answer is reserved, which no client should do.
func (r Request) inference() error {
	if r.InferenceConfig == nil || r.InferenceConfig.MaxTokens < 1 {
		return errors.New("inferenceConfig.maxTokens isn't set")
	}
	return nil
}

func (r Request) cachePoints() error {
	number := 0
	for _, b := range r.all() {
		if c := b.CachePoint; c != nil {
			number++
			if c.Type != "default" || !slices.Contains([]string{"", "5m", "1h"}, c.TTL) {
				return fmt.Errorf("cachePoint %+v", *c)
			}
		}
	}
	if number > 4 {
		return fmt.Errorf("%d cachePoint blocks: at most 4", number)
	}
	return nil
}

// all blocks of a request, in the order in which a cache sees them.
func (r Request) all() []Block {
	all := slices.Clone(r.System)
	for _, m := range r.Messages {
		all = append(all, m.Content...)
	}
	return all
}

func (r Request) output() error {
	if r.OutputConfig == nil {
		return nil
	}
	f := r.OutputConfig.TextFormat
	switch {
	case f.Type != "json_schema":
		return fmt.Errorf("outputConfig.textFormat.type %q: want json_schema", f.Type)
	case !json.Valid([]byte(f.Structure.JSONSchema.Schema)):
		return errors.New("outputConfig.textFormat.structure.jsonSchema.schema isn't JSON in a string")
	}
	return keywords([]byte(f.Structure.JSONSchema.Schema))
}

func (r Request) tools() error {
	if r.ToolConfig == nil {
		return nil
	}
	var names []string
	for _, t := range r.ToolConfig.Tools {
		if !json.Valid(t.ToolSpec.InputSchema.JSON) {
			return errors.New("toolConfig: inputSchema.json isn't there")
		}
		if err := keywords(t.ToolSpec.InputSchema.JSON); err != nil && t.ToolSpec.Strict {
			return err
		}
		names = append(names, t.ToolSpec.Name)
	}
	if c := r.ToolConfig.ToolChoice; c != nil && !slices.Contains(names, c.Tool.Name) {
		return fmt.Errorf("toolChoice.tool.name %q isn't the name of a tool", c.Tool.Name)
	}
	return nil
}

// refusedKeyword finds what constrained decoding doesn't know. No property of ours is called so.
var refusedKeyword = regexp.MustCompile(`"(minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf|minLength|maxLength|maxItems|pattern)"\s*:`)

func keywords(schema []byte) error {
	if found := refusedKeyword.FindSubmatch(schema); found != nil {
		return fmt.Errorf("output_config.format.schema: property '%s' is not supported", found[1])
	}
	return nil
}

var metadataValue = regexp.MustCompile(`^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$`)

func (r Request) metadata() error {
	if len(r.RequestMetadata) > 16 {
		return errors.New("requestMetadata: more than 16")
	}
	for k, v := range r.RequestMetadata {
		if k == "" || !metadataValue.MatchString(k) || !metadataValue.MatchString(v) {
			return fmt.Errorf("requestMetadata %q: %q", k, v)
		}
	}
	return nil
}

func (r Request) guardrail() error {
	guarded := slices.ContainsFunc(r.all(), func(b Block) bool { return b.GuardContent != nil })
	if g := r.GuardrailConfig; g == nil && guarded || g != nil && (g.ID == "" || g.Version == "") {
		return errors.New("guardrailConfig: want an identifier and a version, and guardContent only with them")
	}
	return nil
}
