package bedrock

import (
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
)

// retryer is the SDK's for one call, with what the SDK leaves out: it doesn't retry three of Bedrock's exceptions.
// A model that failed or ran out of time on a question is asked once more, not as often as a busy one.
type retryer struct {
	aws.RetryerV2
	throttled func()
	again     bool
}

// newRetryer makes the SDK's part. It is shared by all calls of a model, because it also limits the retries of all.
func newRetryer(attempts int, backoff time.Duration) aws.RetryerV2 {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = attempts
		o.MaxBackoff = backoff
		o.Backoff = retry.NewExponentialJitterBackoff(backoff)
	})
}

// IsErrorRetryable is asked once per failed attempt.
func (r *retryer) IsErrorRetryable(err error) bool {
	switch code := codeOf(err); code {
	case "ThrottlingException", "TooManyRequestsException":
		r.throttled()
	case "ModelNotReadyException":
		return true
	case "ModelTimeoutException", "ModelErrorException":
		first := !r.again
		r.again = true
		return first
	}
	return r.RetryerV2.IsErrorRetryable(err)
}

// codeOf is the name of AWS's exception, "" for other errors.
func codeOf(err error) string {
	if api, ok := errors.AsType[smithy.APIError](err); ok {
		return api.ErrorCode()
	}
	return ""
}
