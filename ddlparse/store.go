package ddlparse

import (
	"iter"
	"sort"
)

// store holds all versions of all objects of one replay. Moments are numbered; an object's versions
// are kept in rising order, so a lookup at any moment is one map access and a binary search.
type store struct {
	settings  Settings
	now       int32 // the newest moment
	tables    versions[Table]
	views     versions[View]
	triggers  versions[Trigger]
	routines  versions[Routine]
	databases versions[Database]
	names     versions[string] // constraint names of a database -> key of the table that has it
	relations map[relation]*keySet
	parent    *store // what this one was forked from, and when
	home      string // the database that the tool connects to, as tables were first qualified
}

// relation is a key of the reverse indexes. Entries are never removed, so users look whether they
// still hold.
type relation struct {
	kind relationKind
	key  string
}

type relationKind uint8

const (
	parentOf  relationKind = iota // parent table -> child tables
	triggerOn                     // table -> triggers
)

// keySet is a set of keys that remembers their order.
type keySet struct {
	list []string
	seen map[string]bool
}

func newStore(s Settings, parent *store, at int32) *store {
	st := &store{settings: s, now: at, parent: parent, relations: map[relation]*keySet{}}
	if parent != nil {
		st.home = parent.home
		st.tables.below(&parent.tables, at)
		st.views.below(&parent.views, at)
		st.triggers.below(&parent.triggers, at)
		st.routines.below(&parent.routines, at)
		st.databases.below(&parent.databases, at)
		st.names.below(&parent.names, at)
	}
	return st
}

// next returns the schema's successor, in which changes can be written. A schema that already has
// one gets a fork, which costs nothing until it is written to.
func (s Schema) next() Schema {
	if s.at < s.store.now {
		return Schema{newStore(s.store.settings, s.store, s.at), s.at + 1}.mark()
	}
	return Schema{s.store, s.at + 1}.mark()
}

func (s Schema) mark() Schema {
	s.store.now = s.at
	return s
}

func (st *store) relate(kind relationKind, from, to string) {
	r := relation{kind, from}
	set := st.relations[r]
	if set == nil {
		set = &keySet{seen: map[string]bool{}}
		st.relations[r] = set
	}
	if !set.seen[to] {
		set.seen[to] = true
		set.list = append(set.list, to)
	}
}

func (st *store) related(kind relationKind, from string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s := st; s != nil; s = s.parent {
			set := s.relations[relation{kind, from}]
			if set == nil {
				continue
			}
			for _, to := range set.list {
				if !yield(to) {
					return
				}
			}
		}
	}
}

// versions holds the versions of named objects of one type.
type versions[V any] struct {
	entries map[string][]version[V]
	order   []string
	under   *versions[V]
	until   int32 // versions of under count up to this moment
}

type version[V any] struct {
	at    int32
	value *V // nil: gone
}

func (vs *versions[V]) below(under *versions[V], until int32) { vs.under, vs.until = under, until }

// put records the value (nil: gone) from the moment on.
func (vs *versions[V]) put(key string, at int32, value *V) {
	if vs.entries == nil {
		vs.entries = map[string][]version[V]{}
	}
	list, seen := vs.entries[key]
	if !seen {
		vs.order = append(vs.order, key)
	}
	if n := len(list); n > 0 && list[n-1].at == at {
		list[n-1].value = value
		return
	}
	vs.entries[key] = append(list, version[V]{at, value})
}

func (vs *versions[V]) get(key string, at int32) *V {
	v, _ := vs.find(key, at)
	return v
}

// find also tells whether any version up to that moment is recorded.
func (vs *versions[V]) find(key string, at int32) (*V, bool) {
	list := vs.entries[key]
	if i := sort.Search(len(list), func(i int) bool { return list[i].at > at }); i > 0 {
		return list[i-1].value, true
	}
	if vs.under != nil {
		return vs.under.find(key, min(at, vs.until))
	}
	return nil, false
}

// last returns the newest value ever recorded that was not nil, at whatever moment.
func (vs *versions[V]) last(key string) *V {
	list := vs.entries[key]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].value != nil {
			return list[i].value
		}
	}
	if vs.under != nil {
		return vs.under.last(key)
	}
	return nil
}

// gone returns the newest value before the moment if there is none at the moment.
func (vs *versions[V]) gone(key string, at int32) *V {
	if vs.get(key, at) != nil {
		return nil
	}
	list := vs.entries[key]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].at <= at && list[i].value != nil {
			return list[i].value
		}
	}
	if vs.under != nil {
		return vs.under.last(key)
	}
	return nil
}

// all yields the values at the moment, in the order in which their keys were first recorded.
func (vs *versions[V]) all(at int32) iter.Seq[*V] {
	return func(yield func(*V) bool) {
		vs.each(at, yield)
	}
}

// each goes through the keys of the stores below first; those of them that have versions here as well
// are found from there.
func (vs *versions[V]) each(at int32, yield func(*V) bool) {
	var levels []*versions[V]
	for l := vs; l != nil; l = l.under {
		levels = append(levels, l)
	}
	for i := len(levels) - 1; i >= 0; i-- {
		for _, key := range levels[i].order {
			if i+1 < len(levels) && levels[i+1].has(key) {
				continue
			}
			if v := vs.get(key, at); v != nil && !yield(v) {
				return
			}
		}
	}
}

// has reports whether any version of the key is recorded here or below.
func (vs *versions[V]) has(key string) bool {
	for l := vs; l != nil; l = l.under {
		if l.entries[key] != nil {
			return true
		}
	}
	return false
}
