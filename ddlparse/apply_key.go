package ddlparse

import (
	"slices"
	"strconv"
)

// nameKeys names the indexes, foreign keys and checks that the statement added, in the server's way,
// makes the indexes that foreign keys need, and reports clashes. before is nil for a new table.
func (a *applier) nameKeys(t *Table, before *Table) {
	a.onePrimaryKey(t)
	a.inlineUnique(t)
	a.nameForeignKeys(t, before)
	a.foreignKeyIndexes(t)
	a.nameIndexes(t)
	a.nameChecks(t, before)
	a.keyNotNull(t)
	t.Indexes = sortedIndexes(t, a.engine)
}

// stamp copies an index that this statement adds and dates it.
func (a *applier) stampIndex(x *Index) *Index {
	n := *x
	n.Defined = a.step.Number
	if n.Origin == 0 {
		n.Origin = n.Defined
	}
	return &n
}

func (a *applier) onePrimaryKey(t *Table) {
	var first *Index
	kept := t.Indexes[:0:0]
	for _, x := range t.Indexes {
		if x.Kind == Primary {
			if first != nil && !t.Known() {
				continue
			}
			if first != nil {
				a.problem(&Problem{Kind: MultiplePrimaryKeys, Number: 1068, Object: t.Name.String(), Table: t.Name, Span: x.Span, Cause: first.Span})
				continue
			}
			first = x
		}
		kept = append(kept, x)
	}
	t.Indexes = kept
}

// nameIndexes dates the new indexes and names the nameless: after the first column, with _2, _3 … when
// that is taken.
func (a *applier) nameIndexes(t *Table) {
	for i, x := range t.Indexes {
		if x.Origin != 0 {
			continue
		}
		n := a.stampIndex(x)
		a.cutParts(t, n)
		switch {
		case n.Kind == Primary:
			n.Name = PrimaryName
		case n.Name == "":
			n.Name = freeIndexName(t, n)
		case same(n.Name, PrimaryName):
			a.problem(&Problem{Kind: InvalidIdentifier, Number: 1280, Object: t.Name.String() + "." + n.Name, Table: t.Name, Name: n.Name, Reason: "primary", Span: n.nameOrSpan()})
			t.Indexes[i] = nil
			continue
		default:
			if first := indexNamed(t.Indexes, n.Name); first != nil && first != x {
				if !t.Known() {
					t.Indexes[i] = nil
					continue
				}
				a.problem(&Problem{Kind: DuplicateIndexName, Number: 1061, Object: t.Name.String() + "." + n.Name, Table: t.Name, Name: n.Name, Span: n.nameOrSpan(), Cause: first.Span})
				t.Indexes[i] = nil
				continue
			}
		}
		t.Indexes[i] = n
	}
	t.Indexes = compact(t.Indexes)
}

// cutParts gives the parts that are too long for a key the prefix that MariaDB takes instead of refusing
// them; keys that must be unique are refused there too.
func (a *applier) cutParts(t *Table, x *Index) {
	if !a.engine.IsMariaDB() || x.Kind != Plain {
		return
	}
	x.Parts = slices.Clone(x.Parts)
	for i, p := range x.Parts {
		c := t.Column(p.Column)
		if c == nil || p.Prefix != 0 {
			continue
		}
		longest := maxKeyPart / bytesPerCharacter(c.Charset)
		if c.Type.IsBlob() || (c.Type.Name == "varchar" || c.Type.Name == "varbinary") && c.Type.Length > longest {
			x.Parts[i].Prefix, x.Parts[i].Cut = longest, true
		}
	}
}

// maxKeyPart is how many bytes of a column InnoDB indexes.
const maxKeyPart = 3072

// inlineUnique: MariaDB makes one key of a column that is both UNIQUE and PRIMARY KEY in its definition.
func (a *applier) inlineUnique(t *Table) {
	pk := t.PrimaryKey()
	if pk == nil {
		pk = inlinePrimary(t)
	}
	if pk == nil || !pk.Inline || !a.engine.IsMariaDB() {
		return
	}
	t.Indexes = slices.DeleteFunc(t.Indexes, func(x *Index) bool {
		return x.Inline && x.Kind == Unique && x.Origin == 0 && slices.EqualFunc(x.Columns(), pk.Columns(), same)
	})
}

func inlinePrimary(t *Table) *Index {
	for _, x := range t.Indexes {
		if x.Kind == Primary && x.Inline {
			return x
		}
	}
	return nil
}

// indexNamed is the first index of that name in a list with holes.
func indexNamed(list []*Index, name string) *Index {
	for _, x := range list {
		if x != nil && same(x.Name, name) {
			return x
		}
	}
	return nil
}

func compact(list []*Index) []*Index {
	kept := list[:0:0]
	for _, x := range list {
		if x != nil {
			kept = append(kept, x)
		}
	}
	return kept
}

func (x *Index) nameOrSpan() Span {
	if !x.NameSpan.IsZero() {
		return x.NameSpan
	}
	return x.Span
}

func freeIndexName(t *Table, x *Index) string {
	base := "functional_index"
	if len(x.Parts) > 0 && x.Parts[0].Column != "" {
		base = x.Parts[0].Column
		if c := t.Column(base); c != nil {
			base = c.Name
		}
	}
	if !taken(t, base) && !same(base, PrimaryName) {
		return base
	}
	for i := 2; ; i++ {
		if name := base + "_" + strconv.Itoa(i); !taken(t, name) {
			return name
		}
	}
}

func taken(t *Table, name string) bool { return indexNamed(t.Indexes, name) != nil }

// spell gives the columns of a foreign key the case of their definitions.
func (a *applier) spell(t *Table, f *ForeignKey) {
	parent := a.table(f.Parent)
	if a.now.Same(f.Parent, t.Name) {
		parent = t
	}
	f.Columns, f.ParentColumns = t.columnNames(f.Columns), parent.columnNames(f.ParentColumns)
}
