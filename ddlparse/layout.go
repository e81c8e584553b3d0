package ddlparse

import (
	"fmt"
	"path"
	"slices"

	"github.com/bmatcuk/doublestar/v4"
)

// Located is a file that is a migration, or a part of a declarative schema.
type Located struct {
	Path    string
	Tool    Tool
	Role    Role
	Version string // numbers without leading zeros, joined by dots: "1.10", "20260102150405"; "" for none
	Title   string // what people call it: "V1.10", "0007_orders", the file name
	// From and To are the versions of upgrade-1.0-to-1.1, "" for other names.
	From, To string
	// Set tells histories apart: the files of one Set run in one order against one database. It is
	// the directory, with * for the part that differs when each version has a directory of its own.
	Set string
	// Down: the whole file goes backwards (.down.sql, Flyway's U). It is read, never replayed.
	Down     bool
	Provider string // of Prisma's migration_lock.toml: "mysql"
}

// LeftAlone is a file that looks like a migration and is none for us, and why.
type LeftAlone struct {
	Path   string
	Reason string // for people, one clause: "PostgreSQL, not a MySQL-family dialect"
}

// MigrationGlob names migration files by a pattern such as "db/**/*.sql", as configuration does.
type MigrationGlob struct {
	Pattern string
	Tool    Tool // "" = find out
}

// LocateOptions says what people told us about their migrations.
type LocateOptions struct {
	// Globs, when given, name all migrations there are: nothing else is looked for.
	Globs []MigrationGlob
	// Explicit: the paths were named on the command line, so each of them is meant.
	Explicit bool
	// Touched, when given, tells which paths a change set touches: only Sets that may have one of them
	// are looked for, so that nothing else has to be opened.
	Touched func(path string) bool
}

// MayBeMigration reports whether the path's name alone allows for a migration.
func (o LocateOptions) MayBeMigration(path string) bool {
	l := &locator{options: o, folders: make(map[string]*folder)}
	l.survey([]string{path})
	return len(l.candidates) > 0
}

// Locate finds migrations among the paths of a repository, slash separated and relative to it. It
// calls open at most once for a path, and only where the names leave something to find out: the
// tool, the dialect, or whether there is any DDL. The result has the order of paths by Set; Order
// sorts a Set. An error is a glob that can't be read.
func Locate(paths []string, open func(path string) ([]byte, error), o LocateOptions) (found []Located, left []LeftAlone, err error) {
	for _, g := range o.Globs {
		if !doublestar.ValidatePattern(g.Pattern) {
			return nil, nil, fmt.Errorf("the pattern %q of migrations is malformed: use *, **, ?, [abc] and {a,b}", g.Pattern)
		}
	}
	l := &locator{open: open, options: o, folders: make(map[string]*folder)}
	l.survey(paths)
	l.touch()
	l.found = make([]Located, 0, len(l.candidates))
	for _, s := range l.sets() {
		if l.wanted(s) {
			l.settle(s)
		}
	}
	return l.found, l.left, nil
}

// locator is one run of Locate.
type locator struct {
	open    func(path string) ([]byte, error)
	options LocateOptions

	folders    map[string]*folder
	candidates []*candidate
	found      []Located
	left       []LeftAlone
}

// candidate is a file that may be a migration as far as its name tells.
type candidate struct {
	Located
	folder *folder
	base   string
	name   fileName
	told   bool // by configuration or on the command line
	peeked *peek
}

// survey makes candidates of the paths, and notes the files that tell something of their folder.
func (l *locator) survey(paths []string) {
	for _, p := range paths {
		dir, base := path.Split(p)
		switch base {
		case ".skeema", "atlas.sum", "migration_lock.toml":
			l.folder(dir).mark(base)
			continue
		}
		if tool, told := l.told(p); told || len(l.options.Globs) == 0 && isSQLName(base) {
			l.consider(p, dir, base, tool, told)
		}
	}
}

// told reports whether someone said that p is a migration, and of which tool.
func (l *locator) told(p string) (Tool, bool) {
	for _, g := range l.options.Globs {
		if ok, _ := doublestar.Match(g.Pattern, p); ok {
			return g.Tool, true
		}
	}
	return "", l.options.Explicit && len(l.options.Globs) == 0
}

func (l *locator) consider(p, dir, base string, tool Tool, told bool) {
	f := l.folder(dir)
	if f.excluded && !told {
		return
	}
	f.files++
	l.candidates = append(l.candidates, &candidate{
		Located: Located{Path: p, Tool: tool}, folder: f, base: base, name: parseFileName(base), told: told,
	})
}

// touch marks the folders that the change set touches.
func (l *locator) touch() {
	for _, c := range l.candidates {
		if l.options.Touched != nil && l.options.Touched(c.Path) {
			c.folder.touched = true
		}
	}
}

// wanted reports whether the set is asked for. A file's content may make it a part of another set in
// its folder, so that all sets of a touched folder are.
func (l *locator) wanted(s *fileSet) bool {
	return l.options.Touched == nil || slices.ContainsFunc(s.files, func(c *candidate) bool { return c.folder.touched })
}

func (l *locator) leave(c *candidate, reason string) {
	l.left = append(l.left, LeftAlone{Path: c.Path, Reason: reason})
}

// look reads the start of a candidate, once.
func (l *locator) look(c *candidate) *peek {
	if c.peeked == nil {
		data, err := l.open(c.Path)
		c.peeked = peekAt(data)
		c.peeked.err = err
	}
	return c.peeked
}
