package bedrock

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// Options says which models are asked, and how. Only Model has to be there; credentials, region and endpoint are
// found where every AWS program finds them, unless they are given.
type Options struct {
	Model       string        // id of a model or an inference profile, or an ARN
	Family      string        // "claude-sonnet-4-6": what the models are whose ids don't tell
	Fallbacks   []string      // asked in order when the one before is throttled or down
	Deadline    time.Duration // of a call with its retries; the SDK has none for this service. Default 2 minutes
	MaxTokens   int           // of an answer, for questions that don't say. Default 4096
	Temperature *float64      // nil = not sent: several models refuse it
	Guardrail   Guardrail
	Cache       Cache         // how long a model keeps the stable part. Default CacheShort
	Tier        string        // service tier: "", "priority", "default", "flex", "reserved"
	Concurrency int           // calls of a model at a time, at most. Default 4
	Attempts    int           // of a call. Default 3
	Backoff     time.Duration // longest pause between two attempts. Default 20 seconds
	Prices      Prices
	Region      string // "" = AWS's own variables and files, or the model's ARN
	Endpoint    string // "" = AWS's own variables: AWS_ENDPOINT_URL_BEDROCK_RUNTIME
	Keys        *Keys  // nil = AWS's own chain of credentials
	Log         *slog.Logger
	Now         func() time.Time
}

// Keys are credentials that don't come from AWS's chain: those of a stand-in for Bedrock.
type Keys struct{ ID, Secret string }

// Guardrail filters what is sent and said. Its zero value is none.
type Guardrail struct{ ID, Version string }

// Cache is how long a model keeps the stable part of a question.
type Cache string

// The times that Bedrock offers. An hour costs more to write and is only kept by some models; the others keep
// it for five minutes.
const (
	CacheShort Cache = "5m"
	CacheHour  Cache = "1h"
	CacheOff   Cache = "off"
)

func (o Options) withDefaults() Options {
	o.Model, o.Family = strings.TrimSpace(o.Model), strings.TrimSpace(o.Family)
	o.Deadline = or(o.Deadline, 2*time.Minute)
	o.MaxTokens = or(o.MaxTokens, 4096)
	o.Cache = or(o.Cache, CacheShort)
	o.Concurrency = or(o.Concurrency, 4)
	o.Attempts = or(o.Attempts, 3)
	o.Backoff = or(o.Backoff, 20*time.Second)
	o.Log = or(o.Log, slog.New(slog.DiscardHandler))
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func (o Options) check() error {
	var problems []error
	wrong := func(bad bool, format string, args ...any) {
		if bad {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	wrong(o.Model == "", "no model: want the id or ARN of a model or an inference profile")
	wrong(o.Deadline < 0, "deadline %s: want a time above 0", o.Deadline)
	wrong(o.MaxTokens < 0 || o.MaxTokens > 1<<20, "%d tokens of an answer: want 1 to %d", o.MaxTokens, 1<<20)
	wrong(o.Concurrency < 0 || o.Attempts < 0, "concurrency and attempts: want 1 or more")
	wrong(o.Temperature != nil && (*o.Temperature < 0 || *o.Temperature > 1), "temperature: want 0 to 1")
	wrong((o.Guardrail.ID == "") != (o.Guardrail.Version == ""), "guardrail: want an id and a version")
	wrong(!slices.Contains([]Cache{CacheShort, CacheHour, CacheOff}, o.Cache), "cache %q: want 5m, 1h or off", o.Cache)
	wrong(!slices.Contains(tiers(), o.Tier), "service tier %q: want %s", o.Tier, strings.Join(tiers()[1:], ", "))
	return errors.Join(problems...)
}

// models are the ids in the order in which they are asked, each once.
func (o Options) models() []string {
	var ids []string
	for _, id := range append([]string{o.Model}, o.Fallbacks...) {
		if id = strings.TrimSpace(id); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
