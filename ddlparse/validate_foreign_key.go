package ddlparse

// foreignKey compares a foreign key with its table and its parent.
func (v *validator) foreignKey(_ Schema, f *ForeignKey, _ bool) {
	v.identifier("foreign key", f.Name, f.Span)
}
