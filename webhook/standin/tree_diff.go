package standin

import (
	"slices"
	"strings"
)

// pair is a path whose blobs differ between two trees.
type pair struct {
	path     string
	old, new entry // the zero entry where there is no file
}

// differ lists the files that differ, by path. What trees share is not looked into.
func differ(a, b *tree) []pair {
	var out []pair
	apart(a, b, "", &out)
	slices.SortFunc(out, func(x, y pair) int { return strings.Compare(x.path, y.path) })
	return out
}

// apart walks through both directories side by side, in git's order.
func apart(a, b *tree, prefix string, out *[]pair) {
	x, y := &walker{parts: a.parts}, &walker{parts: b.parts}
	for !x.done() || !y.done() {
		if x.skips(y) {
			continue
		}
		order := x.compare(y)
		var old, new entry
		if order <= 0 {
			old = x.next()
		}
		if order >= 0 {
			new = y.next()
		}
		differs(old, new, prefix, out)
	}
}

// differs notes how two entries of the same key differ.
func differs(old, new entry, prefix string, out *[]pair) {
	switch {
	case old.sha == new.sha:
	case old.dir != nil || new.dir != nil:
		name := old.name + new.name
		if old.dir != nil && new.dir != nil {
			name = old.name
		}
		apart(dirOf(old), dirOf(new), prefix+name+"/", out)
	default:
		name := old.name
		if name == "" {
			name = new.name
		}
		*out = append(*out, pair{prefix + name, old, new})
	}
}

func dirOf(e entry) *tree {
	if e.dir == nil {
		return &tree{}
	}
	return e.dir
}

// walker goes through a directory's entries.
type walker struct {
	parts []*part
	at    int // in the first part
}

func (w *walker) done() bool  { return len(w.parts) == 0 }
func (w *walker) here() entry { return w.parts[0].entries[w.at] }

func (w *walker) next() entry {
	e := w.here()
	if w.at++; w.at == len(w.parts[0].entries) {
		w.parts, w.at = w.parts[1:], 0
	}
	return e
}

// skips goes over a part that both share.
func (w *walker) skips(v *walker) bool {
	if w.done() || v.done() || w.at > 0 || v.at > 0 || w.parts[0] != v.parts[0] {
		return false
	}
	w.parts, v.parts = w.parts[1:], v.parts[1:]
	return true
}

func (w *walker) compare(v *walker) int {
	switch {
	case w.done():
		return 1
	case v.done():
		return -1
	}
	return strings.Compare(w.here().key(), v.here().key())
}
