package review

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
)

// planFile is one path with its content on both sides of the change set.
type planFile struct {
	ddlparse.Located
	base, head []byte // nil where the file isn't there
	changed    bool
	from, to   *planFile // where a moved file was before, and where it went
}

// isNew reports whether the change set brings the file, so that no database has run it.
func (f *planFile) isNew() bool { return f.head != nil && f.base == nil && f.from == nil }

// planFiles are all files that a plan may need, by path.
type planFiles struct {
	byPath map[string]*planFile
	paths  []string
}

func newPlanFiles(cs *ChangeSet) *planFiles {
	files := &planFiles{byPath: make(map[string]*planFile, len(cs.History)+len(cs.Changed))}
	for _, f := range cs.History {
		files.at(f.Path).base = present(f.Data)
		files.at(f.Path).head = present(f.Data)
	}
	for _, c := range cs.Changed {
		files.change(c)
	}
	slices.Sort(files.paths)
	return files
}

// present is the content of a file that is there, which may be empty.
func present(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}

func (p *planFiles) at(path string) *planFile {
	f := p.byPath[path]
	if f == nil {
		f = &planFile{}
		p.byPath[path] = f
		p.paths = append(p.paths, path)
	}
	return f
}

func (p *planFiles) change(c Changed) {
	f := p.at(c.Path)
	f.changed, f.head = true, c.Head
	if c.OldPath == "" || c.OldPath == c.Path {
		f.base = c.Base
		return
	}
	old := p.at(c.OldPath)
	old.changed, old.base, old.head = true, c.Base, nil
	f.base, f.from, old.to = nil, old, f
}

// open gives Locate the newer side of a file.
func (p *planFiles) open(path string) ([]byte, error) {
	f := p.byPath[path]
	switch {
	case f == nil:
		return nil, fs.ErrNotExist
	case f.head != nil:
		return f.head, nil
	case f.base != nil:
		return f.base, nil
	}
	return nil, errors.New("the file has no content")
}

// sets finds the migrations among the files and groups them: one group for each set that the change
// set touches. Files of the change set that are left alone are named with the reason.
func (p *planFiles) sets(cs *ChangeSet, c *Config) ([][]*planFile, []NotReviewed, error) {
	if cs.located != nil {
		return p.touchedSets(p.known(cs.located)), nil, nil
	}
	located, left, err := ddlparse.Locate(p.paths, p.open, locateOptions(cs, c))
	if err != nil {
		return nil, nil, err
	}
	return p.touchedSets(located), p.leftAlone(left), nil
}

// known leaves out what could not be read.
func (p *planFiles) known(located []ddlparse.Located) []ddlparse.Located {
	return slices.DeleteFunc(slices.Clone(located), func(l ddlparse.Located) bool { return p.byPath[l.Path] == nil })
}

func (p *planFiles) touchedSets(located []ddlparse.Located) [][]*planFile {
	for _, l := range located {
		p.byPath[l.Path].Located = l
	}
	p.forgetStrangers()
	members := map[string][]ddlparse.Located{}
	var names []string
	touched := map[string]bool{}
	for _, l := range located {
		if members[l.Set] == nil {
			names = append(names, l.Set)
		}
		members[l.Set] = append(members[l.Set], l)
		touched[l.Set] = touched[l.Set] || p.byPath[l.Path].changed
	}
	var sets [][]*planFile
	for _, name := range names {
		if !touched[name] {
			continue
		}
		ddlparse.Order(members[name])
		set := make([]*planFile, len(members[name]))
		for i, l := range members[name] {
			set[i] = p.byPath[l.Path]
		}
		sets = append(sets, set)
	}
	return sets
}

// forgetStrangers makes files new that were no migrations where they came from.
func (p *planFiles) forgetStrangers() {
	for _, f := range p.byPath {
		if f.from != nil && f.from.Path == "" {
			f.from = nil
		}
	}
}

func (p *planFiles) leftAlone(left []ddlparse.LeftAlone) []NotReviewed {
	var list []NotReviewed
	for _, l := range left {
		if p.byPath[l.Path].changed {
			list = append(list, NotReviewed{Path: l.Path, Reason: ReasonOf(l.Reason)})
		}
	}
	return list
}
