package github

import (
	"context"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

// Prompts reads the layers of prompts: the organisation's, then the repository's at the merge base.
func (c *Client) Prompts(ctx context.Context, t *webhook.Target, config *review.Config) ([]prompts.Layer, error) {
	return nil, nil
}
