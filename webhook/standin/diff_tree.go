package standin

import (
	"slices"
	"strings"
)

// diff is what lies between two commits.
type diff struct {
	from, to *commit
	files    []*fileDiff // by path
	byPath   map[string]*fileDiff
}

// fileDiff is a changed file.
type fileDiff struct {
	o              *objects
	path, previous string
	status         string
	old, new       string // blobs, "" where there is none
}

func (f *fileDiff) change() *change { return f.o.change(f.old, f.new) }

// renames are looked for among so many pairs of removed and added files; git gives up, too.
const renames = 10_000

func (o *objects) diff(from, to *commit) *diff {
	d := &diff{from: from, to: to, byPath: map[string]*fileDiff{}}
	var added, removed []*fileDiff
	for _, p := range differ(from.tree, to.tree) {
		f := &fileDiff{o: o, path: p.path, status: "modified", old: p.old.sha, new: p.new.sha}
		switch {
		case f.old == "":
			f.status = "added"
			added = append(added, f)
		case f.new == "":
			f.status = "removed"
			removed = append(removed, f)
		default:
			d.files = append(d.files, f)
		}
	}
	if len(added)*len(removed) <= renames {
		added, removed = o.renamed(d, added, removed)
	}
	d.files = append(append(d.files, added...), removed...)
	slices.SortFunc(d.files, func(a, b *fileDiff) int { return strings.Compare(a.path, b.path) })
	for _, f := range d.files {
		d.byPath[f.path] = f
	}
	return d
}

// renamed pairs removed and added files whose contents are alike, the same contents first.
func (o *objects) renamed(d *diff, added, removed []*fileDiff) (a, r []*fileDiff) {
	taken := map[*fileDiff]bool{}
	for _, least := range []int{100, 50} {
		for _, gone := range removed {
			if taken[gone] {
				continue
			}
			for _, f := range added {
				if taken[f] || o.alike(gone.old, f.new) < least {
					continue
				}
				taken[gone], taken[f] = true, true
				d.files = append(d.files, &fileDiff{o: o, path: f.path, previous: gone.path, status: "renamed", old: gone.old, new: f.new})
				break
			}
		}
	}
	left := func(f *fileDiff) bool { return taken[f] }
	return slices.DeleteFunc(added, left), slices.DeleteFunc(removed, left)
}

// alike is how much of two blobs is the same, in per cent of the larger one.
func (o *objects) alike(old, new string) int {
	if old == new {
		return 100
	}
	a, b := o.blobs[old], o.blobs[new]
	size := max(len(a), len(b))
	if min(len(a), len(b))*2 < size || binary(a) || binary(b) {
		return 0
	}
	count := map[string]int{}
	for _, l := range lines(string(a)) {
		count[l]++
	}
	same := 0
	for _, l := range lines(string(b)) {
		if count[l] > 0 {
			count[l]--
			same += len(l)
		}
	}
	return min(99, same*100/size)
}

// diffed is the pull request's diff: from the merge base to its head.
func (p *Pull) diffed() *diff {
	if p.diff == nil {
		from := relate(p.base, p.head).base
		if from == nil {
			from = p.base
		}
		p.diff = p.r.objects.diff(from, p.head)
	}
	return p.diff
}
