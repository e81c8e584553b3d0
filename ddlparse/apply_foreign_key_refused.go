package ddlparse

import "slices"

// foreignKeysAllow reports what foreign keys, of the table and to it, keep the clauses from doing: drop the
// index they need, change a column on their one side, partition the table, or move it to another storage
// engine. Each was tried on MySQL 9.7 and MariaDB 10.11 (MySQL 8.4 manual, "FOREIGN KEY Constraints").
func (x *alteration) foreignKeysAllow(changes []Change) {
	if x.quiet || x.engine.IsTiDB() && !x.engine.TiDB(6, 6, 0) || !isInnoDB(x.old) && !x.engine.IsTiDB() {
		return
	}
	for _, c := range changes {
		switch c := c.(type) {
		case *DropIndex:
			x.indexNeeded(c)
		case *ModifyColumn:
			if c.Old != nil && c.New != nil && !(c.Renamed() && x.engine.IsMariaDB()) {
				x.columnInForeignKey(c.Span, c.Old, c.New)
			}
		case *SetOptions:
			x.optionsAllowed(c)
		case *AlterPartitions:
			x.partitionAllowed(c)
		}
	}
}

// link is a foreign key that the table had before and keeps: its own, or one that refers to it.
type link struct {
	*ForeignKey
	table *Table // the one that has the foreign key
	child bool   // the altered table is that one
}

func (x *alteration) links() []link {
	var list []link
	for _, f := range x.new.ForeignKeys {
		if f.Origin != x.step.Number {
			list = append(list, link{f, x.new, true})
		}
	}
	for t, f := range x.now.Children(x.old.Name) {
		if !x.now.Same(t.Name, x.old.Name) && !t.IsOpaque() {
			list = append(list, link{f, t, false})
		}
	}
	return list
}

// refusal is a problem about a part of the table, or the table itself, that the foreign key brings about.
func (x *alteration) refusal(kind ProblemKind, number int, f link, name string, at Span) *Problem {
	p := &Problem{Kind: kind, Number: number, Object: x.old.Name.String(), Table: x.old.Name, Name: name, Reason: "parent", Other: f.Name, Span: at, Cause: f.Span}
	if f.child {
		p.Reason = "child"
	}
	if name != "" {
		p.Object += "." + name
	}
	return p
}

// indexNeeded: the child's columns and the parent's must each lead an index.
func (x *alteration) indexNeeded(c *DropIndex) {
	if c.Index == nil || !x.old.Known() || !x.foreignKeyChecks {
		return
	}
	number := 1553
	if x.engine.IsMariaDB() && c.Index.Kind == Primary {
		if key := x.new.PrimaryKey(); key != nil && key != c.Index {
			return // with a new primary key it works in place, and looks at no foreign key
		}
		number = 1025
	}
	for _, f := range x.links() {
		if x.leansOn(f, c.Index) {
			x.problem(x.refusal(ForeignKeyIndexDropped, number, f, c.Index.Name, c.Span))
			return
		}
	}
}

// leansOn reports whether the dropped index starts with the foreign key's columns, and none of the new
// table's does.
func (x *alteration) leansOn(f link, dropped *Index) bool {
	columns := f.Columns
	if !f.child {
		columns = f.ParentColumns
	}
	return !f.table.External && len(columns) > 0 && startsWith(dropped, columns) &&
		!slices.ContainsFunc(x.new.Indexes, func(y *Index) bool { return startsWithKey(x.new, y, columns) })
}

// startsWithKey counts in the columns of the primary key, which InnoDB adds to every other index.
func startsWithKey(t *Table, x *Index, columns []string) bool {
	if key := t.PrimaryKey(); key != nil && x.Kind != Primary && len(x.Parts) < len(columns) {
		longer := *x
		longer.Parts = slices.Concat(x.Parts, key.Parts)
		x = &longer
	}
	return startsWith(x, columns)
}

// columnInForeignKey compares a column with what it was and with the other side.
func (x *alteration) columnInForeignKey(at Span, old, column *Column) bool {
	for _, f := range x.links() {
		mine, theirs, other := f.Columns, f.ParentColumns, x.table(f.Parent)
		if !f.child {
			mine, theirs, other = theirs, mine, f.table
		}
		i := slices.IndexFunc(mine, func(n string) bool { return same(n, column.Name) })
		if i < 0 || i >= len(theirs) {
			continue
		}
		if p := x.columnRefusal(f, old, column, other.Column(theirs[i]), at); p != nil {
			x.problem(p)
			return true
		}
	}
	return false
}

func (x *alteration) columnRefusal(f link, old, column, other *Column, at Span) *Problem {
	if f.child && !old.NotNull && column.NotNull && (f.OnDelete == "SET NULL" || f.OnUpdate == "SET NULL") {
		p := x.refusal(ForeignKeyColumnChanged, 1830, f, column.Name, at)
		p.Reason = "null"
		return p
	}
	if !x.foreignKeyChecks || x.engine.IsTiDB() || x.now.Same(f.Parent, f.table.Name) {
		return nil
	}
	number, pair := x.columnRefused(old, column, other, f.child)
	if number == 0 {
		return nil
	}
	p := x.refusal(ForeignKeyColumnChanged, number, f, column.Name, at)
	p.Child, p.Parent = column, other
	if !f.child {
		p.Child, p.Parent = other, column
	}
	if pair {
		p.Reason = "pair"
	}
	return p
}

// columnRefused is the error for a change of one side: its own where the two sides no longer go together,
// another where the values would be stored anew.
func (x *alteration) columnRefused(old, column, other *Column, child bool) (number int, pair bool) {
	number = 1833
	if child {
		number = 1832
	}
	switch {
	case sameStorage(old, column) && (old.AutoIncrement == column.AutoIncrement || x.engine.IsMariaDB()):
		return 0, false
	case other == nil || storageClass(column.Type) == "" || storageClass(other.Type) == "":
		return 0, false
	case !goTogether(column, other) && goTogether(old, other):
		if x.engine.MySQL(8, 0, 16) {
			number = 3780
		}
		return number, true
	case !goTogether(column, other), x.widened(old, column):
		return 0, false
	}
	return number, false
}

// sameStorage compares what a value looks like on disk; the members that an ENUM gets don't count, nor do
// the widths of integers.
func sameStorage(a, b *Column) bool {
	if storageClass(a.Type) != storageClass(b.Type) || a.Collation != b.Collation && a.Type.IsText() {
		return false
	}
	switch a.Type.Name {
	case "char", "varchar", "binary", "varbinary", "decimal", "bit", "time", "datetime", "timestamp":
		return a.Type.Name == b.Type.Name && max(a.Type.Length, 0) == max(b.Type.Length, 0) && a.Type.Scale == b.Type.Scale
	}
	return true
}

func goTogether(a, b *Column) bool {
	return storageClass(a.Type) == storageClass(b.Type) && (!a.Type.IsText() || a.Collation == "" || b.Collation == "" || same(a.Collation, b.Collation))
}

// widened: MySQL lets VARCHAR grow as long as its length takes no more bytes. What MariaDB says depends on
// its patch.
func (x *alteration) widened(old, column *Column) bool {
	if old.Type.Name != column.Type.Name || old.Type.Name != "varchar" && old.Type.Name != "varbinary" || old.Collation != column.Collation || old.AutoIncrement != column.AutoIncrement {
		return false
	}
	width := 1
	if old.Type.IsText() {
		width = x.engine.CharsetMaxLen(old.Charset)
	}
	return column.Type.Length >= old.Type.Length && (old.Type.Length*width > 255) == (column.Type.Length*width > 255)
}

// optionsAllowed looks at CONVERT TO, which changes every text column, and at ENGINE.
func (x *alteration) optionsAllowed(c *SetOptions) {
	if c.Convert {
		for _, old := range x.old.Columns {
			if n := x.new.Column(old.Name); n != nil && old.Type.IsText() && x.columnInForeignKey(c.Span, old, n) {
				return
			}
		}
	}
	if !isInnoDB(x.new) && !x.engine.IsTiDB() {
		x.movedAway(c.Span, ForeignKeyEngine, 3776)
	}
}

func (x *alteration) partitionAllowed(c *AlterPartitions) {
	if c.Action == "PARTITION BY" && !x.engine.IsTiDB() {
		x.movedAway(c.Span, ForeignKeyPartitioned, 1506)
	}
}

// movedAway reports the first foreign key that the table has or is referred to by. MySQL's number is its
// own since 8.0, before that and on MariaDB the general one.
func (x *alteration) movedAway(at Span, kind ProblemKind, number int) {
	if x.engine.IsMariaDB() || kind == ForeignKeyEngine && !x.engine.MySQL(8, 0, 0) {
		number = 1217
	}
	links := x.links()
	if len(links) == 0 || !x.foreignKeyChecks && number == 1217 {
		return
	}
	p := x.refusal(kind, number, links[0], "", at)
	p.Reason = "alter-" + p.Reason
	x.problem(p)
}
