package ddlparse

import (
	"slices"
	"strconv"
	"strings"
)

// foreignKey compares a foreign key with its table and its parent.
func (v *validator) foreignKey(s Schema, f *ForeignKey, checks bool) {
	if v.foreignKeyIgnored(f) {
		return
	}
	v.identifier("foreign key", f.Name, f.Span)
	if !v.childColumns(f) {
		return
	}
	v.childTable(f)
	v.childActions(f)
	parent := v.parent(s, f, checks)
	if parent == nil || !v.parentTable(f, parent) || !v.parentColumns(f, parent) {
		return
	}
	if !checks && !v.engine.MySQL(8, 0, 16) && !v.engine.IsMariaDB() {
		return // the other servers don't look at columns then, or it isn't known that they do
	}
	if v.pairs(f, parent) {
		v.parentKey(f, parent)
	}
}

// foreignKeyIgnored: servers before MySQL 9.0 and MariaDB 10.5 read REFERENCES in a column definition
// and forget it, and storage engines other than InnoDB all foreign keys.
func (v *validator) foreignKeyIgnored(f *ForeignKey) bool {
	if f.Inline && !v.engine.MySQL(9, 0, 0) && !v.engine.MariaDB(10, 5, 0) && !v.engine.IsTiDB() {
		return true
	}
	if f.Inline && v.engine.IsTiDB() {
		return true
	}
	return !isInnoDB(v.table) && !v.engine.IsTiDB()
}

func isInnoDB(t *Table) bool {
	return t.Options.Engine == "" || strings.EqualFold(t.Options.Engine, "InnoDB")
}

// number gives what the server says: MySQL its own number since 8.0.16, before that and on MariaDB the
// general one.
func (v *validator) number(mysql int) int {
	switch {
	case v.engine.IsMariaDB():
		return 1005
	case v.engine.IsMySQL() && !v.engine.MySQL(8, 0, 16):
		return 1215
	}
	return mysql
}

func (v *validator) addForeign(f *ForeignKey, kind ProblemKind, number int, reason string) {
	v.add(Problem{Kind: kind, Number: number, Name: f.Name, Reason: reason, Other: f.Parent.String(), Span: f.Span})
}

// foreignProblem adds a problem of which there is more to say.
func (v *validator) foreignProblem(f *ForeignKey, kind ProblemKind, number int, reason string) *Problem {
	v.addForeign(f, kind, number, reason)
	return v.problems[len(v.problems)-1]
}

// childColumns reports whether the columns of the child exist, once each.
func (v *validator) childColumns(f *ForeignKey) bool {
	for i, name := range f.Columns {
		if v.table.Column(name) == nil {
			if v.table.Known() {
				v.foreignProblem(f, KeyColumnNotFound, 1072, "foreign-key").Value = name
			}
			return false
		}
		for _, earlier := range f.Columns[:i] {
			if same(earlier, name) {
				v.foreignProblem(f, DuplicateColumnInIndex, 1060, "foreign-key").Value = name
				return false
			}
		}
	}
	if n := len(f.ParentColumns); n > 0 && n != len(f.Columns) {
		p := v.foreignProblem(f, ForeignKeyColumns, 1239, "count")
		p.Value, p.Other = strconv.Itoa(len(f.Columns)), strconv.Itoa(n)
		return false
	}
	return true
}

// childTable: neither temporary nor partitioned tables have foreign keys in InnoDB (MySQL 8.4 manual,
// "FOREIGN KEY Constraints").
func (v *validator) childTable(f *ForeignKey) {
	switch {
	case v.engine.IsTiDB():
	case v.table.Temporary:
		number := 1215
		if v.engine.IsMariaDB() {
			number = 1005
		}
		v.addForeign(f, ForeignKeyEngine, number, "temporary")
	case v.table.Partitions != nil:
		v.addForeign(f, ForeignKeyPartitioned, 1506, "child")
	}
}

// childActions: what ON DELETE and ON UPDATE would write must be writable.
func (v *validator) childActions(f *ForeignKey) {
	writes := f.OnUpdate == "CASCADE" || f.OnUpdate == "SET NULL" || f.OnUpdate == "SET DEFAULT" ||
		f.OnDelete == "SET NULL" || f.OnDelete == "SET DEFAULT"
	for _, name := range f.Columns {
		c := v.table.Column(name)
		switch {
		case c.Generated != nil:
			v.generatedChild(f, c, writes)
		case c.NotNull && (f.OnDelete == "SET NULL" || f.OnUpdate == "SET NULL"):
			p := v.foreignProblem(f, ForeignKeySetNull, v.setNullNumber(), "not-null")
			p.Value, p.Span, p.Cause = c.Name, f.Span, c.Span
		}
		v.baseColumn(f, c, writes)
	}
}

// baseColumn: what an action writes may not be what a stored generated column is made of. MySQL counts
// deleting in.
func (v *validator) baseColumn(f *ForeignKey, c *Column, writes bool) {
	number := v.either(1215, 1901)
	if v.engine.IsTiDB() || !writes && (f.OnDelete != "CASCADE" || !v.engine.MySQL(8, 0, 0)) {
		return
	}
	for _, g := range v.table.Columns {
		if g.Generated == nil || !g.Generated.Stored || !slices.ContainsFunc(g.Generated.Columns, func(n string) bool { return same(n, c.Name) }) {
			continue
		}
		p := v.foreignProblem(f, ForeignKeyGenerated, number, "base")
		p.Value, p.Cause = c.Name, g.Span
		return
	}
}

func (v *validator) setNullNumber() int {
	if v.engine.IsMariaDB() {
		return 1005
	}
	return 1830
}

func (v *validator) generatedChild(f *ForeignKey, c *Column, writes bool) {
	switch {
	case v.engine.IsTiDB():
	case !c.Generated.Stored && v.engine.MySQL(8, 0, 0):
		v.foreignProblem(f, ForeignKeyGenerated, 3733, "virtual").Value = c.Name
	case writes && c.Generated.Stored && v.engine.MySQL(5, 7, 0):
		v.foreignProblem(f, ForeignKeyGenerated, 3104, "action").Value = c.Name
	case writes && c.Generated.Stored && v.engine.IsMariaDB():
		v.foreignProblem(f, ForeignKeyGenerated, 1905, "action").Value = c.Name
	}
}

// parent finds the parent table. One that the history never made is somebody else's; one that it
// dropped or renamed is missing.
func (v *validator) parent(s Schema, f *ForeignKey, checks bool) *Table {
	if s.Same(f.Parent, v.table.Name) {
		return v.table
	}
	if t := s.Table(f.Parent); t != nil {
		return t
	}
	if view := s.View(f.Parent); view != nil && checks && !v.engine.IsTiDB() {
		p := v.foreignProblem(f, ForeignKeyView, v.number(1824), "view")
		p.Span, p.Cause = place(f.ParentSpan, f.Span), view.Span
		return nil
	}
	gone := s.Gone(f.Parent)
	if gone == nil || !checks || gone.External || v.engine.IsTiDB() && !v.engine.TiDB(6, 6, 0) {
		return nil
	}
	p := v.foreignProblem(f, ForeignKeyParentMissing, v.number(1824), "gone")
	p.Span, p.Cause = place(f.ParentSpan, f.Span), gone.Span
	return nil
}

// parentTable reports whether the parent may be one at all.
func (v *validator) parentTable(f *ForeignKey, parent *Table) bool {
	reason, number := "", 0
	switch {
	case v.engine.IsTiDB() && !v.engine.TiDB(6, 6, 0):
		return false
	case v.engine.IsTiDB():
		return true
	case parent == v.table:
		return !parent.Temporary && parent.Partitions == nil
	case parent.Partitions != nil:
		reason, number = "parent", 1506
	case parent.Temporary:
		reason, number = "temporary", 1824
	case !isInnoDB(parent):
		reason, number = "engine", 1824
	default:
		return true
	}
	kind := ForeignKeyEngine
	if reason == "parent" {
		kind = ForeignKeyPartitioned
	}
	if v.engine.IsMariaDB() || number == 1824 && !v.engine.MySQL(8, 0, 16) {
		number = v.number(number)
	}
	p := v.foreignProblem(f, kind, number, reason)
	p.Span, p.Cause = place(f.ParentSpan, f.Span), parent.Span
	return false
}

// parentColumns reports whether the parent has the columns.
func (v *validator) parentColumns(f *ForeignKey, parent *Table) bool {
	for _, name := range f.ParentColumns {
		c := parent.Column(name)
		switch {
		case c == nil && parent.Known():
			p := v.foreignProblem(f, ForeignKeyColumnMissing, v.number(3734), "parent")
			p.Value, p.Span, p.Cause = name, place(f.ParentSpan, f.Span), parent.Span
			return false
		case c == nil:
			return false
		case c.Generated != nil && !c.Generated.Stored && v.engine.MySQL(8, 0, 0):
			p := v.foreignProblem(f, ForeignKeyGenerated, 3733, "virtual")
			p.Value, p.Span, p.Cause = name, place(f.ParentSpan, f.Span), c.Span
			return false
		}
	}
	return len(f.ParentColumns) == len(f.Columns)
}
