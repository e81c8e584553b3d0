package ddlparse

// whole looks at what only the table as a whole shows.
func (v *validator) whole() {
	v.identifier("table", v.table.Name.Name, place(v.table.NameSpan, v.table.Span))
}
