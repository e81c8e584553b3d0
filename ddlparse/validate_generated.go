package ddlparse

// generated looks at a generated column (MySQL 8.4 manual, "CREATE TABLE and Generated Columns";
// MariaDB manual, "Generated Columns").
func (v *validator) generated(c *Column) {
	if c.Generated == nil || v.generatedClauses(c) {
		return
	}
	for _, name := range c.Generated.Columns {
		if v.generatedFrom(c, name) {
			return
		}
	}
	v.generatedCalls(c)
}

func (v *validator) generatedProblem(c *Column, number int, reason, value string) bool {
	v.add(Problem{Kind: GeneratedInvalid, Number: number, Name: c.Name, Reason: reason, Value: value, Span: place(c.Generated.Span, c.Span)})
	return true
}

// generatedClauses: MySQL takes neither DEFAULT nor ON UPDATE nor AUTO_INCREMENT beside the expression.
// On the others it is a syntax error.
func (v *validator) generatedClauses(c *Column) bool {
	if !v.engine.MySQL(8, 0, 0) {
		return false
	}
	for _, clause := range [...]string{"DEFAULT", "AUTO_INCREMENT", "ON UPDATE"} {
		if at := c.Attribute(clause); !at.IsZero() {
			v.add(Problem{Kind: GeneratedInvalid, Number: 1221, Name: c.Name, Reason: "clause", Value: clause, Span: at})
			return true
		}
	}
	return false
}

// generatedFrom looks at one column that the expression names.
func (v *validator) generatedFrom(c *Column, name string) bool {
	from := v.table.Column(name)
	switch {
	case from == nil:
		return v.table.Known() && !maybeKeyword(name) && v.generatedProblem(c, 1054, "missing", name)
	case from.Generated != nil && !v.before(from, c) && !v.engine.IsTiDB():
		number := 3107
		if v.engine.IsMariaDB() {
			number = 4029
		}
		return v.generatedProblem(c, number, "later", name)
	case from.AutoIncrement && v.engine.IsMySQL():
		return v.generatedProblem(c, 3109, "auto-increment", name)
	case from.AutoIncrement && v.engine.IsMariaDB() && c.Generated.Stored:
		return v.generatedProblem(c, 1901, "auto-increment", name)
	}
	return false
}

// before reports whether a stands before b in the table.
func (v *validator) before(a, b *Column) bool {
	for _, c := range v.table.Columns {
		switch c {
		case b:
			return false
		case a:
			return true
		}
	}
	return true
}

func (v *validator) generatedCalls(c *Column) {
	number, name := 0, ""
	switch {
	case v.engine.MySQL(8, 0, 0):
		number, name = v.refusedCall(c.Generated.Expr, 3763)
		if variable := v.variable(c.Generated.Expr); number == 0 && variable != "" {
			number, name = 3772, variable
		}
	case v.engine.IsMariaDB() && c.Generated.Stored:
		number = 1901
		if _, name = v.refusedCall(c.Generated.Expr, 1901); name == "" {
			name = v.variable(c.Generated.Expr)
		}
		if name == "" {
			return
		}
	}
	if number != 0 {
		v.generatedProblem(c, number, "function", name)
	}
}

// defaultExpression looks at DEFAULT (expr): what MySQL refuses there is less than in generated columns.
func (v *validator) defaultExpression(c *Column) {
	for _, call := range v.calls(c.Default.Text) {
		number := 0
		switch {
		case sideEffects[call.name] && v.engine.MySQL(8, 0, 13):
			number = 3770
		case sideEffects[call.name] && v.engine.MariaDB(10, 2, 1):
			number = 1901
		case call.name[0] == '@' && v.engine.MySQL(8, 0, 13):
			number = 3772
		}
		if number != 0 {
			v.add(Problem{
				Kind: InvalidDefault, Number: number, Name: c.Name, Reason: "function", Value: call.name,
				Span: place(c.Default.Span, c.Span),
			})
			return
		}
	}
}
