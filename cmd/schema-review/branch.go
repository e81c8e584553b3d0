package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/schema-review/schema-review/review"
)

// baseCommit is what a branch is compared with; its commit is "" where there is nothing to compare with.
type baseCommit struct{ commit, name string }

// findBase finds the commit that the review starts from, unless it is of the whole history.
func (g *gatherer) findBase(ctx context.Context) (err error) {
	o := g.options
	switch {
	case g.repo == nil && o.base != "":
		return fail("--base %s: this is not a git repository, so there is nothing to compare with", o.base)
	case o.all, o.last > 0, g.repo == nil:
		return nil
	}
	g.base.commit, g.base.name, err = g.repo.base(ctx, o.base, o.pullRequestBase)
	return err
}

// branch takes what differs between the merge base and the working tree; the history is the base.
func (g *gatherer) branch(ctx context.Context) (err error) {
	commit := g.base.commit
	g.against = fmt.Sprintf("%s (%s)", g.base.name, commit[:min(len(commit), 8)])
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

// compare collects the migrations among the files of the base and the edited ones.
func (g *gatherer) compare(tree []blob, edits []edit) error {
	g.oids = make(map[string]string, len(tree))
	paths := make([]string, len(tree))
	for i, b := range tree {
		g.oids[b.path], paths[i] = b.id, b.path
	}
	touched := make([]review.Touched, len(edits))
	for i, e := range edits {
		touched[i] = review.Touched{Path: e.path, OldPath: e.old, Deleted: e.deleted}
	}
	set, left, err := review.Collect(paths, touched, g, g.config)
	if err != nil {
		return err
	}
	g.set, g.left = *set, append(g.left, left...)
	return nil
}

// Read reads files of the base commit, and of the working tree.
func (g *gatherer) Read(base, head []string) (atBase, atHead []review.Content, err error) {
	ids := make([]string, len(base))
	for i, p := range base {
		ids[i] = g.oids[p]
	}
	if atBase, err = g.blobs.read(ids); err != nil {
		return nil, nil, err
	}
	atHead = make([]review.Content, len(head))
	for i, p := range head {
		atHead[i].Data, atHead[i].Err = g.read(p)
	}
	return atBase, atHead, nil
}
