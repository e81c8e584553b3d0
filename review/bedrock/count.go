package bedrock

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"github.com/schema-review/schema-review/review"
)

// Count is how many tokens a question has.
type Count struct {
	Tokens    int
	Estimated bool // the model doesn't count, or couldn't be asked
}

// countDeadline is short: a budget is not worth waiting for.
const countDeadline = 10 * time.Second

// CountTokens is how many tokens a question has for the first model: what AWS would charge, where the model counts;
// else Estimate.
func (c *Client) CountTokens(ctx context.Context, q review.Query) Count {
	s, err := c.schemas.compile(q.Schema)
	if err != nil {
		return Count{Estimate(q), true}
	}
	if n, ok := c.models[0].counted(ctx, talk{query: q, schema: s}); ok {
		return Count{Tokens: n}
	}
	return Count{Estimate(q), true}
}

// Estimate guesses high: SQL and English have at least three letters a token with the models' tokenizers, and a
// Japanese letter is rarely more than one token and a half.
func Estimate(q review.Query) int {
	ascii, other := 0, 0
	for _, part := range []string{q.System, q.Stable, q.Content, string(q.Schema)} {
		for _, r := range part {
			if r < 0x80 {
				ascii++
			} else {
				other++
			}
		}
	}
	return ascii/3 + other*3/2 + 16
}

// counter is under which ids the model may count. Counting is for foundation models, so a profile's model is asked
// before the profile; many models refuse both, and an ARN of a profile always is refused
// (pydantic/pydantic-ai issue 4001, BerriAI/litellm issue 34272).
type counter struct{ ids []string }

func newCounter(id string) counter {
	if strings.HasPrefix(id, "arn:") {
		if strings.Contains(id, ":foundation-model/") {
			return counter{[]string{id}}
		}
		return counter{}
	}
	if parts := strings.SplitN(id, ".", 3); len(parts) == 3 && !strings.ContainsAny(parts[1], "0123456789-") {
		return counter{[]string{parts[1] + "." + parts[2], id}}
	}
	return counter{[]string{id}}
}

// counted asks the model. What refuses to count is not asked again.
func (m *model) counted(ctx context.Context, t talk) (int, bool) {
	ctx, cancel := context.WithTimeout(ctx, countDeadline)
	defer cancel()
	for id := m.counts(); id != ""; id = m.counts() {
		out, err := m.api.CountTokens(ctx, m.countRequest(t, id), func(o *bedrockruntime.Options) { o.Retryer = aws.NopRetryer{} })
		switch codeOf(err) {
		case "ValidationException", "AccessDeniedException", "ResourceNotFoundException":
			m.countsNot(id)
			continue
		}
		if err != nil || out.InputTokens == nil {
			return 0, false
		}
		return int(*out.InputTokens), true
	}
	return 0, false
}

func (m *model) counts() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.count.ids) == 0 {
		return ""
	}
	return m.count.ids[0]
}

func (m *model) countsNot(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.count.ids) > 0 && m.count.ids[0] == id {
		m.count.ids = m.count.ids[1:]
	}
}

// countRequest is the question without what has no tokens.
func (m *model) countRequest(t talk, id string) *bedrockruntime.CountTokensInput {
	s := m.known(t)
	s.cache = false
	plain := &model{id: id, options: m.options}
	plain.options.Guardrail = Guardrail{}
	in := plain.request(t, s)
	return &bedrockruntime.CountTokensInput{ModelId: aws.String(id), Input: &types.CountTokensInputMemberConverse{
		Value: types.ConverseTokensRequest{System: in.System, Messages: in.Messages, ToolConfig: in.ToolConfig},
	}}
}
