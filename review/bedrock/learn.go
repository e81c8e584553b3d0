package bedrock

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lesson is what a refused call teaches: when the message has one of the words, the call is made in the next
// shape. A lesson that changes nothing doesn't apply.
type lesson struct {
	name  string
	words []string
	next  func(shape) shape
}

// lessons stand in the order in which they are tried: "toolConfig.toolChoice.tool" speaks of the choice first, of
// the tools only if no choice was sent. The words are names of parameters as Converse and the models behind it
// spell them in a ValidationException.
var lessons = []lesson{
	{"temperature", []string{"temperature"}, func(s shape) shape { s.temperature = false; return s }},
	{"cache ttl", []string{"ttl"}, func(s shape) shape { s.hour = false; return s }},
	{"cache point", []string{"cachePoint", "cache_control", "cache point", "cache points", "caching"}, func(s shape) shape { s.cache = false; return s }},
	{"service tier", []string{"serviceTier", "service_tier", "service tier"}, func(s shape) shape { s.tier = false; return s }},
	{"request metadata", []string{"requestMetadata", "request metadata"}, func(s shape) shape { s.tags = false; return s }},
	{"system prompt", []string{"system message", "system messages", "system prompt", "system prompts"}, func(s shape) shape { s.system = false; return s }},
	{"tool choice", []string{"toolChoice", "tool_choice", "tool choice", "thinking"}, unforced},
	{"strict tool", []string{"strict"}, func(s shape) shape { s.strict = s.strict && s.way != tool; return s }},
	{"schema of the output", schemaWords, nextWay},
	{"tool", []string{"toolConfig", "toolSpec", "tool use", "tools"}, toText},
}

// schemaWords name the output's format, or a keyword of a schema. Words that other refusals use too ("maximum",
// "pattern") aren't among them: the lean schema has no such keyword.
var schemaWords = []string{
	"outputConfig", "output_config", "textFormat", "output_format", "response_format", "structured output",
	"structured outputs", "json_schema", "jsonSchema", "schema", "inputSchema", "input_schema", "grammar", "keyword",
	"additionalProperties", "anyOf", "allOf", "oneOf", "$ref", "$defs",
}

func unforced(s shape) shape {
	s.forced = s.forced && s.way != tool
	return s
}

// nextWay goes from the strictest way to the loosest.
func nextWay(s shape) shape {
	switch {
	case s.way == native:
		s.way = tool
	case s.way == tool && s.strict:
		s.strict = false
	default:
		s.way = text
	}
	return s
}

func toText(s shape) shape {
	if s.way == tool {
		s.way = text
	}
	return s
}

// learned is the shape after a refusal, and the name of the lesson: "" if it taught nothing.
func learned(s shape, refusal string) (shape, string) {
	for _, l := range lessons {
		if next := l.next(s); next != s && saysAny(refusal, l.words) {
			return next, l.name
		}
	}
	return s, ""
}

// after is the shape with what next has less than used. Other calls may have learned other things since used held.
func (s shape) after(used, next shape) shape {
	if next.way != used.way && s.way.strictness() > next.way.strictness() {
		s.way = next.way
	}
	s.forced, s.strict, s.system = s.forced && next.forced, s.strict && next.strict, s.system && next.system
	s.cache, s.hour, s.temperature = s.cache && next.cache, s.hour && next.hour, s.temperature && next.temperature
	s.tier, s.tags = s.tier && next.tier, s.tags && next.tags
	return s
}

func (w way) strictness() int { return slices.Index([]way{text, tool, native}, w) }

func saysAny(message string, words []string) bool {
	message = strings.ToLower(message)
	for _, w := range words {
		if says(message, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// says finds a word that isn't part of a longer one: "strict" isn't in "restricted".
func says(message, word string) bool {
	for from := 0; ; {
		i := strings.Index(message[from:], word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(message[:from+i])
		after, _ := utf8.DecodeRuneInString(message[from+i+len(word):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		from += i + len(word)
	}
}
