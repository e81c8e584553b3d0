package ddlparse

import (
	"strconv"
	"strings"
)

// Column is a column with everything its definition says and implies.
type Column struct {
	Name          string
	Type          Type
	NotNull       bool // effective: primary key columns are NOT NULL without saying so
	Null          NullClause
	NoDefault     bool // ALTER COLUMN … DROP DEFAULT: not even NULL is implied
	AutoIncrement bool
	Invisible     bool
	Default       *Default // nil: no DEFAULT clause
	OnUpdate      string   // the ON UPDATE expression as written, "" without
	Comment       string
	Generated     *Generated // nil: an ordinary column
	SRID          string     // digits, "" without

	// Charset and Collation are effective, "" for types that have none. The Explicit ones are as written.
	Charset, Collation                 string
	ExplicitCharset, ExplicitCollation string

	Attributes []Attribute // the clauses behind the type, in source order

	Span     Span // the whole definition
	NameSpan Span
	TypeSpan Span
	Origin   int // number of the step that added it, kept over renames and modifications
	Defined  int // number of the step that last defined it
}

// NullClause is what a definition says about NULL.
type NullClause uint8

// Unspecified is the zero NullClause: neither NULL nor NOT NULL is written.
const (
	Unspecified NullClause = iota
	ExplicitNull
	ExplicitNotNull
)

// Attribute is one clause behind a column's type: its keyword ("DEFAULT", "NOT NULL", "COMMENT",
// "COLLATE", "CHARACTER SET", "PRIMARY KEY", "UNIQUE", "REFERENCES", "CHECK", "AUTO_INCREMENT",
// "ON UPDATE", "GENERATED", "NULL", "INVISIBLE", "VISIBLE", "SRID", ...) and place.
type Attribute struct {
	Keyword string
	Span    Span
}

// Attribute returns the place of the clause with that keyword, zero when it isn't written.
func (c *Column) Attribute(keyword string) Span {
	for _, a := range c.Attributes {
		if a.Keyword == keyword {
			return a.Span
		}
	}
	return Span{}
}

// Nullable reports whether the column takes NULL.
func (c *Column) Nullable() bool { return !c.NotNull }

// Default is a DEFAULT clause.
type Default struct {
	Kind DefaultKind
	// Text is the value: unquoted for a string literal, as written for numbers, bit and hex literals
	// and keywords, the inside of the parentheses for an expression.
	Text string
	Span Span // the value, without the word DEFAULT
	// Implicit: the server adds it (first TIMESTAMP column of old versions).
	Implicit bool
}

// DefaultKind says what kind of value a DEFAULT clause has.
type DefaultKind uint8

// The kinds of default values.
const (
	DefaultNull       DefaultKind = iota + 1 // DEFAULT NULL
	DefaultString                            // DEFAULT 'x'
	DefaultNumber                            // DEFAULT 1, -1.5, TRUE, b'0', 0x1F
	DefaultNow                               // CURRENT_TIMESTAMP and its synonyms, with precision as written
	DefaultExpression                        // DEFAULT (expr); on MariaDB also bare functions
)

// Generated is the generation clause of a column.
type Generated struct {
	Expr    string   // the inside of the parentheses as written
	Columns []string // the column names it mentions, as written
	Stored  bool
	Span    Span // the expression with its parentheses
}

// Type is a column type in canonical form: synonyms are resolved (INTEGER is int, BOOL tinyint(1)).
type Type struct {
	Name     string // lower case: "bigint", "varchar", "enum", "datetime", "json", "point", ...
	Length   int    // display width, characters, bytes or total digits; -1 when not written
	Scale    int    // decimals; -1 when not written
	Unsigned bool
	Zerofill bool
	Members  []string // of ENUM and SET, unquoted
}

// String gives the type as SHOW CREATE TABLE does: "decimal(10,2) unsigned".
func (t Type) String() string {
	var b strings.Builder
	b.WriteString(t.Name)
	switch {
	case t.Members != nil:
		for i, m := range t.Members {
			b.WriteString([]string{"(", ","}[min(i, 1)])
			b.WriteString("'" + strings.ReplaceAll(m, "'", "''") + "'")
		}
		b.WriteString(")")
	case t.Length >= 0 && t.Scale >= 0:
		b.WriteString("(" + strconv.Itoa(t.Length) + "," + strconv.Itoa(t.Scale) + ")")
	case t.Length >= 0:
		b.WriteString("(" + strconv.Itoa(t.Length) + ")")
	}
	if t.Unsigned {
		b.WriteString(" unsigned")
	}
	if t.Zerofill {
		b.WriteString(" zerofill")
	}
	return b.String()
}

// IsInteger reports whether it is one of TINYINT to BIGINT.
func (t Type) IsInteger() bool {
	switch t.Name {
	case "tinyint", "smallint", "mediumint", "int", "bigint":
		return true
	}
	return false
}

// IsText reports whether it holds characters and so has a character set and collation.
func (t Type) IsText() bool {
	switch t.Name {
	case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set":
		return true
	}
	return false
}

// IsBlob reports whether it is a TEXT or BLOB type, which an index needs a prefix length for.
func (t Type) IsBlob() bool {
	switch t.Name {
	case "tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob":
		return true
	}
	return false
}

// IsBinary reports whether it is a string type without a character set.
func (t Type) IsBinary() bool {
	switch t.Name {
	case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob":
		return true
	}
	return false
}

// IsTemporal reports whether it is a date or time type.
func (t Type) IsTemporal() bool {
	switch t.Name {
	case "date", "time", "datetime", "timestamp", "year":
		return true
	}
	return false
}

// IsNumeric reports whether it holds numbers; BIT doesn't count.
func (t Type) IsNumeric() bool {
	return t.IsInteger() || t.Name == "decimal" || t.Name == "float" || t.Name == "double"
}

// IsSpatial reports whether it holds geometry values.
func (t Type) IsSpatial() bool {
	switch t.Name {
	case "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection":
		return true
	}
	return false
}
