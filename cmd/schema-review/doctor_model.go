package main

import (
	"context"
	"errors"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/bedrock"
	"golang.org/x/text/message"
)

// model asks each model for a few tokens, as serve does at its start.
func (d *doctor) model(ctx context.Context, c *serverConfig) {
	if c.model.bedrock.Model == "" {
		d.ok("model", d.p.Sprintf("none is configured (BEDROCK_MODEL_ID): rules only"))
		return
	}
	client, err := bedrock.New(ctx, c.model.bedrock)
	if err != nil {
		d.wrong("model", err.Error(), modelAdvice(err, d.p))
		return
	}
	for _, checked := range client.Check(ctx, prompts.AnswerSchema()) {
		d.checked(checked)
	}
	if c.model.keep {
		d.note("prompts", d.p.Sprintf("KEEP_PROMPTS keeps what is sent to the model in the database"), "")
	}
}

// checked is a line for one model. Reviews go on without it, so that one that is busy is only worth knowing.
func (d *doctor) checked(c bedrock.Checked) {
	switch advice := modelAdvice(c.Err, d.p); {
	case c.Err == nil:
		d.ok("model", d.p.Sprintf("%s answers, with JSON by way of %s", c.Model, c.Way))
	case passes(c.Err):
		d.note("model", c.Err.Error(), advice)
	default:
		d.wrong("model", c.Err.Error(), advice)
	}
}

func kindOf(err error) review.ModelFailure {
	if failure, ok := errors.AsType[*review.ModelError](err); ok {
		return failure.Kind
	}
	return review.ModelUnavailable
}

// passes reports whether the failure may be over in a while.
func passes(err error) bool {
	kind := kindOf(err)
	return kind == review.ModelThrottled || kind == review.ModelTimedOut
}

// modelAdvice is what to do about a failure.
func modelAdvice(err error, p *message.Printer) string {
	if err == nil {
		return ""
	}
	switch kindOf(err) {
	case review.ModelDenied:
		return p.Sprintf("allow bedrock:InvokeModel and bedrock:CountTokens on the inference profile's ARN and on the foundation model's in each of its regions; docs/install.md has the policy")
	case review.ModelMisused:
		return p.Sprintf("check BEDROCK_MODEL_ID, BEDROCK_FALLBACK_MODEL_IDS and AWS_REGION: most models are reached through an inference profile only")
	case review.ModelThrottled:
		return p.Sprintf("ask AWS for a higher quota, lower BEDROCK_CONCURRENCY, or name BEDROCK_FALLBACK_MODEL_IDS")
	case review.ModelRefused:
		return p.Sprintf("check BEDROCK_GUARDRAIL: it stops even a test of the connection")
	case review.ModelTimedOut:
		return p.Sprintf("run doctor again: a model may take minutes to prepare for a new form of answer, and keeps that for a day")
	}
	return p.Sprintf("check that Bedrock's endpoint can be reached from here, and AWS_REGION")
}
