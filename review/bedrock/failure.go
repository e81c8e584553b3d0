package bedrock

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/smithy-go"
	"github.com/schema-review/schema-review/review"
)

// cause is an exception of AWS: what kind of failure it is, and what an operator does about it.
type cause struct {
	kind   review.ModelFailure
	advice string
}

// causes are the exceptions of Converse (API reference, Errors), and those of every signed call.
var causes = map[string]cause{
	"ThrottlingException":           {review.ModelThrottled, "Bedrock throttles this model: ask for a higher quota, lower WORKERS or BEDROCK_CONCURRENCY, or name BEDROCK_FALLBACK_MODEL_IDS"},
	"TooManyRequestsException":      {review.ModelThrottled, "Bedrock throttles this model: ask for a higher quota, lower WORKERS or BEDROCK_CONCURRENCY, or name BEDROCK_FALLBACK_MODEL_IDS"},
	"ServiceUnavailableException":   {review.ModelUnavailable, "Bedrock is not available right now"},
	"InternalServerException":       {review.ModelUnavailable, "Bedrock failed inside"},
	"ModelNotReadyException":        {review.ModelUnavailable, "the model is not ready yet"},
	"ModelErrorException":           {review.ModelUnavailable, "the model failed on this question"},
	"ModelTimeoutException":         {review.ModelTimedOut, "the model took too long: a smaller change set may work"},
	"ValidationException":           {review.ModelMisused, "Bedrock refuses the request: check the model's id, the region and the BEDROCK_* settings"},
	"ResourceNotFoundException":     {review.ModelMisused, "there is no such model or profile in this region: check BEDROCK_MODEL_ID and AWS_REGION"},
	"ServiceQuotaExceededException": {review.ModelMisused, "a quota of the AWS account is used up: ask AWS for a higher one"},
	"AccessDeniedException": {review.ModelDenied, "AWS denies access: allow bedrock:InvokeModel on the inference profile and on the foundation model " +
		"in each of its regions (arn:aws:bedrock:*::foundation-model/…), and see that the account has access to the model"},
	"UnrecognizedClientException":         {review.ModelDenied, "AWS doesn't know these credentials"},
	"InvalidClientTokenId":                {review.ModelDenied, "AWS doesn't know these credentials"},
	"InvalidSignatureException":           {review.ModelDenied, "AWS doesn't accept the signature: check the secret key, and the clock of this machine"},
	"IncompleteSignatureException":        {review.ModelDenied, "AWS doesn't accept the signature: check the credentials"},
	"MissingAuthenticationTokenException": {review.ModelDenied, "AWS got no credentials: check that nothing on the way removes the Authorization header"},
	"ExpiredTokenException":               {review.ModelDenied, "the AWS credentials have expired"},
	"OptInRequired":                       {review.ModelDenied, "the AWS account isn't signed up for Bedrock in this region"},
}

// words of a ValidationException that say more than its name.
var refusals = []struct {
	words string
	cause cause
}{
	{"on-demand throughput", cause{review.ModelMisused, "this model is only reached through an inference profile: set BEDROCK_MODEL_ID to the profile's id (such as jp.…, us.…, eu.… or global.…) or ARN"}},
	{"too long", cause{review.ModelOverBudget, "the question is longer than the model takes"}},
	{"too many input tokens", cause{review.ModelOverBudget, "the question is longer than the model takes"}},
	{"guardrail", cause{review.ModelMisused, "Bedrock refuses the guardrail: check BEDROCK_GUARDRAIL"}},
	{"maximum tokens", cause{review.ModelMisused, "the model gives shorter answers than that: lower BEDROCK_MAX_TOKENS"}},
	{"data retention", cause{review.ModelMisused, "the account's data retention mode doesn't allow this model"}},
	{"model identifier is invalid", cause{review.ModelMisused, "there is no such model or profile in this region: check BEDROCK_MODEL_ID and AWS_REGION"}},
}

// failed makes a ModelError of an error of the SDK.
func (m *model) failed(ctx, call context.Context, err error) *review.ModelError {
	c := m.causeOf(ctx, call, err)
	return &review.ModelError{Kind: c.kind, Err: fmt.Errorf("%s: %s: %w", m.id, c.advice, err)}
}

func (m *model) causeOf(ctx, call context.Context, err error) cause {
	switch code := codeOf(err); {
	case ctx.Err() != nil:
		return cause{review.ModelTimedOut, "the review's own time was over"}
	case call.Err() != nil:
		return cause{review.ModelTimedOut, fmt.Sprintf("no answer within %s (BEDROCK_TIMEOUT)", m.options.Deadline)}
	case code == "ValidationException":
		return refused(err.Error())
	case code != "":
		return or(causes[code], cause{review.ModelUnavailable, "Bedrock answers with an exception that this version doesn't know"})
	}
	return causeWithout(err)
}

func refused(message string) cause {
	message = strings.ToLower(message)
	for _, r := range refusals {
		if strings.Contains(message, r.words) {
			return r.cause
		}
	}
	return causes["ValidationException"]
}

// causeWithout is for errors that don't come from AWS.
func causeWithout(err error) cause {
	var unread *smithy.DeserializationError
	switch message := err.Error(); {
	case strings.Contains(message, "requires HTTPS"):
		return cause{review.ModelMisused, "a bearer token (AWS_BEARER_TOKEN_BEDROCK) is only sent over HTTPS: check the endpoint"}
	case strings.Contains(message, "get identity"), strings.Contains(message, "get credentials"):
		return cause{review.ModelDenied, "there are no AWS credentials: give the process a role, a profile or keys"}
	case strings.Contains(message, "resolve endpoint"):
		return cause{review.ModelMisused, "there is no endpoint: check AWS_REGION and AWS_ENDPOINT_URL_BEDROCK_RUNTIME"}
	case errors.As(err, &unread):
		return cause{review.ModelUnavailable, "what answered doesn't speak as Bedrock does: check the endpoint, and proxies on the way"}
	}
	return cause{review.ModelUnavailable, "Bedrock can't be reached: check the network, the region and the endpoint"}
}

// passesOn tells whether the next model is asked: it may do better where this one is busy or down, and not where an
// operator has to act.
func passesOn(kind review.ModelFailure) bool {
	return kind == review.ModelThrottled || kind == review.ModelUnavailable || kind == review.ModelTimedOut
}
