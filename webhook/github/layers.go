package github

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

const configPath = ".github/schema-review.yml"

// Layers reads the configuration: the organisation's, and the repository's at the merge base, so that a pull
// request can't change its own checks. When it edits the latter, preview is the edited file's layer.
func (c *Client) Layers(ctx context.Context, t *webhook.Target) (layers []review.Layer, preview *review.Layer, err error) {
	org, err := c.org(ctx, t.Job)
	if err != nil {
		return nil, nil, err
	}
	own, err := c.ownLayer(ctx, t)
	if err != nil {
		return nil, nil, fmt.Errorf("configuration of %s: %w", t.FullName(), err)
	}
	for _, l := range []*review.Layer{org.layer, own} {
		if l != nil {
			layers = append(layers, *l)
		}
	}
	preview, err = c.editedLayer(ctx, t)
	return layers, preview, err
}

func repositoryLayer(data []byte) *review.Layer {
	return &review.Layer{Name: review.RepositoryLayer, Path: configPath, Data: data}
}

// ownLayer is the repository's file at the merge base, nil when there is none.
func (c *Client) ownLayer(ctx context.Context, t *webhook.Target) (*review.Layer, error) {
	s, err := c.start(ctx, t)
	if err != nil {
		return nil, err
	}
	key := objectKey{t.Installation, "config", s.tree}
	if kept := c.objects.read(key); len(kept) > 0 {
		return unkeepLayer(kept), nil
	}
	layer, err := c.readLayer(ctx, t, s)
	if err != nil {
		return nil, err
	}
	c.objects.write(key, keepLayer(layer))
	return layer, nil
}

// keepLayer writes a layer, or that there is none, for the cache.
func keepLayer(l *review.Layer) []byte {
	if l == nil {
		return []byte{'-'}
	}
	return append([]byte{'+'}, l.Data...)
}

func unkeepLayer(kept []byte) *review.Layer {
	if kept[0] == '-' {
		return nil
	}
	return repositoryLayer(kept[1:])
}

// readLayer looks into the tree where that is needed anyway. Otherwise a whole tree would be much for one file.
func (c *Client) readLayer(ctx context.Context, t *webhook.Target, s *start) (*review.Layer, error) {
	l, err := c.listing(ctx, t)
	if err != nil {
		return nil, err
	}
	if !mayMigrate(l, &review.Config{}) {
		data, err := c.contents(ctx, t.Job, configPath, s.commit)
		if data == nil || err != nil {
			return nil, err
		}
		return repositoryLayer(data), nil
	}
	files, err := c.tree(ctx, t.Job, s.tree)
	if err != nil {
		return nil, err
	}
	ref, ok := files.find(configPath)
	if !ok {
		return nil, nil
	}
	data, err := c.blob(ctx, t.Job, ref)
	if err != nil {
		return nil, err
	}
	return repositoryLayer(data), nil
}

// editedLayer is the file as the target leaves it, nil when it doesn't touch it.
func (c *Client) editedLayer(ctx context.Context, t *webhook.Target) (*review.Layer, error) {
	l, err := c.listing(ctx, t)
	if err != nil {
		return nil, err
	}
	ref, touched := l.touches(configPath)
	switch {
	case !touched:
		return nil, nil
	case ref.sha == "":
		return repositoryLayer(nil), nil
	}
	data, err := c.blob(ctx, t.Job, ref)
	if err != nil {
		return nil, err
	}
	return repositoryLayer(data), nil
}

// blob reads one content that is not a migration.
func (c *Client) blob(ctx context.Context, j webhook.Job, r blobRef) ([]byte, error) {
	contents, err := c.blobs(ctx, j, []blobRef{r})
	if err != nil {
		return nil, err
	}
	return contents[0].Data, contents[0].Err
}

// contents reads a file at a commit, or at the default branch's when ref is ""; nil when there is none.
func (c *Client) contents(ctx context.Context, j webhook.Job, path, ref string) ([]byte, error) {
	file, _, _, err := c.rest(j.Installation).Repositories.GetContents(ctx, j.Owner, j.Repo, path, &github.RepositoryContentGetOptions{Ref: ref})
	switch {
	case hasStatus(err, http.StatusNotFound, http.StatusNotImplemented):
		return nil, nil
	case err != nil:
		return nil, c.classify(err)
	case file == nil || file.GetType() != "file":
		return nil, nil
	case file.GetEncoding() == "none": // larger than a megabyte
		return c.blob(ctx, j, blobRef{file.GetSHA(), int64(file.GetSize())})
	}
	text, err := file.GetContent()
	return []byte(text), err
}
