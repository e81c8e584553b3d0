package onlineddl

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// typeOperations names what happens to a column's type, character set and collation.
func (x *statement) typeOperations(old, now *ddlparse.Column) (ops []string) {
	o, n := old.Type, now.Type
	switch {
	case x.isJSON(old) != x.isJSON(now):
		return []string{pick(x.isJSON(now), "text to json", "json to text")}
	case o.IsInteger() && n.IsInteger():
		ops = integerOperations(o, n)
	case isVar(o) && isVar(n), isBlob(o) && isBlob(n), isFixed(o) && isFixed(n):
		ops = x.stringOperations(old, now)
	case o.Name != n.Name:
		ops = append(ops, otherType(o, n))
	case o.Name == "enum" || o.Name == "set":
		ops = memberOperations(o, n)
	case o.Name == "decimal":
		ops = decimalOperations(o, n)
	case o.IsTemporal():
		ops = byLength(o.Length, n.Length, "widen fraction", "narrow fraction")
	case o.Name == "bit":
		ops = byLength(o.Length, n.Length, "widen bit", "narrow bit")
	default:
		ops = differs(o.Length != n.Length || o.Scale != n.Scale || o.Unsigned != n.Unsigned || old.SRID != now.SRID, "change type")
	}
	if o.IsText() && n.IsText() {
		ops = append(ops, x.charsetOperations(old, now)...)
	}
	return ops
}

// isJSON reports whether a column was declared as JSON, which MariaDB keeps as LONGTEXT with a check.
func (x *statement) isJSON(c *ddlparse.Column) bool {
	return x.kind == ddlparse.MariaDB && strings.EqualFold(c.TypeSpan.Text(), "json")
}

// otherType names a change from one type to another of a different family.
func otherType(o, n ddlparse.Type) string {
	switch {
	case o.IsSpatial() && n.Name == "geometry":
		return "widen geometry"
	case n.Name == "json":
		return "text to json"
	case isVar(o) && isBlob(n) && o.IsText() == n.IsText():
		return "varchar to text"
	case mayNotFit(o, n):
		return "convert type"
	}
	return "change type"
}

// mayNotFit reports whether there are values of one type that the other doesn't take.
func mayNotFit(o, n ddlparse.Type) bool {
	switch {
	case n.Name == "enum", n.Name == "set", n.Name == "timestamp", n.Name == "uuid", n.Name == "float" && o.Name == "double":
		return true
	case (isVar(o) || isFixed(o)) && isBlob(n), o.Name == "json":
		return false
	case (isVar(o) || isFixed(o)) && (isVar(n) || isFixed(n)):
		return n.Length < o.Length
	}
	return o.IsBlob() || isVar(o) || isFixed(o)
}

func decimalOperations(o, n ddlparse.Type) []string {
	switch {
	case n.Length-n.Scale < o.Length-o.Scale || n.Unsigned && !o.Unsigned:
		return []string{"narrow decimal"}
	case o.Length != n.Length || o.Scale != n.Scale || o.Unsigned != n.Unsigned:
		return []string{"change decimal"}
	}
	return differs(o.Zerofill != n.Zerofill, "change display")
}

func differs(yes bool, name string) []string {
	if yes {
		return []string{name}
	}
	return nil
}

func byLength(o, n int, wider, narrower string) []string {
	o, n = max(o, 0), max(n, 0)
	return append(differs(n > o, wider), differs(n < o, narrower)...)
}

var integerSize = map[string]int{"tinyint": 1, "smallint": 2, "mediumint": 3, "int": 4, "bigint": 8}

func integerOperations(o, n ddlparse.Type) []string {
	if o.Unsigned != n.Unsigned {
		return []string{"change sign"}
	}
	if o.Name == n.Name {
		return differs(o.Length != n.Length || o.Zerofill != n.Zerofill, "change display")
	}
	return byLength(integerSize[o.Name], integerSize[n.Name], "widen integer", "narrow integer")
}

func isVar(t ddlparse.Type) bool   { return t.Name == "varchar" || t.Name == "varbinary" }
func isFixed(t ddlparse.Type) bool { return t.Name == "char" || t.Name == "binary" }
func isBlob(t ddlparse.Type) bool  { return t.IsBlob() && t.Name != "json" }

// stringOperations compare two string types of one family by their bytes.
func (x *statement) stringOperations(old, now *ddlparse.Column) (ops []string) {
	o, n := old.Type, now.Type
	if o.IsText() != n.IsText() {
		ops = append(ops, pick(n.IsText(), "binary to text", "text to binary"))
	}
	switch {
	case isVar(o):
		return append(ops, lengthOperations(x.bytes(old), x.bytes(now), o.Length, n.Length)...)
	case isFixed(o) && o.IsText() != n.IsText():
		return append(ops, byLength(x.bytes(old), x.bytes(now), "widen char", "narrow char")...)
	case isFixed(o):
		kind := pick(n.IsText(), " char", " binary")
		return append(ops, byLength(max(o.Length, 1), max(n.Length, 1), "widen"+kind, "narrow"+kind)...)
	}
	return append(ops, byLength(blobSize(o), blobSize(n), "widen text", "narrow text")...)
}

// lengthOperations compare VARCHAR lengths. Up to 255 bytes the length takes one byte, above two: MySQL 8.4
// manual, "Online DDL Operations", "Extending VARCHAR column size".
func lengthOperations(oldBytes, newBytes, oldChars, newChars int) []string {
	switch {
	case newBytes < oldBytes:
		return []string{"narrow varchar"}
	case oldBytes <= 255 && newBytes > 255:
		return []string{"widen varchar across 255 bytes"}
	case newChars < oldChars:
		return []string{"fewer characters"}
	}
	return differs(newBytes > oldBytes && newChars > oldChars, "widen varchar")
}

func (x *statement) bytes(c *ddlparse.Column) int {
	n := max(c.Type.Length, 0)
	if isFixed(c.Type) {
		n = max(c.Type.Length, 1)
	}
	if c.Type.IsText() {
		n *= max(x.engine.CharsetMaxLen(c.Charset), 1)
	}
	return n
}

func blobSize(t ddlparse.Type) int {
	switch {
	case strings.HasPrefix(t.Name, "tiny"):
		return 1
	case strings.HasPrefix(t.Name, "medium"):
		return 3
	case strings.HasPrefix(t.Name, "long"):
		return 4
	}
	return 2
}

// memberOperations compare the members of an ENUM or SET.
func memberOperations(o, n ddlparse.Type) []string {
	switch {
	case slices.ContainsFunc(o.Members, func(m string) bool { return !slices.Contains(n.Members, m) }):
		return []string{"remove members"}
	case !slices.Equal(o.Members, n.Members[:len(o.Members)]):
		return []string{"insert members"}
	case len(n.Members) == len(o.Members):
		return nil
	case memberBytes(o) != memberBytes(n):
		return []string{"append members across a byte"}
	}
	return []string{"append members"}
}

// memberBytes is how many bytes a value takes: MySQL 8.4 manual, "Data Type Storage Requirements".
func memberBytes(t ddlparse.Type) int {
	n := len(t.Members)
	if t.Name == "enum" {
		return 1 + min(n/256, 1)
	}
	if b := (n + 7) / 8; b <= 4 {
		return b
	}
	return 8
}

// charsetOperations compare character sets and collations.
func (x *statement) charsetOperations(old, now *ddlparse.Column) []string {
	switch {
	case old.Charset == now.Charset:
		return differs(old.Collation != now.Collation, "change collation")
	case old.Charset == "utf8mb3" && now.Charset == "utf8mb4":
		return []string{"utf8mb3 to utf8mb4"}
	case old.Charset == "latin1" && now.Charset == "utf8mb4":
		return []string{"latin1 to utf8mb4"}
	case old.Charset == "ascii":
		return []string{"ascii to another character set"}
	}
	return []string{"change character set"}
}
