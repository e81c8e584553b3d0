package bedrock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"github.com/schema-review/schema-review/review"
)

// reply is what came back: the words, or the input of the tool.
type reply struct {
	said string
	json json.RawMessage
}

// read finds the answer, in whichever way it was given. The error says what is wrong in words for the model.
func read(out *bedrockruntime.ConverseOutput, s *schema) (reply, error) {
	r := words(out)
	if r.json == nil {
		found, err := findJSON(r.said)
		if err != nil {
			return r, err
		}
		r.json = found
	}
	return r, s.check(r.json)
}

func words(out *bedrockruntime.ConverseOutput) reply {
	message, ok := out.Output.(*types.ConverseOutputMemberMessage)
	if !ok {
		return reply{}
	}
	var said strings.Builder
	for _, block := range message.Value.Content {
		switch b := block.(type) {
		case *types.ContentBlockMemberText:
			said.WriteString(b.Value)
		case *types.ContentBlockMemberToolUse:
			if input, ok := toolInput(b.Value); ok {
				return reply{said: string(input), json: input}
			}
		default: // reasoning, and what later versions add
		}
	}
	return reply{said: said.String()}
}

func toolInput(use types.ToolUseBlock) (json.RawMessage, bool) {
	if aws.ToString(use.Name) != toolName || use.Input == nil {
		return nil, false
	}
	input, err := use.Input.MarshalSmithyDocument()
	return input, err == nil
}

var errNoJSON = errors.New("there is no JSON object in it")

// findJSON takes the JSON object out of words: a code fence, or a sentence before it, doesn't spoil an answer.
func findJSON(said string) (json.RawMessage, error) {
	start := strings.IndexByte(said, '{')
	if start < 0 {
		return nil, errNoJSON
	}
	var found json.RawMessage
	err := json.NewDecoder(strings.NewReader(said[start:])).Decode(&found)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("the JSON ends too early")
	case err != nil:
		return nil, fmt.Errorf("the JSON can't be read: %w", err)
	}
	return bytes.Clone(found), nil
}

// stopped says why an answer isn't whole, nil if it is. A stop sequence can't happen: none is sent; some models name
// it nevertheless at the end of an answer, and whether that is whole shows when it is read.
func stopped(reason types.StopReason) *review.ModelError {
	fail := func(kind review.ModelFailure, sentence string) *review.ModelError {
		return &review.ModelError{Kind: kind, Err: fmt.Errorf("%s (stop reason %s)", sentence, reason)}
	}
	switch reason {
	case types.StopReasonEndTurn, types.StopReasonToolUse, types.StopReasonStopSequence:
		return nil
	case types.StopReasonMaxTokens:
		return fail(review.ModelTruncated, "the answer reached the limit of its tokens: raise BEDROCK_MAX_TOKENS, or let the change set be split")
	case types.StopReasonModelContextWindowExceeded:
		return fail(review.ModelTruncated, "question and answer don't fit the model's context window")
	case types.StopReasonGuardrailIntervened:
		return fail(review.ModelRefused, "the guardrail stopped the question or the answer")
	case types.StopReasonContentFiltered:
		return fail(review.ModelRefused, "the content filter of the model stopped the answer")
	case types.StopReasonMalformedModelOutput, types.StopReasonMalformedToolUse:
		return fail(review.ModelMalformed, "the model's output was not well formed")
	}
	return fail(review.ModelMalformed, "the model stopped for a reason that this version doesn't know")
}

// usageOf counts a call. Bedrock's inputTokens are those that the cache had no part in (user guide, "Prompt caching
// for faster model inference"); ours are all.
func usageOf(out *bedrockruntime.ConverseOutput) review.Usage {
	u := review.Usage{Calls: 1}
	if t := out.Usage; t != nil {
		u.CacheRead, u.CacheWrite = int(aws.ToInt32(t.CacheReadInputTokens)), int(aws.ToInt32(t.CacheWriteInputTokens))
		u.Input = int(aws.ToInt32(t.InputTokens)) + u.CacheRead + u.CacheWrite
		u.Output = int(aws.ToInt32(t.OutputTokens))
	}
	return u
}

func add(a, b review.Usage) review.Usage {
	return review.Usage{
		Input: a.Input + b.Input, Output: a.Output + b.Output,
		CacheRead: a.CacheRead + b.CacheRead, CacheWrite: a.CacheWrite + b.CacheWrite, Calls: a.Calls + b.Calls,
	}
}
