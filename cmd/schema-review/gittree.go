package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// blob is a file in a commit: its path, and the id of its content.
type blob struct{ path, id string }

// tree lists the plain files of a commit, or those below the folders; symbolic links and submodules are not files to
// review.
func (r *repository) tree(ctx context.Context, commit string, folders ...string) ([]blob, error) {
	out, err := r.git(ctx, append([]string{"ls-tree", "-r", "-z", "--full-tree", commit, "--"}, folders...)...)
	if err != nil {
		return nil, err
	}
	var blobs []blob
	for _, entry := range fields(out) {
		head, path, _ := strings.Cut(entry, "\t")
		mode, rest, _ := strings.Cut(head, " ")
		if _, id, ok := strings.Cut(rest, " "); ok && strings.HasPrefix(mode, "100") {
			blobs = append(blobs, blob{path, id})
		}
	}
	return blobs, nil
}

// edit is a path at which the working tree differs from a commit.
type edit struct {
	path    string
	old     string // where it was before, "" when it has not moved
	deleted bool
}

// edits lists what differs between the commit and the working tree, untracked files included.
func (r *repository) edits(ctx context.Context, commit string) ([]edit, error) {
	out, err := r.git(ctx, "diff", "--name-status", "-z", "-M", "--no-ext-diff", "--no-textconv",
		"--no-relative", "--no-color", "--ignore-submodules=all", commit, "--")
	if err != nil {
		return nil, err
	}
	edits, err := nameStatus(fields(out))
	if err != nil {
		return nil, err
	}
	untracked, err := r.list(ctx, "--others")
	for _, path := range untracked {
		edits = append(edits, edit{path: path})
	}
	return edits, err
}

func nameStatus(words []string) ([]edit, error) {
	var edits []edit
	for len(words) > 1 {
		e := edit{path: words[1], deleted: words[0] == "D"}
		n := 2
		if strings.HasPrefix(words[0], "R") || strings.HasPrefix(words[0], "C") {
			if len(words) < 3 {
				return nil, fmt.Errorf("git diff: %q without its second path", words[0])
			}
			e, n = edit{path: words[2], old: words[1]}, 3
		}
		edits, words = append(edits, e), words[n:]
	}
	return edits, nil
}

// list gives the files of the working tree that are not ignored: --cached, --others or both, below the paths.
func (r *repository) list(ctx context.Context, args ...string) ([]string, error) {
	out, err := r.git(ctx, append([]string{"ls-files", "-z", "--exclude-standard"}, args...)...)
	return fields(out), err
}

// filesAt reads files of a commit.
func (r *repository) filesAt(ctx context.Context, commit string, folders []string, wanted func(string) bool) (map[string][]byte, error) {
	blobs, err := r.tree(ctx, commit, folders...)
	blobs = slices.DeleteFunc(blobs, func(b blob) bool { return !wanted(b.path) })
	if err != nil || len(blobs) == 0 {
		return nil, err
	}
	reader, err := r.blobReader(ctx)
	if err != nil {
		return nil, err
	}
	defer reader.close()
	var ids []string
	for _, b := range blobs {
		ids = append(ids, b.id)
	}
	contents, err := reader.read(ids)
	files := map[string][]byte{}
	for i := range contents {
		if contents[i].Err == nil {
			files[blobs[i].path] = contents[i].Data
		}
	}
	return files, err
}
