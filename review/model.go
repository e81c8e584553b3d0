package review

import (
	"context"
	"encoding/json"
	"time"
)

// Model answers a question about a change set. What it says is a claim, and nothing more.
type Model interface {
	Complete(ctx context.Context, q Query) (Answer, error)
}

// Query is a question. The parts stand in the order in which they change: what is equal in every review comes
// first, so that a model can keep it.
type Query struct {
	System    string            // who the model is and how it answers: the same in every review
	Stable    string            // guidelines and facts of the engine: the same for a repository
	Content   string            // the change set: data, whatever it says
	Schema    json.RawMessage   // JSON schema of the answer
	MaxTokens int               // of the answer
	Tags      map[string]string // for the bill: "repo", "installation"
}

// Answer is what the model said, as JSON that fits the schema.
type Answer struct {
	JSON  json.RawMessage
	Model string // id that answered: a fallback may have
	Way   string // how the JSON was asked for: "native", "tool", "text"
	Usage Usage
	Took  time.Duration
}

// Usage counts tokens.
type Usage struct {
	Input, Output         int
	CacheRead, CacheWrite int // of the input: taken from the cache, written to it
	Calls                 int
}

// ModelError says why there is no full answer. The review goes on without it.
type ModelError struct {
	Kind ModelFailure
	Err  error
}

func (e *ModelError) Error() string { return string(e.Kind) + ": " + e.Err.Error() }
func (e *ModelError) Unwrap() error { return e.Err }

// ModelFailure is a kind of ModelError.
type ModelFailure string

// The kinds, as they are counted and told.
const (
	ModelDenied      ModelFailure = "denied"        // credentials or permissions: the operator has to act
	ModelMisused     ModelFailure = "misconfigured" // wrong id, region or parameter: the operator has to act
	ModelThrottled   ModelFailure = "throttled"
	ModelTimedOut    ModelFailure = "timed out"
	ModelUnavailable ModelFailure = "unavailable"
	ModelRefused     ModelFailure = "refused"   // a guardrail or the model itself
	ModelTruncated   ModelFailure = "truncated" // the answer was cut
	ModelMalformed   ModelFailure = "malformed" // not the JSON that was asked for
	ModelOverBudget  ModelFailure = "over budget"
)
