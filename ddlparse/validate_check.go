package ddlparse

// check looks at one check constraint.
func (v *validator) check(c *Check) {
	v.identifier("check", c.Name, c.Span)
}
