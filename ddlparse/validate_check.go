package ddlparse

import "strings"

// check looks at one check constraint (MySQL 8.4 manual, "CHECK Constraints"; MariaDB manual,
// "CONSTRAINT"). Servers without them read and forget: MySQL before 8.0.16, TiDB unless told otherwise.
func (v *validator) check(k *Check) {
	if !v.engine.MySQL(8, 0, 16) && !v.engine.MariaDB(10, 2, 1) {
		return
	}
	v.identifier("check", k.Name, k.Span)
	for _, name := range k.Columns {
		if v.checkColumn(k, name) {
			return
		}
	}
	v.checkCalls(k)
}

func (v *validator) checkProblem(k *Check, number int, reason, value string) bool {
	v.add(Problem{Kind: CheckInvalid, Number: number, Name: k.Name, Reason: reason, Value: value, Span: k.Span})
	return true
}

func (v *validator) checkColumn(k *Check, name string) bool {
	c := v.table.Column(name)
	switch {
	case c == nil:
		return v.table.Known() && !maybeKeyword(name) && !strings.Contains(k.Expr, "`(") && v.checkProblem(k, v.either(3820, 1054), "missing", name)
	case k.Column != "" && !same(k.Column, name) && v.engine.IsMySQL():
		return v.checkProblem(k, 3813, "other-column", name)
	case c.AutoIncrement:
		return v.checkProblem(k, v.either(3818, 1901), "auto-increment", name)
	}
	return v.checkWritten(k, name)
}

// checkWritten: a foreign key may not write a column that a check looks at, for checks aren't looked at
// then.
func (v *validator) checkWritten(k *Check, name string) bool {
	for _, f := range v.table.ForeignKeys {
		writes := f.OnUpdate == "CASCADE" || f.OnUpdate == "SET NULL" || f.OnDelete == "SET NULL"
		if !writes || v.foreignKeyIgnored(f) {
			continue
		}
		for _, column := range f.Columns {
			if same(column, name) {
				v.add(Problem{Kind: CheckForeignKeyColumn, Number: v.either(3823, 1901), Name: k.Name, Value: name, Other: f.Name, Span: k.Span, Cause: f.Span})
				return true
			}
		}
	}
	return false
}

func (v *validator) checkCalls(k *Check) {
	for _, c := range v.calls(k.Expr) {
		switch {
		case c.name == "SELECT":
			v.checkProblem(k, v.either(3815, 1970), "subquery", c.name)
		case c.name[0] == '@':
			v.checkProblem(k, v.either(3816, 1901), "variable", c.name)
		case volatile[c.name], c.name == "UNIX_TIMESTAMP" && c.empty,
			v.engine.IsMariaDB() && (c.name == "SYSDATE" || c.name == "RANDOM_BYTES"):
			v.checkProblem(k, v.either(3814, 1901), "function", c.name)
		default:
			continue
		}
		return
	}
}
