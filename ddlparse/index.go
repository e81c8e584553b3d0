package ddlparse

// PrimaryName is the name every server gives to the primary key, whatever its CONSTRAINT clause said.
const PrimaryName = "PRIMARY"

// IndexKind says what an index is for.
type IndexKind uint8

// The kinds of indexes.
const (
	Plain IndexKind = iota + 1
	Unique
	Primary
	Fulltext
	Spatial
	Vector
)

// Index is an index or key of a table.
type Index struct {
	Name      string // PRIMARY for the primary key; the server's own choice where none was written
	Kind      IndexKind
	Parts     []Part
	Using     string // "BTREE", "HASH", "RTREE", "" when not written
	Comment   string
	Parser    string // WITH PARSER
	Invisible bool   // INVISIBLE, IGNORED on MariaDB
	Clustered string // TiDB: "CLUSTERED", "NONCLUSTERED" or ""
	Named     bool   // the name was written
	Inline    bool   // written in a column definition: PRIMARY KEY, UNIQUE
	Implicit  bool   // made by the server for a foreign key

	Span     Span // the definition: the table item, ALTER clause or CREATE INDEX statement
	NameSpan Span // zero when not Named
	Origin   int  // number of the step that added it, kept over renames
	Defined  int  // number of the step that last defined it
}

// Unique reports whether the index refuses duplicates.
func (x *Index) Unique() bool { return x.Kind == Unique || x.Kind == Primary }

// Columns returns the names of its plain column parts.
func (x *Index) Columns() []string {
	names := make([]string, 0, len(x.Parts))
	for _, p := range x.Parts {
		if p.Column != "" {
			names = append(names, p.Column)
		}
	}
	return names
}

// Part is one key part of an index.
type Part struct {
	Column  string // "" for an expression
	Prefix  int    // prefix length in characters (bytes for binary types), 0 = whole column
	Cut     bool   // the prefix isn't written: MariaDB shortens what is too long
	Desc    bool
	Expr    string   // functional key part: the inside of its parentheses as written
	Columns []string // the column names that Expr mentions
	Span    Span
}

// ForeignKey is a FOREIGN KEY constraint.
type ForeignKey struct {
	Name               string // the server's own choice ("orders_ibfk_1") where none was written
	Named              bool
	Columns            []string
	Parent             Name
	ParentColumns      []string
	OnDelete, OnUpdate string // upper case: "CASCADE", "SET NULL", "RESTRICT", "NO ACTION", "SET DEFAULT"; "" when not written
	Index              string // the index name in FOREIGN KEY name (...), "" without
	Inline             bool   // REFERENCES in a column definition

	Span       Span
	ParentSpan Span // REFERENCES … to the end
	Origin     int
	Defined    int
}

// Check is a CHECK constraint.
type Check struct {
	Name     string // the server's own choice ("orders_chk_1") where none was written
	Named    bool
	Expr     string   // the inside of the parentheses as written
	Columns  []string // the column names it mentions, as written
	Enforced bool
	Column   string // the column whose definition it stands in, "" for a table constraint

	Span    Span
	Origin  int
	Defined int
}

// Partitioning is how a table is partitioned.
type Partitioning struct {
	Method  string   // "RANGE", "RANGE COLUMNS", "LIST", "LIST COLUMNS", "HASH", "LINEAR HASH", "KEY", "LINEAR KEY", "SYSTEM_TIME"
	Expr    string   // the partitioning expression as written, "" for the COLUMNS and KEY methods
	Columns []string // the columns listed or mentioned in Expr
	Count   int      // PARTITIONS n, or the number of partitions defined
	Sub     *Partitioning
	Parts   []Partition
	Span    Span

	ColumnsSpan Span // the parentheses around the expression or the columns
}

// Partition is one partition.
type Partition struct {
	Name   string
	Values string // "LESS THAN (…)", "IN (…)" as written, "" for HASH and KEY
	Span   Span
}
