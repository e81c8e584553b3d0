package ddlparse

import "strings"

// Name is the name of a table, view, trigger or routine as written, with its database where one was
// named or selected by USE; an empty Database is the one the migration tool connects to.
type Name struct{ Database, Name string }

// String gives "shop.orders", or "orders" in the default database.
func (n Name) String() string {
	if n.Database == "" {
		return n.Name
	}
	return n.Database + "." + n.Name
}

// IsZero reports whether it names nothing.
func (n Name) IsZero() bool { return n.Name == "" }

// fold is how column, index and constraint names are compared: without case, on every server.
func fold(name string) string { return strings.ToLower(name) }

// same compares two column, index or constraint names.
func same(a, b string) bool { return strings.EqualFold(a, b) }
