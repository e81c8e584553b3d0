package ddlparse

import "strings"

// pairs compares each child column with its parent; it reports whether all go together.
func (v *validator) pairs(f *ForeignKey, parent *Table) bool {
	for i, name := range f.Columns {
		child, other := v.table.Column(name), parent.Column(f.ParentColumns[i])
		if child.Type.IsBlob() || child.Type.Name == "json" && v.engine.IsMySQL() {
			v.textChild(f, child)
			return false
		}
		if !v.pair(f, child, other) {
			return false
		}
	}
	return true
}

// textChild: without a prefix there is no index on such a column, and with one InnoDB doesn't use it.
func (v *validator) textChild(f *ForeignKey, c *Column) {
	number := 1170
	switch {
	case v.engine.IsMariaDB():
		number = 1005
	case v.engine.IsTiDB():
		return
	case c.Type.Name == "json":
		number = 3152
	}
	p := v.foreignProblem(f, ForeignKeyText, number, "text")
	p.Value, p.Cause = c.Type.String(), c.Span
}

func (v *validator) pair(f *ForeignKey, child, other *Column) bool {
	a, b := storageClass(child.Type), storageClass(other.Type)
	if a == "" || b == "" {
		return false
	}
	kind, reason := ForeignKeyType, "type"
	switch {
	case a != b:
	case a == "text" && child.Collation != "" && other.Collation != "" && !same(child.Collation, other.Collation):
		kind, reason = ForeignKeyCollation, "collation"
	default:
		return true
	}
	if v.engine.IsTiDB() && !tidbRefuses(child.Type, other.Type, kind) {
		return false
	}
	p := v.foreignProblem(f, kind, v.number(3780), reason)
	p.Value, p.Cause = child.Name, other.Span
	p.Other = f.Parent.String() + "." + other.Name
	p.Child, p.Parent = child, other
	return false
}

// tidbRefuses: of TiDB it is only known for certain that it compares type, sign and collation too.
func tidbRefuses(a, b Type, kind ProblemKind) bool {
	return kind == ForeignKeyCollation || a.IsInteger() && b.IsInteger()
}

// storageClass is how InnoDB stores a type; columns of one class go together in a foreign key. All pairs
// of the types below were tried on MySQL 9.7 and MariaDB 10.11; "" is for types that weren't.
func storageClass(t Type) string {
	switch t.Name {
	case "tinyint", "smallint", "mediumint", "int", "bigint":
		return integerClass(integerBits[t.Name]/8, !t.Unsigned && !t.Zerofill)
	case "date":
		return integerClass(3, true)
	case "year":
		return integerClass(1, false)
	case "enum", "set":
		return integerClass(t.StorageBytes(1), false)
	case "float", "double":
		return t.Name
	case "char", "varchar":
		return "text"
	case "decimal", "bit", "time", "datetime", "timestamp", "binary", "varbinary":
		return "bytes"
	}
	return ""
}

func integerClass(bytes int, signed bool) string {
	if bytes < 1 || bytes > 8 {
		return ""
	}
	if signed {
		return "signed" + string(rune('0'+bytes))
	}
	return "unsigned" + string(rune('0'+bytes))
}

// parentKey: the parent's columns must lead an index. MySQL 8.4 wants a PRIMARY or UNIQUE key of exactly
// these columns unless restrict_fk_on_non_standard_key is off; elsewhere that is only non-standard.
func (v *validator) parentKey(f *ForeignKey, parent *Table) {
	leads, unique := false, false
	for _, x := range parent.Indexes {
		if l := v.leads(f, parent, x); l {
			leads = true
			unique = unique || x.Unique() && len(x.Parts) == len(f.ParentColumns)
		}
	}
	if unique || !parent.Known() {
		return
	}
	p := Problem{Kind: ForeignKeyNotUnique, Reason: "non-standard"}
	switch {
	case v.engine.MySQL(8, 4, 0):
		p.Number = 6125
		if !leads {
			p.Kind, p.Reason = ForeignKeyNotIndexed, "no-index"
		}
	case !leads:
		p = Problem{Kind: ForeignKeyNotIndexed, Number: v.number(1822), Reason: "no-index"}
	}
	p.Name, p.Value, p.Other = f.Name, strings.Join(f.ParentColumns, ", "), f.Parent.String()
	p.Span, p.Cause = place(f.ParentSpan, f.Span), parent.Span
	v.add(p)
}

// leads reports whether the parent's columns are the first parts of the index, whole and in this order.
// InnoDB adds the primary key to the end of every other index, which counts too.
func (v *validator) leads(f *ForeignKey, parent *Table, x *Index) bool {
	if x.Kind != Plain && !x.Unique() {
		return false
	}
	parts := x.Parts
	if key := parent.PrimaryKey(); key != nil && x.Kind != Primary && len(parts) < len(f.ParentColumns) {
		parts = append(parts[:len(parts):len(parts)], key.Parts...)
	}
	if len(parts) < len(f.ParentColumns) {
		return false
	}
	for i, name := range f.ParentColumns {
		if !same(parts[i].Column, name) || parts[i].Prefix > 0 {
			return false
		}
	}
	return true
}
