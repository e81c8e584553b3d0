package github

import (
	"context"
	"crypto/sha1" // git's name for a content
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

// blobRef is a content by its git name.
type blobRef struct {
	sha  string
	size int64 // -1 = not known
}

// blobName is how git names a content.
func blobName(data []byte) string {
	h := sha1.New() // git's name for a content
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// A server reviews for many: it takes less at a time than a laptop does (review.MaxFile), because a review needs
// some fourteen times the text's size, and who opens a pull request may be anybody.
const (
	maxFile   = 8 << 20
	maxChange = 16 << 20 // all changed files together
)

var (
	errTooLarge = fmt.Errorf("larger than %d MB", maxFile>>20)
	errTooMuch  = fmt.Errorf("the changed files are larger than %d MB together", maxChange>>20)
)

var errNoContent = errors.New("GitHub doesn't give its content")

// blobs reads contents: from the cache, else from GitHub, as many with each call as it allows.
func (c *Client) blobs(ctx context.Context, j webhook.Job, refs []blobRef) ([]review.Content, error) {
	b := &blobReader{c: c, j: j, got: map[string]review.Content{}}
	for _, r := range refs {
		b.want(r)
	}
	if err := b.fetch(ctx); err != nil {
		return nil, err
	}
	contents := make([]review.Content, len(refs))
	for i, r := range refs {
		contents[i] = b.got[r.sha]
	}
	return contents, nil
}

// blobReader reads the contents of one call.
type blobReader struct {
	c       *Client
	j       webhook.Job
	missing []blobRef

	mu  sync.Mutex
	got map[string]review.Content // by SHA
}

// want takes a content from the cache, or notes that it is missing.
func (b *blobReader) want(r blobRef) {
	if _, ok := b.got[r.sha]; ok {
		return
	}
	switch {
	case r.size > maxFile:
		b.got[r.sha] = review.Content{Err: errTooLarge}
	case !isSHA(r.sha):
		b.got[r.sha] = review.Content{Err: errNoContent}
	default:
		b.got[r.sha] = review.Content{Data: b.cached(r.sha)}
		if b.got[r.sha].Data == nil {
			b.missing = append(b.missing, r)
		}
	}
}

// cached reads and verifies: a disk may lie, and so may a process that was killed.
func (b *blobReader) cached(sha string) []byte {
	key := objectKey{b.j.Installation, "blob", sha}
	data := b.c.objects.read(key)
	if data != nil && blobName(data) != sha {
		b.c.objects.drop(key)
		return nil
	}
	return data
}

// put takes what GitHub gave, when it is what was asked for.
func (b *blobReader) put(sha string, data []byte) bool {
	if blobName(data) != sha {
		return false
	}
	b.c.objects.write(objectKey{b.j.Installation, "blob", sha}, data)
	b.set(sha, review.Content{Data: data})
	return true
}

func (b *blobReader) set(sha string, c review.Content) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.got[sha] = c
}

func (b *blobReader) lacks(r blobRef) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.got[r.sha]
	return c.Data == nil && c.Err == nil
}

// fetch asks GraphQL, and REST for what that doesn't give.
func (b *blobReader) fetch(ctx context.Context) error {
	err := inParallel(ctx, 3, batches(b.missing), b.query)
	if err != nil {
		return err
	}
	var rest []blobRef
	for _, r := range b.missing {
		if b.lacks(r) {
			rest = append(rest, r)
		}
	}
	return inParallel(ctx, 6, rest, b.download)
}

// inParallel calls f for each item, some at a time, until one fails.
func inParallel[T any](ctx context.Context, workers int, items []T, f func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan T)
	var wg sync.WaitGroup
	for range min(workers, len(items)) {
		wg.Go(func() {
			for item := range next {
				if err := f(ctx, item); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	for _, item := range items {
		select {
		case next <- item:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}
