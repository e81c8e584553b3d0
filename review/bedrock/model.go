package bedrock

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/schema-review/schema-review/review"
)

// model is one model, with what was learned about it since the process began.
type model struct {
	id      string
	options Options
	api     *bedrockruntime.Client
	retries aws.RetryerV2
	gate    *gate

	mu    sync.Mutex
	shape shape
	count counter
}

func newModel(id string, o Options, api *bedrockruntime.Client) *model {
	return &model{
		id: id, options: o, api: api,
		retries: newRetryer(o.Attempts, o.Backoff),
		gate:    newGate(o.Concurrency),
		shape:   shapeOf(id, o.Family),
		count:   newCounter(id),
	}
}

// complete asks, and asks once more if the answer is no use. The usage is told with an error as well.
func (m *model) complete(ctx context.Context, t talk) (review.Answer, error) {
	answer := review.Answer{Model: m.id}
	for round := 0; ; round++ {
		out, s, err := m.converse(ctx, t)
		answer.Way = string(s.way)
		if err != nil {
			return answer, err
		}
		answer.Usage = add(answer.Usage, usageOf(out))
		r, err := m.use(out, t.schema)
		if err == nil {
			answer.JSON = r.json
			return answer, nil
		}
		if failure, known := errors.AsType[*review.ModelError](err); round > 0 || known && failure.Kind != review.ModelMalformed {
			return answer, err
		}
		m.options.Log.InfoContext(ctx, "answer of the model is no use, asked again", "model", m.id, "way", answer.Way)
		t = t.again(r.said, err)
	}
}

// use is the answer of a call if it is whole and fits.
func (m *model) use(out *bedrockruntime.ConverseOutput, s *schema) (reply, error) {
	if stop := stopped(out.StopReason); stop != nil {
		return reply{}, &review.ModelError{Kind: stop.Kind, Err: fmt.Errorf("%s: %w", m.id, stop.Err)}
	}
	r, err := read(out, s)
	if err != nil {
		return r, &review.ModelError{Kind: review.ModelMalformed, Err: fmt.Errorf("%s: %w", m.id, err)}
	}
	return r, nil
}

// converse makes the call in the shape that the model takes. A refusal that teaches something is a reason to make
// it again; as each lesson takes something away, that comes to an end.
func (m *model) converse(ctx context.Context, t talk) (*bedrockruntime.ConverseOutput, shape, error) {
	for {
		s := m.known(t)
		out, err := m.call(ctx, m.request(t, s))
		if err == nil || !m.learn(ctx, s, err) {
			return out, s, err
		}
	}
}

func (m *model) known(t talk) shape {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.shape
	if t.schema.whole == nil {
		s.way = text
	}
	return s
}

// learn remembers what a refusal says. If another call has learned in the meantime, its lesson is tried first.
func (m *model) learn(ctx context.Context, used shape, err error) bool {
	if codeOf(err) != "ValidationException" || refused(err.Error()) != causes["ValidationException"] {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	next, lesson := learned(used, err.Error())
	if lesson == "" {
		return false
	}
	m.shape = m.shape.after(used, next)
	m.options.Log.WarnContext(ctx, "model refuses a parameter: it is asked without from now on", "model", m.id, "parameter", lesson, "way", string(next.way), "error", err.Error())
	return true
}

// call is one call, with the SDK's retries: in its turn, and within its time.
func (m *model) call(ctx context.Context, in *bedrockruntime.ConverseInput) (*bedrockruntime.ConverseOutput, error) {
	epoch, err := m.gate.enter(ctx)
	if err != nil {
		return nil, m.failed(ctx, ctx, err)
	}
	call, cancel := context.WithTimeout(ctx, m.options.Deadline)
	defer cancel()
	r := &retryer{RetryerV2: m.retries, throttled: func() { epoch = m.gate.throttled(epoch) }}
	out, err := m.api.Converse(call, in, func(o *bedrockruntime.Options) { o.Retryer = r })
	m.gate.leave(err == nil)
	if err != nil {
		return nil, m.failed(ctx, call, err)
	}
	return out, nil
}
