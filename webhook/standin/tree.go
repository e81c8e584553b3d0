package standin

import (
	"crypto/sha1" // git's names are SHA-1
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// tree is a directory. Trees are never changed: a commit shares the directories that it leaves alone with
// its parent, and of those that it changes the parts, so a history of many files costs little.
type tree struct {
	sha   string
	parts []*part // in git's order
	size  int     // entries
}

// entry is a file or a directory in a tree.
type entry struct {
	name string // of tree.all: path
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

func (o *objects) tree(parts []*part) *tree {
	t := &tree{parts: parts}
	length := 0
	for _, p := range parts {
		t.size += len(p.entries)
		length += len(p.raw)
	}
	h := sha1.New()
	fmt.Fprintf(h, "tree %d\x00", length)
	for _, p := range parts {
		h.Write(p.raw)
	}
	t.sha = hex.EncodeToString(h.Sum(nil))
	if known := o.trees[t.sha]; known != nil {
		return known
	}
	o.trees[t.sha] = t
	return t
}

// with is the tree after files were written (nil deletes). Paths are relative to the tree.
func (o *objects) with(t *tree, files map[string]*string) *tree {
	here := map[string]entry{} // the zero entry deletes
	below := map[string]map[string]*string{}
	for path, text := range files {
		dir, rest, nested := strings.Cut(path, "/")
		switch {
		case nested && below[dir] == nil:
			below[dir] = map[string]*string{rest: text}
		case nested:
			below[dir][rest] = text
		case text == nil:
			here[path] = entry{}
		default:
			here[path] = entry{name: path, sha: o.blob([]byte(*text)), size: len(*text)}
		}
	}
	for name, files := range below {
		old := &tree{}
		if e, ok := t.find(name); ok && e.dir != nil {
			old = e.dir
		}
		here[name] = entry{}
		if dir := o.with(old, files); dir.size > 0 { // git keeps no empty directories
			here[name] = entry{name: name, sha: dir.sha, dir: dir}
		}
	}
	return o.tree(replace(t.parts, here))
}

// entries are those of the directory itself.
func (t *tree) entries() []entry {
	out := make([]entry, 0, t.size)
	for _, p := range t.parts {
		out = append(out, p.entries...)
	}
	return out
}

func (t *tree) find(name string) (entry, bool) {
	for _, key := range []string{name, name + "/"} {
		i, ok := slices.BinarySearchFunc(t.parts, key, func(p *part, key string) int { return strings.Compare(p.first(), key) })
		if !ok {
			i--
		}
		if i < 0 {
			continue
		}
		all := t.parts[i].entries
		if j, ok := slices.BinarySearchFunc(all, key, func(e entry, key string) int { return strings.Compare(e.key(), key) }); ok {
			return all[j], true
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
func (t *tree) all() []entry { return t.below("", nil) }

func (t *tree) below(prefix string, out []entry) []entry {
	for _, p := range t.parts {
		for _, e := range p.entries {
			e.name = prefix + e.name
			out = append(out, e)
			if e.dir != nil {
				out = e.dir.below(e.name+"/", out)
			}
		}
	}
	return out
}
