package ddlparse

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// stringDefault looks at DEFAULT with a string literal.
func (v *validator) stringDefault(c *Column) {
	text := c.Default.Text
	if !utf8.ValidString(text) {
		return // in another character set than the ones known here
	}
	switch t := c.Type; t.Name {
	case "bit":
		v.bitString(c, text)
	case "year":
		v.yearString(c, strings.Trim(text, " "))
	case "date", "datetime", "timestamp":
		v.dateString(c, strings.Trim(text, " "))
	case "time":
		v.timeString(c, strings.Trim(text, " "))
	case "enum":
		v.enumString(c, text)
	case "set":
		v.setString(c, text)
	case "char", "varchar", "binary", "varbinary":
		v.textDefault(c, text)
	default:
		if t.IsNumeric() {
			v.numericString(c, strings.TrimSpace(text))
		}
	}
}

// numericString: a string must be a number as a whole.
func (v *validator) numericString(c *Column, text string) {
	n, ok := parseNumber(text)
	switch {
	case ok && (c.Type.Name == "float" || c.Type.Name == "double") && (c.Type.Scale >= 0 || v.engine.IsMariaDB()):
		// MariaDB takes strings that FLOAT UNSIGNED or FLOAT(M,D) can't hold
	case ok:
		v.numericDefault(c, n)
	case len(text) > 100 || strings.ContainsAny(text, "\x00"):
	case c.Type.Name == "decimal" && text != "" && isDigit(text[0]) && v.engine.IsMySQL():
		v.defaultProblem(c, InvalidDefault, 1366, "number")
	case !startsLikeNumber(text):
		v.badDefault(c, "number")
	case c.Type.IsInteger() && text[0] != '.' && !strings.ContainsAny(text, "eE"):
		v.badDefault(c, "number")
	}
}

func startsLikeNumber(s string) bool {
	s = strings.TrimLeft(s, "+-.")
	return s != "" && isDigit(s[0])
}

// bitString: the bytes of the string are the bits.
func (v *validator) bitString(c *Column, text string) {
	if len(text) <= 8 && c.Type.Length > 0 && c.Type.Length < 64 {
		n := new(big.Int).SetBytes([]byte(text))
		v.numericDefault(c, new(big.Rat).SetInt(n))
	}
}

func (v *validator) yearString(c *Column, text string) {
	n, ok := parseNumber(text)
	switch {
	case !ok && (text == "" || !isDigit(text[0])):
		v.badDefault(c, "date")
	case ok && isDigits(text) && len(text) <= 4 && len(text) != 3:
		v.yearDefault(c, n)
	}
}

// yearDefault: 0 to 99 are two-digit years.
func (v *validator) yearDefault(c *Column, n *big.Rat) {
	century := n.Cmp(big.NewRat(1901, 1)) >= 0 && n.Cmp(big.NewRat(2155, 1)) <= 0
	short := n.Sign() >= 0 && n.Cmp(big.NewRat(99, 1)) <= 0
	if !century && !short {
		v.badDefault(c, "range")
	}
}

// textDefault: characters count for text, bytes for binary strings. MySQL lets go of spaces too many
// at the end of a VARCHAR, MariaDB doesn't; of a CHAR both do.
func (v *validator) textDefault(c *Column, text string) {
	if c.Type.IsBinary() || c.Charset == "binary" {
		if isASCII(text) && c.Type.Length >= 0 && len(text) > c.Type.Length {
			v.badDefault(c, "length")
		}
		return
	}
	kept := text
	if c.Type.Name == "char" || !v.engine.IsMariaDB() {
		kept = strings.TrimRight(text, " ")
	}
	if c.Type.Length >= 0 && utf8.RuneCountInString(kept) > c.Type.Length {
		v.badDefault(c, "length")
	} else if c.Charset == "utf8mb3" && !v.engine.IsTiDB() && hasSupplementary(text) {
		v.badDefault(c, "charset")
	}
}

func hasSupplementary(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r > 0xFFFF })
}

// numberAsText: a plain number in a string column is as long as it is written.
func (v *validator) numberAsText(c *Column, text string) {
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if !isDigits(whole) || fraction != "" && !isDigits(fraction) || len(whole) > 1 && whole[0] == '0' || strings.HasSuffix(digits, ".") {
		return
	}
	if digits == "0" {
		text = digits
	}
	if c.Type.Length >= 0 && len(text) > c.Type.Length {
		v.badDefault(c, "length")
	}
}

// enumString: the default must be a member under the column's collation.
func (v *validator) enumString(c *Column, text string) {
	if !v.maybeMember(c, text) {
		v.badDefault(c, "member")
	}
}

func (v *validator) setString(c *Column, text string) {
	for element := range strings.SplitSeq(text, ",") {
		if text != "" && !v.maybeMember(c, element) {
			v.badDefault(c, "member")
			return
		}
	}
}

// maybeMember is false only if the text is certainly no member: letters beyond ASCII may equal others.
func (v *validator) maybeMember(c *Column, text string) bool {
	text = strings.TrimRight(text, " ")
	exact := v.comparesExactly(c)
	for _, m := range c.Type.Members {
		m = strings.TrimRight(m, " ")
		if m == text || strings.HasPrefix(m, "0x") || !exact && (strings.EqualFold(m, text) || !isASCII(m)) {
			return true
		}
	}
	return !exact && !isASCII(text) || c.Type.Members == nil
}

// comparesExactly reports whether the column's collation tells all characters apart.
func (v *validator) comparesExactly(c *Column) bool {
	return c.Charset == "binary" || strings.HasSuffix(c.Collation, "_bin")
}

// memberNumber: a number is no position here but text, and MariaDB never takes 0.
func (v *validator) memberNumber(c *Column, text string) {
	if v.engine.IsTiDB() || !isDigits(text) || len(text) > 1 && text[0] == '0' {
		return
	}
	if !v.maybeMember(c, text) || v.engine.IsMariaDB() && text == "0" && c.Type.Name == "enum" {
		v.badDefault(c, "member")
	}
}
