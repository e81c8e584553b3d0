package standin

import (
	"encoding/hex"
	"slices"
	"strings"
)

// part is some of a directory's entries, in git's order, and how git writes them. Trees share parts.
type part struct {
	entries []entry
	raw     []byte
}

// partSize is how many entries a new part has at most.
const partSize = 128

func (p *part) first() string { return p.entries[0].key() }

func newPart(entries []entry) *part {
	p := &part{entries: entries}
	for _, e := range entries {
		p.raw = append(p.raw, strings.TrimPrefix(e.mode(), "0")+" "+e.name+"\x00"...)
		p.raw, _ = hex.AppendDecode(p.raw, []byte(e.sha)) // names that we made
	}
	return p
}

// replace makes the parts with some entries replaced, by name. Parts without any of them are kept.
func replace(parts []*part, by map[string]entry) []*part {
	edits := edited(by)
	var out []*part
	for i, p := range parts {
		n := len(edits)
		if i+1 < len(parts) {
			n, _ = slices.BinarySearchFunc(edits, parts[i+1].first(), func(e edit, key string) int { return strings.Compare(e.key, key) })
		}
		out = append(out, p.with(edits[:n])...)
		edits = edits[n:]
	}
	if len(parts) == 0 {
		out = (&part{}).with(edits)
	}
	return out
}

// edit removes what has a key, and puts an entry there unless it is the zero entry.
type edit struct {
	key string
	entry
}

// edited gives both keys that a name can have, in order.
func edited(by map[string]entry) []edit {
	var out []edit
	for name, e := range by {
		for _, key := range []string{name, name + "/"} {
			x := edit{key: key}
			if e.sha != "" && e.key() == key {
				x.entry = e
			}
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b edit) int { return strings.Compare(a.key, b.key) })
	return out
}

// with applies edits to a part. A part that grows too long is cut.
func (p *part) with(edits []edit) []*part {
	if len(edits) == 0 {
		return []*part{p}
	}
	var all []entry
	old := p.entries
	for _, x := range edits {
		n, found := slices.BinarySearchFunc(old, x.key, func(e entry, key string) int { return strings.Compare(e.key(), key) })
		all = append(all, old[:n]...)
		if old = old[n:]; found {
			old = old[1:]
		}
		if x.sha != "" {
			all = append(all, x.entry)
		}
	}
	all = append(all, old...)
	if len(all) == 0 {
		return nil
	}
	if len(all) <= 2*partSize {
		return []*part{newPart(all)}
	}
	var out []*part
	for some := range slices.Chunk(all, partSize) {
		out = append(out, newPart(some))
	}
	return out
}
