package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// branch takes what differs between the merge base and the working tree; the history is the base.
func (g *gatherer) branch(ctx context.Context) (err error) {
	commit, name, err := g.repo.base(ctx, g.options.base, g.options.pullRequestBase)
	if err != nil {
		return err
	}
	if commit == "" {
		return g.wholeHistory(ctx)
	}
	g.against = fmt.Sprintf("%s (%s)", name, commit[:min(len(commit), 8)])
	tree, err := g.repo.tree(ctx, commit)
	if err != nil {
		return err
	}
	edits, err := g.repo.edits(ctx, commit)
	if err != nil {
		return err
	}
	if edits, err = g.wanted(edits); err != nil {
		return err
	}
	if g.blobs, err = g.repo.blobReader(ctx); err != nil {
		return err
	}
	defer g.blobs.close()
	return g.compare(tree, edits)
}

// wanted drops the edits that lie outside of the named paths.
func (g *gatherer) wanted(edits []edit) ([]edit, error) {
	if g.names == nil {
		return edits, nil
	}
	for _, n := range g.names {
		gone := func(e edit) bool { return below(e.path, []string{n}) || below(e.old, []string{n}) }
		if !exists(g.file(n)) && !slices.ContainsFunc(edits, gone) {
			return nil, noSuchFile(n)
		}
	}
	return slices.DeleteFunc(edits, func(e edit) bool {
		return !below(e.path, g.names) && !below(e.old, g.names)
	}), nil
}

// compare finds the migrations among the files of the base and the edited ones, and reads them.
func (g *gatherer) compare(tree []blob, edits []edit) error {
	edited := map[string]edit{}
	g.oids = make(map[string]string, len(tree))
	paths := make([]string, 0, len(tree)+len(edits))
	for _, b := range tree {
		g.oids[b.path] = b.id
		paths = append(paths, b.path)
	}
	for _, e := range edits {
		if g.oids[e.path] == "" && edited[e.path].path == "" {
			paths = append(paths, e.path)
		}
		edited[e.path] = e
	}
	files := &cache{open: g.blob, data: map[string][]byte{}}
	open := func(p string) ([]byte, error) {
		if e, ok := edited[p]; ok && !e.deleted {
			return g.read(p)
		}
		return files.read(p)
	}
	found, left, err := ddlparse.Locate(paths, open, g.locate)
	if err != nil {
		return err
	}
	g.leave(left, func(p string) bool { e, ok := edited[p]; return ok && !e.deleted })
	if err := g.history(found, files); err != nil {
		return err
	}
	g.changed(found, edits, files)
	g.markers(paths, open)
	return nil
}

// blob reads a file of the base commit.
func (g *gatherer) blob(path string) ([]byte, error) { return g.blobs.read(g.oids[path]) }

// history reads the migrations of the base.
func (g *gatherer) history(found []ddlparse.Located, files *cache) error {
	var missing, ids []string
	for _, l := range found {
		if _, ok := files.data[l.Path]; !ok && g.oids[l.Path] != "" {
			missing, ids = append(missing, l.Path), append(ids, g.oids[l.Path])
		}
	}
	err := g.blobs.readAll(ids, func(i int, data []byte, err error) {
		if err != nil {
			g.notRead(missing[i], err)
			return
		}
		files.data[missing[i]] = data
	})
	for _, l := range found {
		if data, ok := files.data[l.Path]; ok {
			g.set.History = append(g.set.History, review.File{Path: l.Path, Data: data})
		}
	}
	return err
}

// changed reads both sides of the edited migrations.
func (g *gatherer) changed(found []ddlparse.Located, edits []edit, files *cache) {
	migrations := make(map[string]bool, len(found))
	for _, l := range found {
		migrations[l.Path] = true
	}
	for _, e := range edits {
		if !migrations[e.path] && !migrations[e.old] {
			continue
		}
		c := review.Changed{Path: e.path, OldPath: e.old, Base: files.data[e.path]}
		if e.old != "" {
			c.Base = files.data[e.old]
		}
		if !e.deleted {
			head, err := g.read(e.path)
			if err != nil {
				g.notRead(e.path, err)
				continue
			}
			c.Head = head
		}
		g.set.Changed = append(g.set.Changed, c)
	}
	g.set.Changed = pairMoves(g.set.Changed)
}
