package ddlparse

import (
	"slices"
	"strings"
)

// viewColumns reports the columns of a view's queries that none of their tables has, and a view that reads itself.
// Where anything of what the queries read is not known, nothing is said.
func (a *applier) viewColumns(st *Statement) {
	v := createdView(st)
	if v == nil {
		return
	}
	q, known := st.queries, !st.queries.partial
	var tables []*Table
	for _, s := range q.scopes {
		for _, src := range s.sources {
			if a.now.Same(src.table, v.Name) && !src.table.IsZero() && a.table(src.table) == nil {
				a.problem(&Problem{Kind: ViewReference, Number: 1146, Object: v.Name.String(), Table: v.Name, Name: v.Name.Name, Reason: "self", Span: src.span})
				return
			}
			t := a.table(src.table)
			known = known && !src.table.IsZero() && t.Known()
			tables = append(tables, t)
		}
	}
	if known {
		a.missingInView(v, q, tables)
	}
}

// createdView is the view that a statement makes, nil for other statements.
func createdView(st *Statement) *View {
	for _, c := range st.Changes {
		if v, ok := c.(*CreateView); ok {
			return v.View
		}
	}
	return nil
}

// missingInView looks each name up in all tables of the statement: a subquery may mean an outer one.
func (a *applier) missingInView(v *View, q *queries, tables []*Table) {
	said := map[string]bool{}
	for _, s := range q.scopes {
		for _, c := range s.columns {
			has := func(t *Table) bool { return t.Column(c.name) != nil }
			if said[fold(c.name)] || hiddenColumn[fold(c.name)] || slices.ContainsFunc(tables, has) {
				continue
			}
			said[fold(c.name)] = true
			a.problem(&Problem{Kind: ViewReference, Number: 1054, Object: v.Name.String(), Table: v.Name, Name: c.name, Reason: "column", Value: tableNames(tables), Span: c.span})
		}
	}
}

// hiddenColumn are those that tables have without any definition: MySQL's and TiDB's row ids, MariaDB's periods.
var hiddenColumn = map[string]bool{"_rowid": true, "_tidb_rowid": true, "row_start": true, "row_end": true}

func tableNames(tables []*Table) string {
	var names []string
	for _, t := range tables {
		if n := t.Name.String(); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return strings.Join(names, ", ")
}
