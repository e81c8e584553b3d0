package ddlparse

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
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

// spell gives the columns of a foreign key the case of their definitions.
func (a *applier) spell(t *Table, f *ForeignKey) {
	parent := a.table(f.Parent)
	if a.now.Same(f.Parent, t.Name) {
		parent = t
	}
	f.Columns, f.ParentColumns = t.columnNames(f.Columns), parent.columnNames(f.ParentColumns)
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
	key := a.now.key(t.Name)
	return key[:strings.IndexByte(key, '.')] + " " + fold(name)
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
	first := 1
	if a.engine.IsMySQL() && before != nil {
		first = highestCheck(prefix, before.Checks) + 1
	}
	for i := first; ; i++ {
		name := prefix + strconv.Itoa(i)
		if (&Table{Checks: kept}).Check(name) == nil && (before == nil || before.Check(name) == nil) {
			return name
		}
	}
}

// highestCheck is the highest number behind the prefix among the names; MySQL goes on from there.
func highestCheck(prefix string, checks []*Check) int {
	highest := 0
	for _, k := range checks {
		if len(k.Name) > len(prefix) && same(k.Name[:len(prefix)], prefix) && isDigits(k.Name[len(prefix):]) {
			n, _ := strconv.Atoi(k.Name[len(prefix):])
			highest = max(highest, n)
		}
	}
	return highest
}
