package github

import (
	"context"

	"github.com/schema-review/schema-review/webhook"
)

// Heard reads how our comments on a pull request stand now, in one call if GitHub has GraphQL and there are no more than
// a hundred conversations.
func (c *Client) Heard(ctx context.Context, j webhook.Job, known []string) (*webhook.Heard, error) {
	talk, err := c.conversation(ctx, &webhook.Target{Job: j})
	if err != nil {
		return nil, err
	}
	h := &webhook.Heard{Head: talk.head, Open: !talk.closed, Merged: talk.merged, SeesHidden: talk.past.seesHidden}
	comments, _ := distinctComments(talk.past.comments)
	for _, one := range comments {
		h.Comments = append(h.Comments, one.heard())
	}
	for _, fingerprint := range known {
		if talk.past.deleted(said{fingerprint: fingerprint}) {
			h.Comments = append(h.Comments, webhook.Posted{Fingerprint: fingerprint, First: fingerprint, State: "dismissed"})
		}
	}
	return h, nil
}

// heard is the comment as far as it tells of itself.
func (c *comment) heard() webhook.Posted {
	return webhook.Posted{
		Fingerprint: c.fingerprint(), First: c.posted(), Rule: c.mark.get(markRule), Object: c.mark.get(markObject), ByModel: c.advised(),
		Comment: c.id, State: c.state(),
		Shown: c.last > 0, Up: c.up, Down: c.down, At: c.at,
	}
}
