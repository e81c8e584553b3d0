package main

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// gatherer collects the change set of a review.
type gatherer struct {
	*ground
	options *reviewOptions
	base    baseCommit
	config  *review.Config
	// guidance is what a model is told, and by whose names findings may be ignored; asked is the model, nil for none.
	guidance *guidance
	asked    *askedModel
	locate   ddlparse.LocateOptions
	blobs    *blobReader
	oids     map[string]string // of the files in the base commit

	set     review.ChangeSet
	left    []review.NotReviewed
	against string // what was compared with: "main (abc1234)", "" when nothing was
}

// gather fills in the change set in the way that options and surroundings ask for. Table sizes are those of the
// working tree, as the configuration that names them is.
func (g *gatherer) gather(ctx context.Context) error {
	if err := g.changes(ctx); err != nil {
		return err
	}
	if path := g.config.Stats.Path; path != "" {
		data, err := g.read(path)
		g.set.Stats = &review.Content{Data: data, Err: err}
	}
	return nil
}

func (g *gatherer) changes(ctx context.Context) error {
	if g.base.commit == "" {
		return g.wholeHistory(ctx)
	}
	return g.branch(ctx)
}

// wholeHistory takes the files as they are now: all are the change set, or the last of them.
func (g *gatherer) wholeHistory(ctx context.Context) error {
	paths, err := g.present(ctx)
	if err != nil {
		return err
	}
	g.locate.Explicit = g.onlyFiles()
	g.set.Explicit = g.locate.Explicit
	files := &cache{open: g.read, data: map[string][]byte{}}
	found, left, err := ddlparse.Locate(paths, files.read, g.locate)
	if err != nil {
		return err
	}
	g.leave(left, func(string) bool { return true })
	if len(found) == 0 && len(g.left) == 0 {
		return g.noMigrations()
	}
	recent := func(string) bool { return true }
	if g.options.last > 0 {
		recent = last(found, g.options.last)
	}
	for _, l := range found {
		data, err := files.read(l.Path)
		switch {
		case err != nil:
			g.notRead(l.Path, err)
		case recent(l.Path):
			g.set.Changed = append(g.set.Changed, review.Changed{Path: l.Path, Head: data})
		default:
			g.set.History = append(g.set.History, review.File{Path: l.Path, Data: data})
		}
	}
	g.markers(paths, files.read)
	return nil
}

// present lists the files to look at. Git knows which ones belong to the project; what was named and
// is ignored by git is taken from the disk.
func (g *gatherer) present(ctx context.Context) ([]string, error) {
	names := g.names
	if names == nil {
		names = []string{"."}
	}
	if g.repo != nil {
		paths, err := g.repo.list(ctx, append([]string{"--cached", "--others", "--"}, names...)...)
		if err != nil || len(paths) > 0 {
			return paths, err
		}
	}
	return g.walk(ctx, names)
}

// same is what was compared with when nothing differs from it, else "".
func (g *gatherer) same() string {
	if len(g.set.Changed)+len(g.left) > 0 {
		return ""
	}
	return g.against
}

func (g *gatherer) noMigrations() error {
	where := g.root
	if len(g.args) > 0 {
		where = strings.Join(g.args, ", ")
	}
	return fail("%s: no migration files were found: name them, or say where they are with `migrations:` in %s", where, configPath)
}

// leave keeps those of the files that are none of ours which somebody wants to know of.
func (g *gatherer) leave(left []ddlparse.LeftAlone, wanted func(path string) bool) {
	for _, l := range left {
		if wanted(l.Path) {
			g.left = append(g.left, review.NotReviewed{Path: l.Path, Reason: review.ReasonOf(l.Reason)})
		}
	}
}

func (g *gatherer) notRead(path string, err error) {
	if errors.Is(err, fs.ErrNotExist) {
		return // deleted and not yet committed
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	g.left = append(g.left, review.NotReviewed{Path: path, Reason: review.Msg("%s", err.Error())})
}

// markers adds the files that tell the review what the migrations beside them are.
func (g *gatherer) markers(paths []string, read func(string) ([]byte, error)) {
	for _, p := range paths {
		switch path.Base(p) {
		case ".skeema", "atlas.sum", "migration_lock.toml":
			if data, err := read(p); err == nil {
				g.set.History = append(g.set.History, review.File{Path: p, Data: data})
			}
		}
	}
}

// cache reads each file once.
type cache struct {
	open func(string) ([]byte, error)
	data map[string][]byte
}

func (c *cache) read(path string) ([]byte, error) {
	if data, ok := c.data[path]; ok {
		return data, nil
	}
	data, err := c.open(path)
	if err == nil {
		c.data[path] = data
	}
	return data, err
}
