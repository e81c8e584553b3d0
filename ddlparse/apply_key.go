package ddlparse

import (
	"strconv"
	"strings"
)

// nameKeys names the indexes, foreign keys and checks that the statement added, in the server's way,
// makes the indexes that foreign keys need, and reports clashes. before is nil for a new table.
func (a *applier) nameKeys(t *Table, before *Table) {
	a.onePrimaryKey(t)
	a.nameForeignKeys(t, before)
	a.nameIndexes(t)
	a.foreignKeyIndexes(t)
	a.nameChecks(t, before)
	a.keyNotNull(t)
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
		switch {
		case n.Kind == Primary:
			n.Name = PrimaryName
		case n.Name == "":
			n.Name = freeIndexName(t, n)
		default:
			if first := t.Index(n.Name); first != nil && first != x {
				a.problem(&Problem{Kind: DuplicateIndexName, Number: 1061, Object: t.Name.String() + "." + n.Name, Table: t.Name, Name: n.Name, Span: n.nameOrSpan(), Cause: first.Span})
				t.Indexes[i] = nil
				continue
			}
		}
		t.Indexes[i] = n
	}
	t.Indexes = compact(t.Indexes)
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

func taken(t *Table, name string) bool {
	for _, x := range t.Indexes {
		if x != nil && same(x.Name, name) {
			return true
		}
	}
	return false
}

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
		if n.Name == "" {
			n.Name = a.freeForeignKeyName(t, kept, before)
		} else if a.constraintTaken(t, kept, &n) {
			continue
		}
		if len(n.ParentColumns) == 0 {
			n.ParentColumns = a.parentKey(n.Parent)
		}
		kept = append(kept, &n)
	}
	t.ForeignKeys = kept
	for _, f := range kept {
		a.now.store.names.put(a.constraintKey(t, f.Name), a.now.at, ptr(a.now.key(t.Name)))
	}
}

func ptr[T any](v T) *T { return &v }

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
	key := a.now.key(t.Name)
	return key[:strings.IndexByte(key, '.')] + " " + fold(name)
}

// constraintTaken reports a foreign key name that is in use: in the table on every server, in the
// database on MySQL (error 1826).
func (a *applier) constraintTaken(t *Table, kept []*ForeignKey, f *ForeignKey) bool {
	for _, other := range kept {
		if same(other.Name, f.Name) {
			a.problem(duplicateConstraint(t, f.Name, f.Span, other.Span))
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

// foreignKeyIndexes makes the index that InnoDB adds where no index starts with the foreign key's columns,
// and drops those it made earlier that an explicit index replaces.
func (a *applier) foreignKeyIndexes(t *Table) {
	for _, f := range t.ForeignKeys {
		if a.covered(t, f, nil) {
			continue
		}
		x := &Index{Kind: Plain, Implicit: true, Span: f.Span, Origin: a.step.Number, Defined: a.step.Number}
		for _, c := range f.Columns {
			x.Parts = append(x.Parts, Part{Column: c, Span: f.Span})
		}
		switch {
		case f.Named:
			x.Name = f.Name
		case f.Index != "":
			x.Name = f.Index
		}
		if x.Name == "" || taken(t, x.Name) {
			x.Name = freeIndexName(t, x)
		}
		t.Indexes = append(t.Indexes, x)
	}
	kept := t.Indexes[:0:0]
	for _, x := range t.Indexes {
		if x.Implicit && x.Origin != a.step.Number && a.replaced(t, x) {
			continue
		}
		kept = append(kept, x)
	}
	t.Indexes = kept
}

// covered reports whether an index other than skip starts with the foreign key's columns, in any order
// of the first ones.
func (a *applier) covered(t *Table, f *ForeignKey, skip *Index) bool {
	for _, x := range t.Indexes {
		if x != skip && startsWith(x, f.Columns) {
			return true
		}
	}
	return false
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

// replaced reports whether an index that this statement added makes the implicit one superfluous.
func (a *applier) replaced(t *Table, implicit *Index) bool {
	for _, x := range t.Indexes {
		if x != implicit && x.Defined == a.step.Number && startsWith(x, implicit.Columns()) {
			return true
		}
	}
	return false
}

// nameChecks dates and names the checks that the statement added. MySQL: orders_chk_1, unique in the
// database, enforced from 8.0.16 on; MariaDB: CONSTRAINT_1, column checks have no name of their own.
func (a *applier) nameChecks(t *Table, before *Table) {
	kept := t.Checks[:0:0]
	for _, k := range t.Checks {
		if k.Origin != 0 && k.Name != "" {
			kept = append(kept, k)
			continue
		}
		if !a.checksCount() {
			continue
		}
		n := *k
		n.Origin, n.Defined = a.step.Number, a.step.Number
		if n.Name == "" {
			n.Name = a.freeCheckName(t, &n, kept, before)
		} else if other := (&Table{Checks: kept}).Check(n.Name); other != nil {
			p := duplicateConstraint(t, n.Name, n.Span, other.Span)
			if a.engine.IsMySQL() {
				p.Number = 3822
			}
			a.problem(p)
			continue
		}
		kept = append(kept, &n)
	}
	t.Checks = kept
}

// checksCount reports whether the server keeps CHECK constraints at all.
func (a *applier) checksCount() bool {
	return a.engine.MySQL(8, 0, 16) || a.engine.MariaDB(10, 2, 1)
}

func (a *applier) freeCheckName(t *Table, k *Check, kept []*Check, before *Table) string {
	prefix := t.Name.Name + "_chk_"
	if a.engine.IsMariaDB() {
		if k.Column != "" {
			return k.Column
		}
		prefix = "CONSTRAINT_"
	}
	for i := 1; ; i++ {
		name := prefix + strconv.Itoa(i)
		if (&Table{Checks: kept}).Check(name) == nil && (before == nil || before.Check(name) == nil) {
			return name
		}
	}
}
