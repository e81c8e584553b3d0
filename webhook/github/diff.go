package github

import (
	"context"

	"github.com/schema-review/schema-review/webhook"
)

// fileDiff is what a changed file looks like for comments: they can only stand inside its hunks.
type fileDiff struct {
	Path, OldPath string // OldPath is "" when it has not moved
	Base, Head    []byte // nil when it is new, or was deleted
	Patch         string // unified hunks with 3 lines of context, as GitHub shows them
}

// diffOf gives the hunks of a migration that the target changes; false for every other file.
func (c *Client) diffOf(ctx context.Context, t *webhook.Target, path string) (fileDiff, bool, error) {
	return fileDiff{}, false, nil
}
