package bedrock

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/schema-review/schema-review/review"
)

// Client asks models on Bedrock. It is a review.Model, and may be used by many at once.
type Client struct {
	models  []*model
	options Options
	schemas schemas
}

var _ review.Model = (*Client)(nil)

// New makes a Client. It reads AWS's variables and files and makes no call: Check does.
func New(ctx context.Context, o Options) (*Client, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, misused(err)
	}
	cfg, err := config.LoadDefaultConfig(ctx, loading(o)...)
	if err != nil {
		return nil, misused(fmt.Errorf("AWS's settings: %w", err))
	}
	if cfg.Region = or(cfg.Region, regionOf(o.Model)); cfg.Region == "" {
		return nil, misused(errors.New("no region: set AWS_REGION"))
	}
	c := &Client{options: o}
	api := bedrockruntime.NewFromConfig(cfg, func(b *bedrockruntime.Options) {
		if o.Endpoint != "" {
			b.BaseEndpoint = aws.String(o.Endpoint)
		}
	})
	for _, id := range o.models() {
		c.models = append(c.models, newModel(id, o, api))
	}
	return c, nil
}

func misused(err error) error { return &review.ModelError{Kind: review.ModelMisused, Err: err} }

func loading(o Options) []func(*config.LoadOptions) error {
	var with []func(*config.LoadOptions) error
	if o.Region != "" {
		with = append(with, config.WithRegion(o.Region))
	}
	if k := o.Keys; k != nil {
		with = append(with, config.WithCredentialsProvider(aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: k.ID, SecretAccessKey: k.Secret, Source: "options"}, nil
		})))
	}
	return with
}

// regionOf is the region in an ARN: arn:aws:bedrock:REGION:ACCOUNT:…
func regionOf(id string) string {
	if parts := strings.Split(id, ":"); len(parts) > 5 && parts[0] == "arn" {
		return parts[3]
	}
	return ""
}

// Complete asks the models in order until one answers. With an error, the answer still tells the usage: a cut answer
// costs as much as a whole one.
func (c *Client) Complete(ctx context.Context, q review.Query) (review.Answer, error) {
	began := c.options.Now()
	s, err := c.schemas.compile(q.Schema)
	if err != nil {
		return review.Answer{}, misused(err)
	}
	answer, err := c.ask(ctx, talk{query: q, schema: s})
	answer.Took = c.options.Now().Sub(began)
	c.log(ctx, answer, err)
	return answer, err
}

func (c *Client) ask(ctx context.Context, t talk) (answer review.Answer, err error) {
	var first *review.ModelError
	var used review.Usage
	for _, m := range c.models {
		answer, err = m.complete(ctx, t)
		used = add(used, answer.Usage)
		answer.Usage = used
		failure, failed := errors.AsType[*review.ModelError](err)
		if !failed {
			return answer, nil
		}
		first = joined(first, failure)
		if ctx.Err() != nil || !passesOn(failure.Kind) {
			break
		}
	}
	return answer, first
}

// joined keeps the kind of the first failure: it is the one to do something about.
func joined(first, next *review.ModelError) *review.ModelError {
	if first == nil {
		return next
	}
	return &review.ModelError{Kind: first.Kind, Err: fmt.Errorf("%w; then %w", first.Err, next.Err)}
}

func (c *Client) log(ctx context.Context, a review.Answer, err error) {
	args := []any{
		"model", a.Model, "way", a.Way, "took", a.Took, "input_tokens", a.Usage.Input, "output_tokens", a.Usage.Output,
		"cache_read_tokens", a.Usage.CacheRead, "cache_write_tokens", a.Usage.CacheWrite, "calls", a.Usage.Calls,
	}
	if err != nil {
		c.options.Log.WarnContext(ctx, "model gave no answer", append(args, "error", err)...)
		return
	}
	c.options.Log.DebugContext(ctx, "model answered", args...)
}

// Cost is what an answer cost by the operator's prices. It is unknown for a model without one.
func (c *Client) Cost(a review.Answer) (cost float64, known bool) {
	return c.options.Prices.Cost(a.Model, a.Usage)
}
