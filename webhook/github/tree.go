package github

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/webhook"
)

// tree lists the plain files of a commit by path: symbolic links and submodules are not files to review.
type tree struct{ files []treeFile }

type treeFile struct {
	path string
	blobRef
}

// find gives the file at a path.
func (t *tree) find(path string) (blobRef, bool) {
	i, ok := slices.BinarySearchFunc(t.files, path, func(f treeFile, p string) int { return cmp.Compare(f.path, p) })
	if !ok {
		return blobRef{}, false
	}
	return t.files[i].blobRef, true
}

func (t *tree) paths() []string {
	paths := make([]string, len(t.files))
	for i, f := range t.files {
		paths[i] = f.path
	}
	return paths
}

// tree reads the whole tree of a commit or tree by its SHA.
func (c *Client) tree(ctx context.Context, j webhook.Job, sha string) (*tree, error) {
	key := objectKey{j.Installation, "tree", sha}
	if data := c.objects.read(key); data != nil {
		if t, err := decodeTree(data); err == nil {
			return t, nil
		}
		c.objects.drop(key)
	}
	t, err := c.readTree(ctx, j, sha)
	if err != nil {
		return nil, fmt.Errorf("tree %s: %w", sha, err)
	}
	slices.SortFunc(t.files, func(a, b treeFile) int { return cmp.Compare(a.path, b.path) })
	c.objects.write(key, encodeTree(t))
	return t, nil
}

// readTree asks GitHub: for all at once, or where that is too much, for one folder after the other.
func (c *Client) readTree(ctx context.Context, j webhook.Job, sha string) (*tree, error) {
	t := &tree{}
	truncated, err := c.listTree(ctx, j, sha, true, t.add)
	if err != nil || !truncated {
		return t, err
	}
	t = &tree{}
	var folders []treeEntry
	truncated, err = c.listTree(ctx, j, sha, false, func(e treeEntry) {
		if e.Type == "tree" {
			folders = append(folders, e)
		}
		t.add(e)
	})
	if truncated {
		err = errors.Join(err, &webhook.RefusedError{Sentence: "A folder of the repository has more files than GitHub lists.", Err: errors.New("truncated")})
	}
	for i := 0; i < len(folders) && err == nil; i++ {
		err = t.graft(ctx, c, j, folders[i])
	}
	return t, err
}

// graft adds the files below a folder.
func (t *tree) graft(ctx context.Context, c *Client, j webhook.Job, folder treeEntry) error {
	below, err := c.tree(ctx, j, folder.SHA)
	if err != nil {
		return err
	}
	for _, f := range below.files {
		t.files = append(t.files, treeFile{folder.Path + "/" + f.path, f.blobRef})
	}
	return nil
}

// treeEntry is an entry of GitHub's answer.
type treeEntry struct {
	Path string `json:"path"`
	Mode string `json:"mode"`
	Type string `json:"type"`
	SHA  string `json:"sha"`
	Size int64  `json:"size"`
}

func (t *tree) add(e treeEntry) {
	if e.Type == "blob" && strings.HasPrefix(e.Mode, "100") && isSHA(e.SHA) && !strings.Contains(e.Path, "\x00") {
		t.files = append(t.files, treeFile{e.Path, blobRef{e.SHA, e.Size}})
	}
}

// listTree gives the entries as they come in: a large tree's answer has many megabytes.
func (c *Client) listTree(ctx context.Context, j webhook.Job, sha string, recursive bool, each func(treeEntry)) (truncated bool, err error) {
	path := fmt.Sprintf("repos/%s/%s/git/trees/%s", j.Owner, j.Repo, sha)
	if recursive {
		path += "?recursive=1"
	}
	gh := c.rest(j.Installation)
	req, err := gh.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return false, err
	}
	resp, err := gh.BareDo(ctx, req)
	if err != nil {
		return false, c.classify(err)
	}
	defer resp.Body.Close()
	if truncated, err = decodeListing(resp.Body, each); err != nil {
		return false, &webhook.RetryError{Err: err}
	}
	return truncated, nil
}

func decodeListing(r io.Reader, each func(treeEntry)) (truncated bool, err error) {
	d := json.NewDecoder(r)
	if _, err := d.Token(); err != nil {
		return false, err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return false, err
		}
		switch name {
		case "tree":
			err = decodeEntries(d, each)
		case "truncated":
			err = d.Decode(&truncated)
		default:
			err = d.Decode(new(json.RawMessage))
		}
		if err != nil {
			return false, err
		}
	}
	_, err = d.Token()
	return truncated, err
}

func decodeEntries(d *json.Decoder, each func(treeEntry)) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		var e treeEntry
		if err := d.Decode(&e); err != nil {
			return err
		}
		each(e)
	}
	_, err := d.Token()
	return err
}

// encodeTree writes a tree for the cache: SHA, size and path of each file. The checksum of gzip tells whether
// it came through whole.
func encodeTree(t *tree) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // the level is a valid one
	for _, f := range t.files {
		_, _ = fmt.Fprintf(w, "%s %d %s\x00", f.sha, f.size, f.path)
	}
	_ = w.Close()
	return b.Bytes()
}

// plainSize is what the end of a gzip file says, as far as one of that length can hold so much.
func plainSize(data []byte) int {
	const mostPerByte = 1032
	return min(int(binary.LittleEndian.Uint32(data[len(data)-4:])), len(data)*mostPerByte)
}

func decodeTree(data []byte) (*tree, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	text.Grow(plainSize(data))
	if _, err := io.Copy(&text, r); err != nil { // we wrote it
		return nil, err
	}
	t := &tree{files: make([]treeFile, 0, strings.Count(text.String(), "\x00"))}
	for line := range strings.SplitSeq(strings.TrimSuffix(text.String(), "\x00"), "\x00") {
		if line == "" {
			continue
		}
		sha, rest, _ := strings.Cut(line, " ")
		number, path, ok := strings.Cut(rest, " ")
		size, err := strconv.ParseInt(number, 10, 64)
		if err != nil || !ok || !isSHA(sha) {
			return nil, errors.New("not a tree")
		}
		t.files = append(t.files, treeFile{path, blobRef{sha, size}})
	}
	return t, nil
}
