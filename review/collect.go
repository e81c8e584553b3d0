package review

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
)

// MaxFile is the size up to which a file is read: far beyond any migration, below what a dump can be.
const MaxFile = 64 << 20

// ErrTooLarge is why a file beyond MaxFile is not read.
var ErrTooLarge = fmt.Errorf("larger than %d MB", MaxFile>>20)

// Touched is a path that a change set adds, edits, moves or deletes.
type Touched struct {
	Path    string
	OldPath string // where it was before, "" when it has not moved
	Deleted bool
}

// Contents are the files on both sides of a change set. Read is asked for as many as are needed at
// once, and gives one Content for each path. An error ends the review.
type Contents interface {
	Read(base, head []string) (atBase, atHead []Content, err error)
}

// Content is a file's, or why it can't be read. Of one that isn't there, Err is fs.ErrNotExist.
type Content struct {
	Data []byte
	Err  error
}

// MayBeMigration reports whether a file of that name can be a migration, whatever is in it.
func (c *Config) MayBeMigration(path string) bool {
	return locateOptions(&ChangeSet{}, c).MayBeMigration(path)
}

// Collect makes a change set of what was touched since the merge base, whose files tree lists. It
// reads the touched migrations and the histories that they belong to, and nothing else. Touched
// files that look like migrations and can't be reviewed are named with the reason.
func Collect(tree []string, touched []Touched, files Contents, c *Config) (*ChangeSet, []NotReviewed, error) {
	col := newCollector(tree, touched, files)
	found, left, err := col.locate(locateOptions(&col.set, c))
	if err != nil {
		return nil, nil, fmt.Errorf("find migrations: %w", err)
	}
	col.leave(left)
	col.take(found)
	base, head := col.wanted()
	if path := c.Stats.Path; path != "" && col.inBase(path) {
		base = append(base, path)
	}
	if err := col.read(base, head); err != nil {
		return nil, nil, err
	}
	col.stats(c.Stats.Path)
	col.history()
	col.changed()
	return &col.set, col.left, nil
}

// collector is one run of Collect.
type collector struct {
	files   Contents
	touched []Touched
	newer   map[string]bool // touched paths that are there now
	older   map[string]bool // touched paths that were there before
	tree    []string        // sorted

	base, head map[string]Content // what was read
	mine       map[string]bool    // the paths that are located
	set        ChangeSet
	left       []NotReviewed
}

func newCollector(tree []string, touched []Touched, files Contents) *collector {
	c := &collector{
		files: files, touched: touched, newer: map[string]bool{}, older: map[string]bool{},
		tree: slices.Sorted(slices.Values(tree)), base: map[string]Content{}, head: map[string]Content{},
	}
	for _, t := range touched {
		c.newer[t.Path] = c.newer[t.Path] || !t.Deleted
		c.older[t.OldPath] = t.OldPath != ""
	}
	return c
}

// inBase reports whether the merge base has the file.
func (c *collector) inBase(path string) bool {
	_, ok := slices.BinarySearch(c.tree, path)
	return ok
}

// isTouched reports whether the change set touches the path, or moves a file away from it.
func (c *collector) isTouched(path string) bool {
	_, ok := c.newer[path]
	return ok || c.older[path]
}

// locate finds the migrations. It opens files one by one and reading one by one may be slow, so that
// it runs first to tell which it would open.
func (c *collector) locate(o ddlparse.LocateOptions) ([]ddlparse.Located, []ddlparse.LeftAlone, error) {
	paths := slices.Clone(c.tree)
	for p, there := range c.newer {
		if there && !c.inBase(p) {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	o.Touched = c.isTouched
	for {
		var head, base []string
		found, left, err := ddlparse.Locate(paths, func(p string) ([]byte, error) {
			side, missing := c.base, &base
			if c.newer[p] {
				side, missing = c.head, &head
			}
			content, ok := side[p]
			if !ok {
				*missing = append(*missing, p)
			}
			return content.Data, content.Err
		}, o)
		if err != nil || len(head)+len(base) == 0 {
			return found, left, err
		}
		if err := c.read(base, head); err != nil {
			return nil, nil, err
		}
	}
}

// read adds the contents of the paths that are not known yet.
func (c *collector) read(base, head []string) error {
	base, head = unknown(base, c.base), unknown(head, c.head)
	if len(base)+len(head) == 0 {
		return nil
	}
	atBase, atHead, err := c.files.Read(base, head)
	if err != nil {
		return err
	}
	for i, p := range base {
		c.base[p] = atBase[i]
	}
	for i, p := range head {
		c.head[p] = atHead[i]
	}
	return nil
}

func unknown(paths []string, known map[string]Content) []string {
	return slices.DeleteFunc(paths, func(p string) bool { _, ok := known[p]; return ok })
}

// take keeps the files whose set has a touched one.
func (c *collector) take(found []ddlparse.Located) {
	sets := map[string]bool{}
	for _, l := range found {
		sets[l.Set] = sets[l.Set] || c.isTouched(l.Path)
	}
	c.set.located = slices.DeleteFunc(found, func(l ddlparse.Located) bool { return !sets[l.Set] })
	for _, touched := range sets {
		c.set.partial = c.set.partial || !touched
	}
	c.mine = make(map[string]bool, len(c.set.located))
	for _, l := range c.set.located {
		c.mine[l.Path] = true
	}
}

// wanted are the migrations of the base, and those of the head: also what was moved to where it is none.
func (c *collector) wanted() (base, head []string) {
	for _, l := range c.set.located {
		if c.inBase(l.Path) {
			base = append(base, l.Path)
		}
	}
	for _, t := range c.touched {
		if !t.Deleted && (c.mine[t.Path] || c.mine[t.OldPath]) {
			head = append(head, t.Path)
		}
	}
	return base, head
}

// stats takes the file of table sizes from the base, so that a branch can't make its tables small.
func (c *collector) stats(path string) {
	if path != "" {
		c.set.Stats = &Content{Err: fs.ErrNotExist}
	}
	if content, ok := c.base[path]; ok {
		c.set.Stats = &content
	}
}

// history takes the files of the base.
func (c *collector) history() {
	for _, l := range c.set.located {
		if !c.inBase(l.Path) {
			continue
		}
		if content := c.base[l.Path]; content.Err == nil {
			c.set.History = append(c.set.History, File{Path: l.Path, Data: present(content.Data)})
		} else {
			c.notRead(l.Path, content.Err)
		}
	}
}

// changed takes both sides of the touched files.
func (c *collector) changed() {
	for _, t := range c.touched {
		if !c.mine[t.Path] && !c.mine[t.OldPath] {
			continue
		}
		from := t.Path
		if t.OldPath != "" {
			from = t.OldPath
		}
		changed := Changed{Path: t.Path, OldPath: t.OldPath}
		if c.inBase(from) && c.mine[from] && c.base[from].Err == nil {
			changed.Base = present(c.base[from].Data)
		}
		if !t.Deleted {
			if err := c.head[t.Path].Err; err != nil {
				c.notRead(t.Path, err)
				continue
			}
			changed.Head = present(c.head[t.Path].Data)
		}
		c.set.Changed = append(c.set.Changed, changed)
	}
	c.set.Changed = pairMoves(c.set.Changed)
}

// leave names the touched files that are none of ours, and that somebody wants to know of.
func (c *collector) leave(left []ddlparse.LeftAlone) {
	for _, l := range left {
		if c.newer[l.Path] {
			c.left = append(c.left, NotReviewed{Path: l.Path, Reason: ReasonOf(l.Reason)})
		}
	}
}

func (c *collector) notRead(path string, err error) {
	if errors.Is(err, fs.ErrNotExist) {
		return // deleted, and the deletion not yet committed
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	reason := Msg("%s", err.Error()) // the system's words
	if errors.Is(err, ErrTooLarge) {
		reason = Msg("larger than %d MB", MaxFile>>20)
	}
	c.left = append(c.left, NotReviewed{Path: path, Reason: reason})
}
