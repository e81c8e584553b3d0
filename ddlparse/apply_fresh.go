package ddlparse

import "slices"

// freshTable is what is wrong with the table as a whole and wasn't before the statement.
func (a *applier) freshTable(before, t *Table) []*Problem {
	found := validateTable(a.engine, t)
	if len(found) == 0 || before == nil {
		return found
	}
	return fresh(found, validateTable(a.engine, before))
}

// freshColumn is what is wrong with a column. One that the statement doesn't write but changes all the
// same, as CONVERT TO does, is compared with what it was.
func (a *applier) freshColumn(before, t *Table, c *Column) []*Problem {
	found := validateColumn(a.engine, t, c)
	old := before.Column(c.Name)
	if len(found) == 0 || old == nil || old.Span != c.Span {
		return found
	}
	return fresh(found, validateColumn(a.engine, before, old))
}

func fresh(found, old []*Problem) []*Problem {
	return slices.DeleteFunc(found, func(p *Problem) bool {
		return slices.ContainsFunc(old, func(o *Problem) bool {
			return o.Kind == p.Kind && o.Number == p.Number && o.Reason == p.Reason && same(o.Name, p.Name)
		})
	})
}
