package review

import (
	"context"
	"errors"
	"time"

	"github.com/schema-review/schema-review/prompts"
)

// Advice is what came of asking a model.
type Advice struct {
	Asked    bool     // there was something to ask, and somebody to ask
	Prompts  string   // version of the library of prompts
	Hashes   []string // of the prompts that were sent, in order
	Models   []string // ids of the models that answered, each once
	Usage    Usage
	Claims   int // that the model made
	Took     time.Duration
	Failures []ModelFailure // of the questions without a full answer, in order
	// Missing says in one sentence what is missing and how to get it, zero when nothing is.
	Missing Message
	// LeftOut are statements that the model was not asked about, and why.
	LeftOut []NotReviewed
}

// Complete reports whether the model was asked about everything and answered.
func (a *Advice) Complete() bool {
	return a != nil && a.Asked && len(a.Failures) == 0 && len(a.LeftOut) == 0
}

// Dropped is a claim of the model that is not in the report.
type Dropped struct {
	Claim  prompts.Claim
	Reason DropReason
	Detail string // for those who tune: what exactly was wrong, "" where the reason says it
}

// CountDropped tells how many claims were dropped for each reason.
func (r *Report) CountDropped() map[DropReason]int {
	count := map[DropReason]int{}
	for _, d := range r.Dropped {
		count[d.Reason]++
	}
	return count
}

// failureOf is the kind of an error of a Model.
func failureOf(err error) ModelFailure {
	if known, ok := errors.AsType[*ModelError](err); ok {
		return known.Kind
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return ModelTimedOut
	}
	return ModelUnavailable
}

// missing is the sentence for a failure.
func missing(f ModelFailure) Message {
	switch f {
	case ModelDenied:
		return Msg("Design suggestions are missing: the model refused access; whoever runs schema-review has to mend that, then a re-run gets them.")
	case ModelMisused:
		return Msg("Design suggestions are missing: the model is configured wrongly; whoever runs schema-review has to mend that, then a re-run gets them.")
	case ModelThrottled:
		return Msg("Design suggestions are missing: the model has too many requests; a re-run gets them later.")
	case ModelTimedOut:
		return Msg("Design suggestions are missing: the model took too long; a re-run gets them later.")
	case ModelRefused:
		return Msg("Design suggestions are missing: the model or its guardrail declined to answer; a re-run may get them.")
	case ModelTruncated:
		return Msg("Design suggestions are incomplete: the model's answer was cut off; a re-run may get the rest.")
	case ModelMalformed:
		return Msg("Design suggestions are missing: the model's answer could not be read; a re-run may get them.")
	case ModelOverBudget:
		return Msg("Design suggestions are missing: the budget for the model is used up; a re-run gets them when there is a new one.")
	}
	return Msg("Design suggestions are missing: the model could not be reached; a re-run gets them later.")
}
