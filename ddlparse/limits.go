package ddlparse

// The limits of names and tables: MySQL 8.4 manual, "Identifier Length Limits" and "InnoDB Limits".
const (
	maxAlias    = 256   // characters
	maxIndexes  = 64    // secondary indexes of a table
	maxColumns  = 1017  // of an InnoDB table
	maxRowBytes = 65535 // of all columns without BLOB and TEXT contents
)

// maxIndexParts is how many parts an index may have.
func (e Engine) maxIndexParts() int {
	if e.IsMariaDB() {
		return 32
	}
	return 16
}

// maxIndexBytes is how long an InnoDB index may be in a table of a row format, upper case: the old
// formats allow each part 767 bytes, the others an index 3072.
func (e Engine) maxIndexBytes(rowFormat string) int {
	if !e.IsTiDB() && (rowFormat == "COMPACT" || rowFormat == "REDUNDANT") {
		return 767
	}
	return 3072
}

// maxBytes is how many bytes a value of the column takes at most as a key without prefix length.
func (c *Column) maxBytes(e Engine) int {
	if c.Type.IsText() && c.Type.Name != "enum" && c.Type.Name != "set" {
		return c.prefixBytes(e, c.Type.characters())
	}
	if c.Type.Name == "varbinary" || c.Type.Name == "binary" {
		return c.Type.characters()
	}
	return c.Type.StorageBytes(1)
}

// prefixBytes is how many bytes the first n characters of the column take at most.
func (c *Column) prefixBytes(e Engine, n int) int {
	if !c.Type.IsText() {
		return n
	}
	return n * max(1, e.CharsetMaxLen(c.Charset))
}

// IntegerRange returns the smallest and largest value of an integer type; both are 0 for other types.
func (t Type) IntegerRange() (lowest int64, highest uint64) {
	if !t.IsInteger() {
		return 0, 0
	}
	bits := 8 * t.StorageBytes(1)
	if t.Unsigned || t.Zerofill {
		return 0, ^uint64(0) >> (64 - bits)
	}
	return -1 << (bits - 1), 1<<(bits-1) - 1
}
