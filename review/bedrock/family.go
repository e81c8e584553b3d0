package bedrock

import (
	"strings"
	"unicode"
)

// way is how an answer is made to be JSON.
type way string

const (
	native way = "native" // a JSON schema of the output, which constrains the decoder
	tool   way = "tool"   // a tool whose input is the answer
	text   way = "text"   // words; the schema stands in the prompt
)

// shape is what a model takes, as far as is known. Each field that turns off is a thing that isn't sent.
type shape struct {
	way         way
	forced      bool // the choice of the tool is forced
	strict      bool // the tool's schema constrains the decoder
	system      bool // a system prompt
	cache       bool // cache points
	hour        bool // … that last an hour
	temperature bool
	tier        bool
	tags        bool
}

// family is what is known of models before they are asked.
type family struct {
	name string // part of the id, with dashes for all punctuation
	way  way
	lack string // space separated: "forced strict system cache hour temperature"
}

// families are looked through in order: the first whose name is in the id speaks.
//
// Native output and strict tools: Claude 4.5 and later, and open-weight models (Bedrock user guide, "Get validated
// JSON results from models"). Cache points and their hour: user guide, "Prompt caching for faster model inference".
// Temperature: refused by Opus 4.7 and later ("`temperature` is deprecated for this model"). Choice of a tool: API
// reference of ToolChoice. A wrong line costs one refused call per process.
var families = []family{
	{"claude-opus-4-7", native, "temperature hour"},
	{"claude-opus-4-8", native, "temperature hour"},
	{"claude-opus-5", native, "temperature hour"},
	{"claude-sonnet-4-5", native, ""},
	{"claude-haiku-4-5", native, ""},
	{"claude-opus-4-5", native, ""},
	{"claude-sonnet-4-6", native, ""},
	{"claude-haiku-4-6", native, ""},
	{"claude-opus-4-6", native, ""},
	{"claude-opus-4-1", tool, "strict hour"},
	{"claude-opus-4-2025", tool, "strict hour"},
	{"claude-sonnet-4-2025", tool, "strict hour"},
	{"claude-3-7", tool, "strict hour"},
	{"claude-3", tool, "strict cache hour"},
	{"claude-v2", text, "cache hour"},
	{"claude", native, "hour"},
	{"nova", tool, "strict hour"},
	{"mistral-large", tool, "strict cache hour"},
	{"llama3-2-1b", text, "cache hour"},
	{"llama3-2-3b", text, "cache hour"},
	{"llama3-2-11b", text, "cache hour"},
	{"llama", tool, "forced strict cache hour"},
	{"titan", text, "system cache hour"},
	{"", native, "cache hour"},
}

// shapeOf is what a model is thought to take. The family speaks for ids that hide the model, such as the ARN of
// an application inference profile.
func shapeOf(id, spoken string) shape {
	f := familyOf(id)
	if f.name == "" {
		f = familyOf(spoken)
	}
	has := func(what string) bool { return !strings.Contains(" "+f.lack+" ", " "+what+" ") }
	return shape{
		way: f.way, forced: has("forced"), strict: has("strict"), system: has("system"),
		cache: has("cache"), hour: has("hour"), temperature: has("temperature"), tier: true, tags: true,
	}
}

func familyOf(name string) family {
	name = strings.Map(dashed, name)
	for _, f := range families {
		if strings.Contains(name, f.name) {
			return f
		}
	}
	return family{}
}

func dashed(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return unicode.ToLower(r)
	}
	return '-'
}
