package ddlparse

import "slices"

// conversion looks at what CONVERT TO makes of indexes and columns that it doesn't define: their bytes may be
// too many then.
func (a *applier) conversion(before, t *Table) {
	for _, x := range t.Indexes {
		if old := before.Index(x.Name); x.Defined != a.step.Number && !x.Implicit && old != nil {
			a.overflows(fresh(validateIndex(a.engine, t, x), validateIndex(a.engine, before, old)), x.Unique())
		}
	}
	for _, c := range t.Columns {
		if old := before.Column(c.Name); c.Defined != a.step.Number && old != nil && c.Type.IsText() {
			a.overflows(fresh(validateColumn(a.engine, t, c), validateColumn(a.engine, before, old)), false)
		}
	}
}

// overflows reports what no longer fits, with the number that CONVERT TO gives it: MySQL 9.7 has one of its own
// for unique keys.
func (a *applier) overflows(list []*Problem, unique bool) {
	list = slices.DeleteFunc(list, func(p *Problem) bool { return p.Kind != IndexTooLong && p.Kind != VarcharTooLong })
	for _, p := range list {
		if p.Kind == VarcharTooLong {
			p.Reason = "column"
		} else if unique && a.engine.MySQL(8, 4, 0) {
			p.Number = 3886
		}
		p.Kind = ConversionOverflow
		a.problem(p)
	}
}
