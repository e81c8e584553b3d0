package bedrock

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/schema-review/schema-review/review"
)

// Checked is what a test of a model found.
type Checked struct {
	Model string
	Way   string // in which JSON was asked for
	Took  time.Duration
	Err   error // nil: the model answers; else what to do about it
}

// String is for operators: OK, or what to do.
func (c Checked) String() string {
	if c.Err != nil {
		return c.Err.Error()
	}
	return c.Model + ": OK"
}

// Check asks each model for a few tokens: the whole way is tried, at next to no cost. With a schema, Bedrock also
// prepares it for these models, which may take minutes and is then kept for a day; else the first review would wait.
func (c *Client) Check(ctx context.Context, schema json.RawMessage) []Checked {
	all := make([]Checked, 0, len(c.models))
	for _, m := range c.models {
		all = append(all, c.check(ctx, m, schema))
	}
	return all
}

func (c *Client) check(ctx context.Context, m *model, raw json.RawMessage) Checked {
	s, err := c.schemas.compile(raw)
	if err != nil {
		return Checked{Model: m.id, Err: misused(err)}
	}
	began := c.options.Now()
	out, shape, err := m.converse(ctx, talk{schema: s, query: review.Query{
		Content: "This is a test of the connection. Answer with {}.", MaxTokens: 16, Tags: map[string]string{"purpose": "check"},
	}})
	if err == nil {
		err = blocked(m.use(out, s))
	}
	return Checked{Model: m.id, Way: string(shape.way), Took: c.options.Now().Sub(began), Err: err}
}

// blocked is a failure that reviews would have as well. That 16 tokens are too few for an answer is none.
func blocked(_ reply, err error) error {
	if failure, ok := errors.AsType[*review.ModelError](err); ok && failure.Kind == review.ModelRefused {
		return err
	}
	return nil
}
