package bedrock

import (
	"github.com/schema-review/schema-review/review"
)

// talk is a question, and what was said about it so far: nothing, or an answer that was no use.
type talk struct {
	query   review.Query
	schema  *schema
	answer  string // what the model said instead of JSON that fits
	problem string // what is wrong with it
}

// again is the talk with one more round. A model that said nothing is asked the same once more.
func (t talk) again(said string, problem error) talk {
	t.answer, t.problem = said, ""
	if said != "" {
		t.problem = "That was not the JSON that was asked for: " + problem.Error() +
			"\nGive the whole answer again, as one JSON value that fits the schema, and nothing else."
	}
	return t
}

// instruction is what the way of asking needs said, after everything else that doesn't change.
func (t talk) instruction(s shape) string {
	switch {
	case t.schema.whole == nil || s.way == native:
		return ""
	case s.way == tool && s.forced:
		return ""
	case s.way == tool:
		return "Answer by calling the tool \"" + toolName + "\" exactly once."
	}
	return "Answer with one JSON value and nothing else: no words before or after it, no code fence. It has to fit this JSON schema:\n" + t.schema.text
}
