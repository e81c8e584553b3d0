package github

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

const (
	batchFiles = 50
	batchBytes = 4 << 20
	// wholeText is the size up to which GraphQL gives a text whole.
	wholeText = 500 << 10
)

// batches groups what one query each asks for. What is known to be too large for a query is left out.
func batches(refs []blobRef) [][]blobRef {
	var all [][]blobRef
	var batch []blobRef
	size := int64(0)
	for _, r := range refs {
		if r.size > wholeText {
			continue
		}
		if len(batch) == batchFiles || size+r.size > batchBytes {
			all, batch, size = append(all, batch), nil, 0
		}
		batch, size = append(batch, r), size+max(r.size, 0)
	}
	if len(batch) > 0 {
		all = append(all, batch)
	}
	return all
}

// query asks GraphQL for a batch. What it refuses, cuts, or doesn't give byte by byte is left to REST.
func (b *blobReader) query(ctx context.Context, batch []blobRef) error {
	if b.c.withoutGraphQL() {
		return nil
	}
	var q strings.Builder
	q.WriteString("query($owner:String!,$name:String!){repository(owner:$owner,name:$name){")
	for i, r := range batch {
		fmt.Fprintf(&q, "b%d:object(oid:%q){...on Blob{text isBinary isTruncated}}", i, r.sha)
	}
	q.WriteString("}}")
	var out struct {
		Repository map[string]*struct {
			Text        *string `json:"text"`
			IsBinary    bool    `json:"isBinary"`
			IsTruncated bool    `json:"isTruncated"`
		} `json:"repository"`
	}
	err := b.c.graphql(ctx, b.j.Installation, q.String(), map[string]any{"owner": b.j.Owner, "name": b.j.Repo}, &out)
	if err := b.c.withoutBlobs(err); err != nil {
		return err
	}
	for i, r := range batch {
		if o := out.Repository[fmt.Sprintf("b%d", i)]; o != nil && o.Text != nil && !o.IsTruncated {
			b.put(r.sha, []byte(*o.Text))
		}
	}
	return nil
}

// withoutBlobs gives the failures of a query that REST would have, too. A server without GraphQL is not asked
// again for a while.
func (c *Client) withoutBlobs(err error) error {
	if err == nil {
		return nil
	}
	classified := c.classify(err)
	_, partly := errors.AsType[*graphQLErrors](err)
	switch {
	case isLimit(classified):
		return classified
	case lacksGraphQL(err):
		c.noGraphQL.Store(c.options.Now().Add(10 * time.Minute).UnixNano())
		return nil
	case partly, hasStatus(err, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout):
		return nil
	}
	return classified
}

// isLimit reports whether GitHub asked to wait.
func isLimit(err error) bool {
	e, ok := errors.AsType[*webhook.RetryError](err)
	return ok && e.After > 0
}

func (c *Client) withoutGraphQL() bool { return c.options.Now().UnixNano() < c.noGraphQL.Load() }

// download reads one content by REST.
func (b *blobReader) download(ctx context.Context, r blobRef) error {
	data, err := b.c.restBlob(ctx, b.j, r.sha)
	if isGone(err) {
		// What was pushed a moment ago may not be everywhere yet.
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
		data, err = b.c.restBlob(ctx, b.j, r.sha)
	}
	switch {
	case errors.Is(err, errTooLarge):
		b.set(r.sha, review.Content{Err: errTooLarge})
		return nil
	case isGone(err):
		b.set(r.sha, review.Content{Err: errNoContent})
		return nil
	case err != nil:
		return fmt.Errorf("blob %s: %w", r.sha, err)
	}
	if !b.put(r.sha, data) {
		b.set(r.sha, review.Content{Data: data}) // an emulator's names are not git's
	}
	return nil
}

func isGone(err error) bool {
	_, ok := errors.AsType[*webhook.GoneError](err)
	return ok
}

// restBlob reads the bytes as they are; a server that knows no media types gives them in base64.
func (c *Client) restBlob(ctx context.Context, j webhook.Job, sha string) ([]byte, error) {
	gh := c.rest(j.Installation)
	req, err := gh.NewRequest(http.MethodGet, fmt.Sprintf("repos/%s/%s/git/blobs/%s", j.Owner, j.Repo, sha), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/vnd.github.raw+json")
	resp, err := gh.BareDo(ctx, req)
	if err != nil {
		return nil, c.classify(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxFile*3/2))
	switch {
	case err != nil:
		return nil, &webhook.RetryError{Err: err}
	case len(data) == maxFile*3/2: // in base64 it would have been that long, too
		return nil, errTooLarge
	}
	if blobName(data) != sha && strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		data = unwrapBlob(data)
	}
	if len(data) > maxFile {
		return nil, errTooLarge
	}
	return data, nil
}

// unwrapBlob takes the content out of its JSON; what is none stays.
func unwrapBlob(data []byte) []byte {
	var wrapped struct {
		Content  string `json:"content"`
		Encoding string `json:"encoding"`
	}
	if json.Unmarshal(data, &wrapped) != nil || wrapped.Encoding == "" {
		return data
	}
	if wrapped.Encoding != "base64" {
		return []byte(wrapped.Content)
	}
	plain, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(wrapped.Content, "\n", ""))
	if err != nil {
		return data
	}
	return plain
}
