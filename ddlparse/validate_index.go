package ddlparse

// index looks at everything that one index definition says.
func (v *validator) index(x *Index) {
	v.identifier("index", x.Name, place(x.NameSpan, x.Span))
}
