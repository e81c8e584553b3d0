package ddlparse

// column looks at everything that one column definition says.
func (v *validator) column(c *Column) {
	v.identifier("column", c.Name, place(c.NameSpan, c.Span))
}
