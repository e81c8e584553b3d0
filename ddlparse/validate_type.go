package ddlparse

import (
	"strconv"
	"strings"
)

// typeArguments reports lengths, precisions and scales that the type can't have (MySQL 8.4 manual,
// "Numeric Type Syntax", "String Type Syntax"; MariaDB manual, "Data Types").
func (v *validator) typeArguments(c *Column) {
	if c.Type.Name == "vector" && c.Type.Length > maxDimensions && v.engine.MySQL(9, 0, 0) {
		v.add(Problem{Kind: VectorColumn, Number: 6137, Name: c.Name, Reason: "dimensions", Value: c.Type.String(), Span: place(c.TypeSpan, c.Span)})
		return
	}
	number, reason := v.typeError(c)
	if number == 0 {
		return
	}
	kind := TypeArgument
	if number == 1074 && c.Type.Name != "char" && c.Type.Name != "binary" {
		kind = VarcharTooLong
	}
	v.add(Problem{Kind: kind, Number: number, Name: c.Name, Reason: reason, Value: c.Type.String(), Span: place(c.TypeSpan, c.Span)})
}

// maxDimensions is how many numbers a VECTOR has at most (MySQL 9.7 manual, "The VECTOR Type").
const maxDimensions = 16383

func (v *validator) typeError(c *Column) (number int, reason string) {
	switch t := c.Type; t.Name {
	case "decimal":
		return v.decimalError(t)
	case "float", "double":
		return floatError(t)
	case "tinyint", "smallint", "mediumint", "int", "bigint":
		return above(t.Length, 255, 1439)
	case "bit":
		if t.Length == 0 && v.engine.MySQL(8, 0, 0) {
			return 3013, "length"
		}
		return above(t.Length, 64, 1439)
	case "char", "binary":
		return above(t.Length, 255, 1074)
	case "varchar", "varbinary":
		return above(t.Length*v.bytesPerCharacter(c), v.maxVarchar(), 1074)
	case "datetime", "timestamp", "time":
		if t.Length > 6 {
			return 1426, "precision"
		}
	case "year":
		return v.yearError(c)
	}
	return 0, ""
}

func above(length, limit, number int) (int, string) {
	if length > limit {
		return number, "length"
	}
	return 0, ""
}

// decimalError: MySQL looks at the scale before it compares it with the precision.
func (v *validator) decimalError(t Type) (int, string) {
	maxScale := 30
	if v.engine.MariaDB(10, 2, 1) {
		maxScale = 38
	}
	switch {
	case t.Length > 65:
		return 1426, "precision"
	case t.Scale > maxScale:
		return 1425, "scale"
	case t.Scale > t.Length:
		return 1427, "scale"
	}
	return 0, ""
}

func floatError(t Type) (int, string) {
	switch {
	case t.Scale < 0:
		return 0, ""
	case t.Length > 255:
		return 1439, "length"
	case t.Scale > 30:
		return 1425, "scale"
	case t.Scale > t.Length:
		return 1427, "scale"
	}
	return 0, ""
}

// yearError: MySQL has had only YEAR and YEAR(4) since 5.7.5.
func (v *validator) yearError(c *Column) (int, string) {
	_, rest, found := strings.Cut(c.TypeSpan.Text(), "(")
	digits, _, closed := strings.Cut(rest, ")")
	if !found || !closed || !v.engine.IsMySQL() {
		return 0, ""
	}
	if n, err := strconv.Atoi(strings.TrimSpace(digits)); err != nil || n == 4 {
		return 0, ""
	}
	return 1818, "length"
}

// maxVarchar is the limit in bytes: MariaDB refuses here what MySQL leaves to the row size.
func (v *validator) maxVarchar() int {
	if v.engine.IsMariaDB() {
		return 65532
	}
	return 65535
}

// bytesPerCharacter is the width of the column's widest character, 0 when its character set is unknown.
func (v *validator) bytesPerCharacter(c *Column) int {
	if !c.Type.IsText() {
		return 1
	}
	return v.engine.CharsetMaxLen(c.Charset)
}

// members reports what is wrong with the list of an ENUM or SET.
func (v *validator) members(c *Column) {
	v.memberLimits(c)
	seen := make(map[string]string, len(c.Type.Members))
	for _, m := range c.Type.Members {
		key := v.memberKey(c, m)
		if earlier, twice := seen[key]; twice {
			v.add(Problem{
				Kind: DuplicateEnumValue, Number: 1291, Name: c.Name, Value: m, Other: earlier,
				Reason: c.Type.Name, Span: place(c.TypeSpan, c.Span),
			})
			return
		}
		seen[key] = m
	}
}

// memberLimits: a SET has at most 64 members and no commas in them, an ENUM at most 65,535 (MySQL 8.4
// manual, "The SET Type", "The ENUM Type"). MariaDB's ENUM reaches other limits before.
func (v *validator) memberLimits(c *Column) {
	p := Problem{Kind: EnumSetLimits, Name: c.Name, Reason: "members", Value: strconv.Itoa(len(c.Type.Members)), Span: place(c.TypeSpan, c.Span)}
	switch {
	case c.Type.Name == "enum" && len(c.Type.Members) > 65535 && v.engine.MySQL(8, 0, 0):
		p.Number = 3504
	case c.Type.Name != "set":
		return
	case len(c.Type.Members) > 64:
		p.Number = 1097
	default:
		v.commas(c, p)
		return
	}
	v.add(p)
}

func (v *validator) commas(c *Column, p Problem) {
	for _, m := range c.Type.Members {
		if strings.Contains(m, ",") {
			p.Number, p.Reason, p.Value = 1367, "comma", m
			v.add(p)
			return
		}
	}
}

// memberKey is the same for members that surely are the same under the column's collation. Of other
// than ASCII letters it knows nothing.
func (v *validator) memberKey(c *Column, member string) string {
	member = strings.TrimRight(member, " ")
	if isASCII(member) && v.engine.IsCaseInsensitive(c.Collation) {
		return strings.ToLower(member)
	}
	return member
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
