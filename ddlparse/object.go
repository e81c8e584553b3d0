package ddlparse

// View is a view: its query is kept as text with the names it mentions.
type View struct {
	Name       Name
	Columns    []string // the column list, nil when not written
	References []Reference
	Tables     []Name // tables and views in its FROM clauses
	Span       Span
	Origin     int
}

// Trigger is a trigger of a table.
type Trigger struct {
	Name       Name
	Table      Name
	Timing     string // "BEFORE", "AFTER"
	Event      string // "INSERT", "UPDATE", "DELETE"
	References []Reference
	Span       Span
	Body       Span
	Origin     int
}

// Routine is a stored procedure, function or event.
type Routine struct {
	Kind       string // "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE", "LIBRARY"
	Name       Name
	References []Reference
	Dynamic    bool // it prepares or executes text, so that its effect depends on its arguments
	Span       Span
	Body       Span
	Origin     int
}

// Reference is an identifier in the body of a view, trigger or routine. It may name a table or a
// column, or neither: a body is read as tokens, not resolved.
type Reference struct {
	Qualifier string // what stands before the dot: "orders", "NEW", an alias; "" without
	Name      string
	Span      Span
}

// Database is a database (schema, in MySQL's other word).
type Database struct {
	Name               string
	Charset, Collation string // effective
	Span               Span
	Origin             int
}
