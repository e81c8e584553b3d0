package standin

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
)

// tree is a directory. Trees are never changed: a commit shares the directories that it leaves alone with
// its parent, so a history of many files costs little.
type tree struct {
	sha     string
	entries []entry // in git's order
	flat    []entry // all of it by path, filled when first asked for
}

// entry is a file or a directory in a tree.
type entry struct {
	name string // in tree.flat: path
	sha  string
	size int
	dir  *tree // nil for files
}

// key orders entries as git does: directories as if their name ended in a slash.
func (e entry) key() string {
	if e.dir != nil {
		return e.name + "/"
	}
	return e.name
}

func (e entry) mode() string {
	if e.dir != nil {
		return "040000"
	}
	return "100644"
}

func (e entry) kind() string {
	if e.dir != nil {
		return "tree"
	}
	return "blob"
}

func (o *objects) tree(entries []entry) *tree {
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key(), b.key()) })
	var b bytes.Buffer
	for _, e := range entries {
		b.WriteString(strings.TrimPrefix(e.mode(), "0") + " " + e.name + "\x00")
		raw, _ := hex.DecodeString(e.sha) // names that we made
		b.Write(raw)
	}
	sha := named("tree", b.Bytes())
	if t, ok := o.trees[sha]; ok {
		return t
	}
	t := &tree{sha: sha, entries: entries}
	o.trees[sha] = t
	return t
}

// with is the tree after files were written (nil deletes). Paths are relative to the tree.
func (o *objects) with(t *tree, files map[string]*string) *tree {
	here := map[string]*string{}
	below := map[string]map[string]*string{}
	for path, text := range files {
		dir, rest, nested := strings.Cut(path, "/")
		if !nested {
			here[path] = text
			continue
		}
		if below[dir] == nil {
			below[dir] = map[string]*string{}
		}
		below[dir][rest] = text
	}
	var entries []entry
	for _, e := range t.entries {
		_, file := here[e.name]
		_, dir := below[e.name]
		if !file && !dir {
			entries = append(entries, e)
		}
	}
	for name, text := range here {
		if text != nil {
			entries = append(entries, entry{name: name, sha: o.blob([]byte(*text)), size: len(*text)})
		}
	}
	for name, files := range below {
		old := &tree{}
		if e, ok := t.find(name); ok && e.dir != nil {
			old = e.dir
		}
		if dir := o.with(old, files); len(dir.entries) > 0 { // git keeps no empty directories
			entries = append(entries, entry{name: name, sha: dir.sha, dir: dir})
		}
	}
	return o.tree(entries)
}

func (t *tree) find(name string) (entry, bool) {
	for _, key := range []string{name, name + "/"} {
		i, ok := slices.BinarySearchFunc(t.entries, key, func(e entry, key string) int { return strings.Compare(e.key(), key) })
		if ok {
			return t.entries[i], true
		}
	}
	return entry{}, false
}

// at finds a path; "" is the tree itself.
func (t *tree) at(path string) (entry, bool) {
	here := entry{sha: t.sha, dir: t}
	for path != "" {
		var name string
		name, path, _ = strings.Cut(path, "/")
		if here.dir == nil {
			return entry{}, false
		}
		next, ok := here.dir.find(name)
		if !ok {
			return entry{}, false
		}
		here = next
	}
	return here, true
}

// all lists everything below, directories before what they hold.
func (t *tree) all() []entry {
	if t.flat != nil {
		return t.flat
	}
	all := []entry{}
	for _, e := range t.entries {
		all = append(all, e)
		if e.dir == nil {
			continue
		}
		for _, below := range e.dir.all() {
			below.name = e.name + "/" + below.name
			all = append(all, below)
		}
	}
	t.flat = all
	return all
}

// pair is a path whose blobs differ between two trees.
type pair struct {
	path     string
	old, new entry // the zero entry where there is no file
}

// differ lists the files that differ, by path. Equal directories are not looked into.
func differ(a, b *tree, prefix string) []pair {
	var out []pair
	one := func(name string, x, y entry) {
		switch {
		case x.sha == y.sha && (x.dir == nil) == (y.dir == nil):
		case x.dir != nil || y.dir != nil:
			out = append(out, differ(dirOf(x), dirOf(y), prefix+name+"/")...)
			if x.dir == nil && x.sha != "" {
				out = append(out, pair{path: prefix + name, old: x})
			}
			if y.dir == nil && y.sha != "" {
				out = append(out, pair{path: prefix + name, new: y})
			}
		default:
			out = append(out, pair{prefix + name, x, y})
		}
	}
	for _, x := range a.entries {
		y, _ := b.find(x.name)
		one(x.name, x, y)
	}
	for _, y := range b.entries {
		if _, ok := a.find(y.name); !ok {
			one(y.name, entry{}, y)
		}
	}
	if prefix == "" {
		slices.SortFunc(out, func(a, b pair) int { return strings.Compare(a.path, b.path) })
	}
	return out
}

func dirOf(e entry) *tree {
	if e.dir == nil {
		return &tree{}
	}
	return e.dir
}
