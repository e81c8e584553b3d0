package github

import (
	"context"
	"strings"

	"github.com/aymanbagabas/go-udiff"
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
	l, err := c.listing(ctx, t)
	if err != nil {
		return fileDiff{}, false, err
	}
	v := c.views.of(t)
	v.mu.Lock()
	defer v.mu.Unlock()
	changed, ok := v.changed[path]
	if !ok {
		return fileDiff{}, false, nil
	}
	d := fileDiff{Path: path, OldPath: changed.OldPath, Base: changed.Base, Head: changed.Head, Patch: l.patches[path]}
	if !applies(d.Patch, string(d.Base), string(d.Head)) {
		d.Patch = hunks(string(d.Base), string(d.Head))
	}
	return d, true, nil
}

// hunks computes the unified diff of two texts without the lines that name the files.
func hunks(base, head string) string {
	patch, err := udiff.ToUnified("a", "b", base, udiff.Lines(base, head), udiff.DefaultContextLines)
	if err != nil {
		return "" // the edits are those of the text
	}
	_, patch, _ = strings.Cut(patch, "\n") // ---
	_, patch, _ = strings.Cut(patch, "\n") // +++
	return patch
}
