package ddlparse

import (
	"cmp"
	"slices"
	"strconv"
)

// inlineForeignKeys drops the REFERENCES clauses of columns where the server ignores them: MySQL before
// 9.0, MariaDB before 10.5, TiDB.
func (a *applier) inlineForeignKeys(t *Table) {
	kept := t.ForeignKeys[:0:0]
	for _, f := range t.ForeignKeys {
		if !f.Inline || a.inlineReferences() {
			kept = append(kept, f)
		}
	}
	t.ForeignKeys = kept
}

func (a *applier) inlineReferences() bool {
	return a.engine.MySQL(9, 0, 0) || a.engine.MariaDB(10, 5, 0)
}

// nameForeignKeys dates and names the foreign keys that the statement added: orders_ibfk_1 and so on,
// fk_1 on TiDB. Names are unique in a database on MySQL.
func (a *applier) nameForeignKeys(t *Table, before *Table) {
	kept := t.ForeignKeys[:0:0]
	for _, f := range t.ForeignKeys {
		if f.Origin != 0 {
			kept = append(kept, f)
			continue
		}
		n := *f
		n.Origin, n.Defined = a.step.Number, a.step.Number
		if n.Name == "" && a.engine.IsMariaDB() {
			n.Name = n.Index // FOREIGN KEY name (…) names the constraint too
		}
		if n.Name == "" {
			n.Name = a.freeForeignKeyName(t, kept, before)
		} else if a.constraintTaken(t, kept, &n) {
			continue
		}
		if len(n.ParentColumns) == 0 {
			n.ParentColumns = a.parentKey(n.Parent)
		}
		a.spell(t, &n)
		kept = append(kept, &n)
	}
	t.ForeignKeys = kept
	for _, f := range kept {
		a.now.store.names.put(a.constraintKey(t, f.Name), a.now.at, new(a.now.key(t.Name)))
	}
}

// parentKey is what REFERENCES without a column list refers to.
func (a *applier) parentKey(parent Name) []string {
	if pk := a.table(parent).PrimaryKey(); pk != nil {
		return pk.Columns()
	}
	return nil
}

func (a *applier) freeForeignKeyName(t *Table, kept []*ForeignKey, before *Table) string {
	prefix := t.Name.Name + "_ibfk_"
	if a.engine.IsTiDB() {
		prefix = "fk_"
	}
	highest := 0
	count := func(list []*ForeignKey) {
		for _, f := range list {
			if len(f.Name) > len(prefix) && same(f.Name[:len(prefix)], prefix) {
				if n, err := strconv.Atoi(f.Name[len(prefix):]); err == nil {
					highest = max(highest, n)
				}
			}
		}
	}
	count(kept)
	if before != nil {
		count(before.ForeignKeys)
	}
	return prefix + strconv.Itoa(highest+1)
}

func (a *applier) constraintKey(t *Table, name string) string {
	return a.now.databaseKey(t.Name.Database) + " " + fold(name)
}

// constraintTaken reports a foreign key name that is in use: in the table on every server, in the
// database on MySQL (error 1826).
func (a *applier) constraintTaken(t *Table, kept []*ForeignKey, f *ForeignKey) bool {
	for _, other := range kept {
		if same(other.Name, f.Name) {
			if t.Known() {
				a.problem(duplicateConstraint(t, f.Name, f.Span, other.Span))
			}
			return true
		}
	}
	if !a.engine.MySQL(8, 0, 0) {
		return false
	}
	owner := a.now.store.names.get(a.constraintKey(t, f.Name), a.now.at)
	if owner == nil || *owner == a.now.key(t.Name) {
		return false
	}
	other := a.now.store.tables.get(*owner, a.now.at)
	if g := other.ForeignKey(f.Name); g != nil {
		a.problem(duplicateConstraint(t, f.Name, f.Span, g.Span))
	}
	return false
}

func duplicateConstraint(t *Table, name string, at, cause Span) *Problem {
	return &Problem{Kind: DuplicateConstraint, Number: 1826, Object: t.Name.String() + "." + name, Table: t.Name, Name: name, Span: at, Cause: cause}
}

// foreignKeyIndexes makes an index for each foreign key that the statement added, where the statement has
// it, and drops the made ones, old or new, that another index makes superfluous.
func (a *applier) foreignKeyIndexes(t *Table) {
	for _, f := range t.ForeignKeys {
		if f.Origin == a.step.Number {
			t.Indexes = append(t.Indexes, foreignKeyIndex(f))
		}
	}
	slices.SortStableFunc(t.Indexes, func(x, y *Index) int {
		if x.Origin != 0 || y.Origin != 0 {
			return cmp.Compare(min(1, y.Origin), min(1, x.Origin)) // those that were there come first
		}
		return cmp.Compare(x.Span.Start, y.Span.Start)
	})
	for i := range t.Indexes {
		dropSuperfluous(t.Indexes, i)
	}
	t.Indexes = compact(t.Indexes)
}

func foreignKeyIndex(f *ForeignKey) *Index {
	x := &Index{Kind: Plain, Implicit: true, Span: f.Span, Name: f.Index}
	if f.Named {
		x.Name = f.Name
	}
	for _, c := range f.Columns {
		x.Parts = append(x.Parts, Part{Column: c, Span: f.Span})
	}
	return x
}

// dropSuperfluous compares the index at i with those before it. Of two where a made one is the start of the
// other, the made one goes; of two made ones that are equal, the earlier.
func dropSuperfluous(list []*Index, i int) {
	x := list[i]
	for j, y := range list[:i] {
		switch {
		case y == nil:
		case x.Implicit && startsWith(y, x.Columns()) && (!y.Implicit || len(x.Parts) < len(y.Parts)):
			list[i] = nil
			return
		case y.Implicit && startsWith(x, y.Columns()):
			list[j] = nil
			return
		}
	}
}

// startsWith reports whether the index's first parts are the columns, whole, in that order.
func startsWith(x *Index, columns []string) bool {
	if x.Kind == Fulltext || x.Kind == Spatial || x.Kind == Vector || len(x.Parts) < len(columns) {
		return false
	}
	for i, c := range columns {
		if p := x.Parts[i]; !same(p.Column, c) || p.Prefix != 0 {
			return false
		}
	}
	return true
}
