package ddlparse

import (
	"math/big"
	"strings"
)

// numberDefault looks at DEFAULT with a number, bit or hex literal, TRUE or FALSE.
func (v *validator) numberDefault(c *Column) {
	text := strings.ReplaceAll(c.Default.Text, " ", "")
	switch {
	case strings.EqualFold(text, "true"):
		text = "1"
	case strings.EqualFold(text, "false"):
		text = "0"
	}
	if text == "0" && c.Type.IsNumeric() || text == "1" && c.Type.IsInteger() {
		return // most defaults, and every such type holds them
	}
	n, literal := parseNumber(text)
	if bits, ok := parseBits(text); ok {
		v.bitsDefault(c, text, bits)
		return
	}
	if !literal {
		return
	}
	switch t := c.Type; {
	case t.IsNumeric() || t.Name == "bit":
		v.numericDefault(c, n)
	case t.Name == "year":
		v.yearDefault(c, round(n, 0))
	case t.Name == "date" || t.Name == "datetime" || t.Name == "timestamp":
		v.dateNumber(c, text, n)
	case t.Name == "enum" || t.Name == "set":
		v.memberNumber(c, text)
	case t.Name == "char" || t.Name == "varchar" || t.Name == "binary" || t.Name == "varbinary":
		v.numberAsText(c, text)
	}
}

// bitsDefault: b'1', 0x1F and x'1F' are numbers to numeric columns and bytes to strings.
func (v *validator) bitsDefault(c *Column, text string, bits *big.Rat) {
	if v.engine.IsMariaDB() && text[0] != '0' && text[0]|0x20 != 'b' {
		return // MariaDB takes x'41' for the string 'A'
	}
	if c.Type.IsInteger() || c.Type.Name == "bit" {
		v.numericDefault(c, bits)
	}
}

// numericDefault compares a number with what the column holds. Numbers are rounded, not refused, when
// they have too many decimals.
func (v *validator) numericDefault(c *Column, n *big.Rat) {
	if c.Type.Unsigned && n.Sign() < 0 {
		v.badDefault(c, "range")
		return
	}
	low, high, scale, ok := bounds(c.Type)
	if !ok {
		return
	}
	if n = round(n, scale); n.Cmp(low) < 0 || n.Cmp(high) > 0 {
		v.badDefault(c, "range")
	}
}

// bounds are the smallest and largest value of a numeric type and its decimals. Those of FLOAT and
// DOUBLE are left a little wide: the servers compare them in binary.
func bounds(t Type) (low, high *big.Rat, scale int, ok bool) {
	switch {
	case t.IsInteger():
		low, high = integerBounds(t)
		return low, high, 0, true
	case t.Name == "bit":
		if t.Length < 1 || t.Length > 63 {
			return nil, nil, 0, false
		}
		return new(big.Rat), power(2, t.Length, -1), 0, true
	case t.Name == "decimal":
		length := t.Length
		if length == 0 && t.Scale == 0 {
			length = 10
		}
		if length > 65 || t.Scale > length || t.Scale < 0 {
			return nil, nil, 0, false
		}
		high = power(10, length, -1)
		high.Quo(high, power(10, t.Scale, 0))
		return new(big.Rat).Neg(high), high, t.Scale, true
	case t.Length > 0 && t.Scale >= 0 && t.Length <= 255 && t.Scale <= t.Length: // FLOAT(M,D)
		high = power(10, t.Length-t.Scale, -1)
		return new(big.Rat).Neg(high), high.Add(high, big.NewRat(999999, 1000000)), 7, true
	case t.Name == "float":
		high = new(big.Rat).SetFloat64(3.4029e38)
		return new(big.Rat).Neg(high), high, 0, true
	}
	return nil, nil, 0, false
}

var integerBits = map[string]int{"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}

func integerBounds(t Type) (low, high *big.Rat) {
	bits := integerBits[t.Name]
	if t.Unsigned {
		return new(big.Rat), power(2, bits, -1)
	}
	return new(big.Rat).Neg(power(2, bits-1, 0)), power(2, bits-1, -1)
}

// power is base to the exponent plus add.
func power(base int64, exponent int, add int64) *big.Rat {
	n := new(big.Int).Exp(big.NewInt(base), big.NewInt(int64(exponent)), nil)
	return new(big.Rat).SetInt(n.Add(n, big.NewInt(add)))
}

// round rounds half away from zero to so many decimals.
func round(n *big.Rat, decimals int) *big.Rat {
	unit := power(10, decimals, 0)
	scaled := new(big.Rat).Mul(new(big.Rat).Abs(n), unit)
	scaled.Add(scaled, big.NewRat(1, 2))
	whole := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	rounded := new(big.Rat).Quo(new(big.Rat).SetInt(whole), unit)
	if n.Sign() < 0 {
		return rounded.Neg(rounded)
	}
	return rounded
}

// parseNumber reads a decimal number with an exponent. What would take long to compute is not read.
func parseNumber(s string) (*big.Rat, bool) {
	rest := strings.TrimLeft(s, "+-")
	if len(s)-len(rest) > 1 || len(s) > 100 {
		return nil, false
	}
	digits, dots, i := 0, 0, 0
	for ; i < len(rest) && (isDigit(rest[i]) || rest[i] == '.'); i++ {
		if rest[i] == '.' {
			dots++
		} else {
			digits++
		}
	}
	if digits == 0 || dots > 1 || !isExponent(rest[i:]) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// isExponent reports whether s is empty or an exponent of at most three digits.
func isExponent(s string) bool {
	if s == "" {
		return true
	}
	if s[0]|0x20 != 'e' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 3
}

// parseBits reads 0x1F, x'1F', 0b01 and b'01'.
func parseBits(s string) (*big.Rat, bool) {
	if len(s) < 3 || len(s) > 200 {
		return nil, false
	}
	kind, digits := s[0]|0x20, strings.TrimSuffix(s[2:], "'")
	if s[0] == '0' {
		kind = s[1] | 0x20
	} else if s[1] != '\'' {
		return nil, false
	}
	base := map[byte]int{'x': 16, 'b': 2}[kind]
	if base == 0 {
		return nil, false
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok || n.Sign() < 0 {
		return nil, false
	}
	return new(big.Rat).SetInt(n), true
}
