package ddlparse

import "slices"

// Table is a table as it stands between two statements. It is never changed once it is part of a
// Schema; ALTER makes a new one that shares what stayed.
type Table struct {
	Name        Name
	Columns     []*Column
	Indexes     []*Index // the primary key too; in the order of SHOW CREATE TABLE's making: as defined
	ForeignKeys []*ForeignKey
	Checks      []*Check
	Options     TableOptions
	Partitions  *Partitioning // nil: not partitioned
	Temporary   bool

	// External: the history never created it, so columns and keys that are not listed may exist.
	External bool
	// Opaque says which statement made the table's definition uncertain; zero when it is certain.
	// Rules stay silent about opaque tables.
	Opaque Span

	Span     Span // the statement that last defined it as a whole (CREATE TABLE)
	NameSpan Span
	Origin   int // number of the step that created it, kept over renames; 0 for external tables
}

// TableOptions are the options of a table with their effective values.
type TableOptions struct {
	Engine        string // as written, "InnoDB" when not
	Charset       string // effective
	Collation     string // effective
	Comment       string
	RowFormat     string // upper case; "" = server default
	AutoIncrement uint64 // the AUTO_INCREMENT option, 0 when not given
	// Other options as written, upper-case names: KEY_BLOCK_SIZE, COMPRESSION, STATS_PERSISTENT...
	Other map[string]string
	// Spans of the options as last written, by upper-case name: ENGINE, CHARSET, COLLATE, COMMENT...
	Spans map[string]Span
}

// Known reports whether everything about the table is known, so that what it doesn't list doesn't exist.
func (t *Table) Known() bool { return t != nil && !t.External && t.Opaque.IsZero() }

// IsOpaque reports whether a statement that was not understood may have changed the table.
func (t *Table) IsOpaque() bool { return t != nil && !t.Opaque.IsZero() }

// Column returns the column of that name, or nil.
func (t *Table) Column(name string) *Column {
	if t == nil {
		return nil
	}
	for _, c := range t.Columns {
		if same(c.Name, name) {
			return c
		}
	}
	return nil
}

// Index returns the index of that name, or nil; the primary key is PRIMARY.
func (t *Table) Index(name string) *Index {
	if t == nil {
		return nil
	}
	for _, x := range t.Indexes {
		if same(x.Name, name) {
			return x
		}
	}
	return nil
}

// PrimaryKey returns the primary key, or nil.
func (t *Table) PrimaryKey() *Index { return t.Index(PrimaryName) }

// ForeignKey returns the foreign key of that name, or nil.
func (t *Table) ForeignKey(name string) *ForeignKey {
	if t == nil {
		return nil
	}
	for _, f := range t.ForeignKeys {
		if same(f.Name, name) {
			return f
		}
	}
	return nil
}

// Check returns the check constraint of that name, or nil.
func (t *Table) Check(name string) *Check {
	if t == nil {
		return nil
	}
	for _, c := range t.Checks {
		if same(c.Name, name) {
			return c
		}
	}
	return nil
}

// clone copies the table so that its lists can be changed without touching the original's.
func (t *Table) clone() *Table {
	n := *t
	n.Columns = slices.Clone(t.Columns)
	n.Indexes = slices.Clone(t.Indexes)
	n.ForeignKeys = slices.Clone(t.ForeignKeys)
	n.Checks = slices.Clone(t.Checks)
	return &n
}
