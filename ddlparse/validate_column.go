package ddlparse

// column looks at everything that one column definition says.
func (v *validator) column(c *Column) {
	v.identifier("column", c.Name, place(c.NameSpan, c.Span))
	v.columnCharset(c)
	v.typeArguments(c)
	v.members(c)
	v.defaultValue(c)
	v.onUpdate(c)
	v.autoIncrement(c)
	v.primaryNull(c)
	v.generated(c)
	from := len(v.problems)
	v.changedIn(c)
	for _, p := range v.problems[from:] { // the index is as it was: the column is at fault
		p.Span, p.Cause = place(c.TypeSpan, c.Span), p.Span
	}
}

// columnCharset looks at CHARACTER SET and COLLATE as written. The servers do so for every type.
func (v *validator) columnCharset(c *Column) {
	set, known := v.engine.charset(c.ExplicitCharset)
	if c.ExplicitCharset != "" && !known {
		v.add(Problem{
			Kind: UnknownCharset, Number: 1115, Name: c.Name, Reason: "charset", Value: c.ExplicitCharset,
			Span: place(c.Attribute("CHARACTER SET"), c.Span),
		})
		return
	}
	if c.ExplicitCollation == "" || c.ExplicitCollation == binCollation {
		return
	}
	p := Problem{
		Kind: UnknownCharset, Number: 1273, Name: c.Name, Reason: "collation", Value: c.ExplicitCollation,
		Other: set.Name, Span: place(c.Attribute("COLLATE"), c.Span),
	}
	collation, ok := v.engine.collation(c.ExplicitCollation)
	if ok && known && collation.Charset != "" && collation.Charset != set.Name {
		p.Number, p.Reason = 1253, "mismatch"
	} else if ok {
		return
	}
	v.add(p)
}

// onUpdate: only DATETIME and TIMESTAMP take ON UPDATE, and on MySQL only with their own precision.
func (v *validator) onUpdate(c *Column) {
	if c.OnUpdate == "" || c.Generated != nil {
		return
	}
	p := Problem{
		Kind: InvalidOnUpdate, Number: 1294, Name: c.Name, Reason: "type", Value: c.Type.String(),
		Span: place(c.Attribute("ON UPDATE"), c.Span),
	}
	switch {
	case c.Type.Name != "datetime" && c.Type.Name != "timestamp":
		v.add(p)
	case v.engine.IsMySQL() && nowPrecision(c.OnUpdate) != max(c.Type.Length, 0):
		p.Reason = "precision"
		v.add(p)
	}
}

// autoIncrement: integers only; MariaDB, and MySQL before 8.4, count FLOAT and DOUBLE in (MySQL 8.4
// manual, "Using AUTO_INCREMENT").
func (v *validator) autoIncrement(c *Column) {
	if !c.AutoIncrement || c.Generated != nil || c.Type.IsInteger() {
		return
	}
	if (c.Type.Name == "float" || c.Type.Name == "double") && !v.engine.MySQL(8, 4, 0) {
		return
	}
	v.add(Problem{
		Kind: AutoIncrementType, Number: 1063, Name: c.Name, Value: c.Type.String(),
		Span: place(c.TypeSpan, c.Span),
	})
}

// primaryNull: MySQL refuses a primary key column whose definition says NULL. One that was nullable
// before the key came is made NOT NULL silently. MariaDB does that always.
func (v *validator) primaryNull(c *Column) {
	key := v.table.PrimaryKey()
	if key == nil || v.engine.IsMariaDB() || key.Defined > c.Defined {
		return
	}
	null := c.Null == ExplicitNull
	byDefault := c.Null != ExplicitNotNull && c.Default != nil && c.Default.Kind == DefaultNull && !v.inlineNull(c)
	if !null && !byDefault || null && v.inlineNull(c) || !covers(key, c.Name) {
		return
	}
	v.add(Problem{
		Kind: PrimaryKeyNull, Number: 1171, Name: c.Name,
		Span: place(c.Attribute("NULL"), c.Attribute("DEFAULT"), c.Span), Cause: key.Span,
	})
}

// inlineNull: PRIMARY KEY in the definition makes the column NOT NULL, so that DEFAULT NULL is
// already wrong as a default.
func (v *validator) inlineNull(c *Column) bool {
	return c.Default != nil && c.Default.Kind == DefaultNull && !c.AutoIncrement && !c.Attribute("PRIMARY KEY").IsZero()
}

func covers(x *Index, column string) bool {
	for _, p := range x.Parts {
		if same(p.Column, column) {
			return true
		}
	}
	return false
}
