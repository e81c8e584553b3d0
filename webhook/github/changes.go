package github

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"path"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

// ChangeSet reads the changed migrations, and those that were there before. Where no changed file can be a
// migration, nothing is read.
func (c *Client) ChangeSet(ctx context.Context, t *webhook.Target, config *review.Config) (*webhook.Changes, error) {
	l, err := c.listing(ctx, t)
	if err != nil {
		return nil, err
	}
	set, left := &review.ChangeSet{}, []review.NotReviewed(nil)
	if mayMigrate(l, config) {
		if set, left, err = c.collect(ctx, t, l, config); err != nil {
			return nil, fmt.Errorf("migrations of %s: %w", t.Key(), err)
		}
	}
	v := c.views.of(t)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.changed = make(map[string]review.Changed, len(set.Changed))
	for _, changed := range set.Changed {
		v.changed[changed.Path] = changed
	}
	return &webhook.Changes{Set: set, Left: left, Content: contentOf(set, config)}, nil
}

// mayMigrate reports whether one of the touched paths can be a migration.
func mayMigrate(l *listing, config *review.Config) bool {
	return slices.ContainsFunc(l.touched, func(t review.Touched) bool {
		return config.MayBeMigration(t.Path) || t.OldPath != "" && config.MayBeMigration(t.OldPath)
	})
}

func (c *Client) collect(ctx context.Context, t *webhook.Target, l *listing, config *review.Config) (*review.ChangeSet, []review.NotReviewed, error) {
	s, err := c.start(ctx, t)
	if err != nil {
		return nil, nil, err
	}
	base, err := c.tree(ctx, t.Job, s.tree)
	if err != nil {
		return nil, nil, err
	}
	both := &sides{base: base, head: l, read: func(refs []blobRef) ([]review.Content, error) { return c.blobs(ctx, t.Job, refs) }}
	return review.Collect(base.paths(), l.touched, both, config)
}

// sides are the contents of a target: at its merge base and at its head.
type sides struct {
	base *tree
	head *listing
	read func([]blobRef) ([]review.Content, error)
	size int // of what was read of the head
}

// Read reads files at the merge base and at the head.
func (s *sides) Read(base, head []string) (atBase, atHead []review.Content, err error) {
	refs := make([]blobRef, 0, len(base)+len(head))
	for _, p := range base {
		ref, _ := s.base.find(p)
		refs = append(refs, ref)
	}
	for _, p := range head {
		refs = append(refs, s.head.head[p])
	}
	all, err := s.read(refs)
	if err != nil {
		return nil, nil, err
	}
	atBase, atHead = all[:len(base)], all[len(base):]
	for i, c := range atHead {
		s.size += len(c.Data)
		switch {
		case s.isLink(head[i], c.Data):
			atHead[i] = review.Content{Err: errNoFile}
		case s.size > maxChange && c.Err == nil:
			atHead[i] = review.Content{Err: errTooMuch}
		}
	}
	return atBase, atHead, nil
}

var errNoFile = errors.New("not a plain file")

// isLink reports whether the content is that of a symbolic link, which the list of files does not tell: the
// path of another file, and nothing else.
func (s *sides) isLink(p string, data []byte) bool {
	if len(data) == 0 || len(data) > 1024 || strings.ContainsAny(string(data), "\n;") {
		return false
	}
	aim := path.Join(path.Dir(p), string(data))
	_, before := s.base.find(aim)
	_, now := s.head.head[aim]
	return before || now
}

// contentOf identifies what a verdict depends on: the migrations before and after, and the configuration.
func contentOf(set *review.ChangeSet, config *review.Config) string {
	h := sha256.New()
	e := json.NewEncoder(h)
	_ = e.Encode([]any{
		config.Engine, config.Language, config.LowerCaseTableNames, config.Migrations, config.FailOn, config.Rules, config.AI,
	})
	for _, i := range config.Ignore {
		_ = e.Encode([]any{i.Rule, i.Object, i.Reason, i.Until})
	}
	for _, f := range set.History {
		hashFile(h, "history", f.Path, "", f.Data)
	}
	for _, f := range set.Changed {
		hashFile(h, "base", f.Path, f.OldPath, f.Base)
		hashFile(h, "head", f.Path, f.OldPath, f.Head)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashFile writes so that no two files can be mistaken for each other.
func hashFile(h hash.Hash, what, path, old string, data []byte) {
	fmt.Fprintf(h, "%s %q %q %t %d\n", what, path, old, data != nil, len(data))
	h.Write(data)
}
