package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// oldColumn is the column as it stood before the change set, nil for one that the change set added.
// One whose former name isn't found is taken to have been what it is.
func oldColumn(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) *ddlparse.Column {
	if p.New(c.Origin) {
		return nil
	}
	if old := startTable(p, t).Column(c.Name); old != nil {
		return old
	}
	return c
}

// typeIsNew reports whether the change set gave the column its type; false where it only restates it.
func typeIsNew(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	old := oldColumn(p, t, c)
	return old == nil || !sameType(old.Type, c.Type)
}

// sameType compares types without display widths, which mean nothing for integers.
func sameType(a, b ddlparse.Type) bool {
	if a.IsInteger() {
		a.Length, b.Length = -1, -1
	}
	return strings.EqualFold(a.String(), b.String())
}

// columnsOfTables yields, for each table, those of the columns whose definition the change set wrote
// that the rule is about, so that one cause is said once for the table.
func columnsOfTables(p *review.Pass, about func(*ddlparse.Table, *ddlparse.Column) bool, say func(*ddlparse.Table, []*ddlparse.Column)) {
	for t := range p.Tables() {
		var list []*ddlparse.Column
		for _, c := range t.Columns {
			if p.New(c.Defined) && about(t, c) {
				list = append(list, c)
			}
		}
		if len(list) > 0 {
			say(t, list)
		}
	}
}

// objectOfColumns is the column's path, and the table's where there are several.
func objectOfColumns(t *ddlparse.Table, list []*ddlparse.Column) string {
	if len(list) == 1 {
		return objectOf(t.Name, list[0].Name)
	}
	return t.Name.String()
}

// columnPaths names the columns for people: `t.a`, `t.b`.
func columnPaths(t *ddlparse.Table, list []*ddlparse.Column) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = "`" + objectOf(t.Name, c.Name) + "`"
	}
	return strings.Join(names, ", ")
}

// typePlaces are the types of the columns behind the first.
func typePlaces(list []*ddlparse.Column) []ddlparse.Span {
	var places []ddlparse.Span
	for _, c := range list[1:] {
		places = append(places, c.TypeSpan)
	}
	return places
}

// inForeignKey reports whether a foreign key of the table has the column.
func inForeignKey(t *ddlparse.Table, column string) bool {
	return slices.ContainsFunc(t.ForeignKeys, func(f *ddlparse.ForeignKey) bool { return named(f.Columns, column) })
}

// named reports whether the column is in a list of column names.
func named(list []string, column string) bool {
	return slices.ContainsFunc(list, func(n string) bool { return strings.EqualFold(n, column) })
}

// quoted names things for people: `a`, `b`.
func quoted(names []string) string {
	return "`" + strings.Join(names, "`, `") + "`"
}
