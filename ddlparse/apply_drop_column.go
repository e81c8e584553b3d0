package ddlparse

import "slices"

// dropColumnRefused says what keeps the server from dropping a column, given what else the statement drops.
// Numbers and conditions are those of MySQL 8.0 to 9.7 and MariaDB 10.11, tried on the servers.
func dropColumnRefused(s Schema, t *Table, st *Statement, c *DropColumn) []*Problem {
	d := dropCheck{s: s, t: t, c: c, dropped: droppedColumns(st)}
	for _, ch := range st.Changes {
		switch ch := ch.(type) {
		case *DropForeignKey:
			d.keys = append(d.keys, fold(ch.Name))
		case *DropCheck:
			d.keys = append(d.keys, fold(ch.Name))
		case *DropIndex:
			d.keys = append(d.keys, fold(ch.Name))
		}
	}
	return slices.Concat(d.foreignKeys(), d.uniqueKeys(), d.expressions())
}

func droppedColumns(st *Statement) map[string]bool {
	dropped := map[string]bool{}
	for _, ch := range st.Changes {
		if d, ok := ch.(*DropColumn); ok {
			dropped[fold(d.Name)] = true
		}
	}
	return dropped
}

type dropCheck struct {
	s       Schema
	t       *Table
	c       *DropColumn
	dropped map[string]bool
	keys    []string // folded names of the keys that the statement drops too
}

func (d dropCheck) problem(number int, reason, other string, cause Span) *Problem {
	return &Problem{
		Kind: DropColumnUsed, Number: number, Object: d.t.Name.String() + "." + d.c.Name, Table: d.t.Name, Name: d.c.Name,
		Reason: reason, Other: other, Span: d.c.Span, Cause: cause,
	}
}

// uniqueKeys: MariaDB does not shorten a unique key, which could make duplicates of its rows.
func (d dropCheck) uniqueKeys() []*Problem {
	if !d.s.Engine().IsMariaDB() {
		return nil
	}
	for _, x := range d.t.Indexes {
		if x.Unique() && has(x.Columns(), d.c.Name) && !slices.Contains(d.keys, fold(x.Name)) && !d.allDropped(x) {
			return []*Problem{d.problem(1072, "unique-key", x.Name, x.Span)}
		}
	}
	return nil
}

func (d dropCheck) allDropped(x *Index) bool {
	return !slices.ContainsFunc(x.Columns(), func(c string) bool { return !d.dropped[fold(c)] })
}

func (d dropCheck) foreignKeys() []*Problem {
	for _, f := range d.t.ForeignKeys {
		if has(f.Columns, d.c.Name) && !slices.Contains(d.keys, fold(f.Name)) {
			number := 1828
			if d.s.Engine().IsMariaDB() {
				number = 1553
			}
			return []*Problem{d.problem(number, "foreign-key", f.Name, f.Span)}
		}
	}
	for child, f := range d.s.Children(d.t.Name) {
		if has(f.ParentColumns, d.c.Name) && !d.s.Same(child.Name, d.t.Name) {
			return []*Problem{d.problem(1829, "referenced", child.Name.String()+"."+f.Name, f.Span)}
		}
	}
	return nil
}

func (d dropCheck) expressions() []*Problem {
	mysql := d.s.Engine().IsMySQL()
	for _, g := range d.t.Columns {
		if g.Generated != nil && !d.dropped[fold(g.Name)] && has(g.Generated.Columns, d.c.Name) {
			number := 1054
			if mysql {
				number = 3108
			}
			return []*Problem{d.problem(number, "generated-column", g.Name, g.Span)}
		}
	}
	for _, x := range d.t.Indexes {
		for _, p := range x.Parts {
			if p.Expr != "" && has(p.Columns, d.c.Name) && !slices.Contains(d.keys, fold(x.Name)) {
				return []*Problem{d.problem(3837, "functional-index", x.Name, x.Span)}
			}
		}
	}
	for _, k := range d.t.Checks {
		if has(k.Columns, d.c.Name) && d.onlySome(k.Columns) && !slices.Contains(d.keys, fold(k.Name)) {
			number := 1054
			if mysql {
				number = 3959
			}
			return []*Problem{d.problem(number, "check", k.Name, k.Span)}
		}
	}
	if p := d.t.Partitions; p != nil && has(p.Columns, d.c.Name) {
		number := 1054
		if mysql {
			number = 3855
		}
		return []*Problem{d.problem(number, "partition", p.Method, p.Span)}
	}
	return nil
}

// onlySome reports whether some of the columns that exist stay.
func (d dropCheck) onlySome(columns []string) bool {
	for _, c := range columns {
		if d.t.Column(c) != nil && !d.dropped[fold(c)] {
			return true
		}
	}
	return false
}

func has(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return same(n, name) })
}
