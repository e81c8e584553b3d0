package ddlparse

// maxRowBytes is how long a row may be without the contents of BLOB and TEXT columns: MySQL 8.4 manual,
// "Limits on Table Column Count and Row Size".
const maxRowBytes = 65535

// maxIndexParts is how many parts an index may have.
func (e Engine) maxIndexParts() int {
	if e.IsMariaDB() {
		return 32
	}
	return 16
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
