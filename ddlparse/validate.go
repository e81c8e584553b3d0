package ddlparse

// The validate functions say what the server would refuse in a definition, with the number of its
// error. A definition is refused here only if the servers were seen to refuse it (MySQL 9.7 and
// MariaDB 10.11 in validate_server_test.go) or the manual says so; in doubt they are silent.

// validateColumn returns what is wrong with one column of t.
func validateColumn(e Engine, t *Table, c *Column) []*Problem {
	v := &validator{engine: e, table: t}
	v.column(c)
	return v.problems
}

// validateIndex returns what is wrong with one index or key of t.
func validateIndex(e Engine, t *Table, x *Index) []*Problem {
	v := &validator{engine: e, table: t}
	v.index(x)
	return v.problems
}

// validateForeignKey returns what is wrong with a foreign key of t, where s holds t already. checks
// is the server variable foreign_key_checks: without it parents may come later.
func validateForeignKey(s Schema, t *Table, f *ForeignKey, checks bool) []*Problem {
	v := &validator{engine: s.Engine(), table: t}
	v.foreignKey(s, f, checks)
	return v.problems
}

// validateCheck returns what is wrong with one check constraint of t.
func validateCheck(e Engine, t *Table, c *Check) []*Problem {
	v := &validator{engine: e, table: t}
	v.check(c)
	return v.problems
}

// validateTable returns what is wrong with t as a whole.
func validateTable(e Engine, t *Table) []*Problem {
	v := &validator{engine: e, table: t}
	v.whole()
	return v.problems
}

// validator collects the problems of one object of a table.
type validator struct {
	engine   Engine
	table    *Table
	problems []*Problem
}

// add reports a problem about a named part of the table, or the table itself when name is empty.
func (v *validator) add(p Problem) {
	if p.Kind == UnknownCharset && !isPlainWord(p.Value) {
		return // a placeholder of the migration tool
	}
	p.Table = v.table.Name
	p.Object = v.table.Name.String()
	if p.Name != "" {
		p.Object += "." + p.Name
	}
	v.problems = append(v.problems, &p)
}

// place returns the first span that is a place.
func place(spans ...Span) Span {
	for _, s := range spans {
		if !s.IsZero() {
			return s
		}
	}
	return Span{}
}
