package ddlparse

import "strings"

// defaultValue looks at a DEFAULT clause as a server in strict mode does.
func (v *validator) defaultValue(c *Column) {
	d := c.Default
	if d == nil || c.Generated != nil {
		return
	}
	switch {
	case c.AutoIncrement && d.Kind != DefaultNull:
		v.badDefault(c, "auto-increment")
	case d.Kind == DefaultNull:
		v.defaultNull(c)
	case d.Kind == DefaultNow:
		v.defaultNow(c)
	case d.Kind == DefaultExpression:
		v.defaultExpression(c)
	case takesNoLiteral(c.Type):
		v.literalOnBlob(c)
	case strings.Contains(d.Span.Text(), "{{"): // a placeholder of the migration tool
	case d.Kind == DefaultNumber:
		v.numberDefault(c)
	default:
		v.stringDefault(c)
	}
}

// badDefault reports error 1067: Invalid default value.
func (v *validator) badDefault(c *Column, reason string) {
	v.defaultProblem(c, InvalidDefault, 1067, reason)
}

func (v *validator) defaultProblem(c *Column, kind ProblemKind, number int, reason string) {
	v.add(Problem{
		Kind: kind, Number: number, Name: c.Name, Reason: reason, Value: c.Default.Text, Other: c.Type.String(),
		Span: place(c.Attribute("DEFAULT"), c.Default.Span, c.Span),
	})
}

// defaultNull: DEFAULT NULL contradicts NOT NULL, also the one that PRIMARY KEY in the definition implies.
func (v *validator) defaultNull(c *Column) {
	if c.Null == ExplicitNotNull || v.inlineNull(c) {
		v.badDefault(c, "null")
	}
}

// defaultNow: MySQL takes CURRENT_TIMESTAMP only for DATETIME and TIMESTAMP and only with their own
// precision; MariaDB takes it everywhere. What TiDB does with other types is not known here.
func (v *validator) defaultNow(c *Column) {
	if v.engine.IsMariaDB() {
		return
	}
	if c.Type.Name != "datetime" && c.Type.Name != "timestamp" {
		if v.engine.IsMySQL() {
			v.badDefault(c, "type")
		}
		return
	}
	if nowPrecision(c.Default.Text) != max(c.Type.Length, 0) {
		v.badDefault(c, "precision")
	}
}

// nowPrecision is the number in CURRENT_TIMESTAMP(6), 0 without one.
func nowPrecision(call string) int {
	_, inside, _ := strings.Cut(call, "(")
	n := 0
	for i := 0; i < len(inside) && inside[i] != ')'; i++ {
		if isDigit(inside[i]) {
			n = min(n*10+int(inside[i]-'0'), 100)
		}
	}
	return n
}

func takesNoLiteral(t Type) bool {
	return t.IsBlob() || t.Name == "json" || t.IsSpatial() || t.Name == "vector"
}

// literalOnBlob: MariaDB takes literals for all of them but geometries (1416).
func (v *validator) literalOnBlob(c *Column) {
	switch {
	case !v.engine.IsMariaDB():
		v.defaultProblem(c, LiteralDefaultOnBlob, 1101, c.Type.Name)
	case c.Type.IsSpatial() && c.Default.Kind == DefaultString:
		v.defaultProblem(c, InvalidDefault, 1416, "type")
	}
}
