package ddlparse

import (
	"encoding/hex"
	"math/big"
	"strconv"
	"strings"
)

// defaultDDL gives the DEFAULT clause, with NULL where it is only implied.
func defaultDDL(c *Column, e Engine) string {
	d := c.Default
	if d == nil {
		if c.NotNull || c.NoDefault && e.IsMySQL() || c.AutoIncrement || c.Generated != nil || e.IsMySQL() && c.Type.IsBlob() {
			return ""
		}
		return "DEFAULT NULL"
	}
	switch d.Kind {
	case DefaultNull:
		if e.IsMySQL() && c.Type.IsBlob() {
			return ""
		}
		return "DEFAULT NULL"
	case DefaultNow:
		return "DEFAULT " + nowDDL(d.Text, e)
	case DefaultExpression:
		return "DEFAULT " + expressionDefault(d.Text, e)
	}
	return "DEFAULT " + literalDDL(c, e)
}

// expressionDefault keeps MySQL's parentheses; MariaDB has none around a single call.
func expressionDefault(text string, e Engine) string {
	if e.IsMariaDB() && strings.HasSuffix(text, ")") && isCall(text) {
		return text
	}
	return "(" + text + ")"
}

func isCall(text string) bool {
	name, _, found := strings.Cut(text, "(")
	if !found || name == "" {
		return false
	}
	for _, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return false
		}
	}
	depth := 0
	for i, r := range text {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 && i < len(text)-1 {
				return false
			}
		}
	}
	return depth == 0
}

// nowDDL writes CURRENT_TIMESTAMP and its synonyms as the server does, with the precision as written.
func nowDDL(text string, e Engine) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	if digits == "0" {
		digits = ""
	}
	if e.IsMariaDB() {
		return "current_timestamp(" + digits + ")"
	}
	if digits == "" {
		return "CURRENT_TIMESTAMP"
	}
	return "CURRENT_TIMESTAMP(" + digits + ")"
}

// literalDDL writes the value as the column keeps it: a DATETIME has a time of day, a DECIMAL its scale.
func literalDDL(c *Column, e Engine) string {
	value, isNumber := literalValue(c)
	t := c.Type
	switch {
	case t.Name == "bit":
		return bitDDL(value, isNumber)
	case t.IsNumeric():
		value = numericDefault(value, t)
		if e.IsMariaDB() {
			return value
		}
	case t.IsTemporal():
		value = temporalDefault(value, t)
	case t.Name == "binary" && len(value) < t.Length:
		value += strings.Repeat("\x00", t.Length-len(value))
	}
	return quote(value)
}

// literalValue decodes TRUE, FALSE, hexadecimal and bit literals; isNumber says that what it gives
// are decimal digits.
func literalValue(c *Column) (value string, isNumber bool) {
	text := c.Default.Text
	if c.Default.Kind == DefaultString {
		return text, false
	}
	switch strings.ToUpper(text) {
	case "TRUE":
		return "1", true
	case "FALSE":
		return "0", true
	}
	digits, base := radix(text)
	if base == 10 {
		return text, true
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return text, false
	}
	if c.Type.IsNumeric() || c.Type.Name == "bit" {
		return n.String(), true
	}
	if base == 16 {
		if raw, err := hex.DecodeString(strings.Repeat("0", len(digits)%2) + digits); err == nil {
			return string(raw), false
		}
	}
	return string(n.Bytes()), false
}

// radix tells 0x1F, x'1F', 0b01, b'01' and decimal numbers apart.
func radix(text string) (digits string, base int) {
	if len(text) < 3 {
		return text, 10
	}
	inside := strings.Trim(text[1:], "'")
	switch {
	case strings.HasPrefix(text, "0x"):
		return text[2:], 16
	case strings.HasPrefix(text, "0b"):
		return text[2:], 2
	case (text[0] == 'x' || text[0] == 'X') && text[1] == '\'':
		return inside, 16
	case (text[0] == 'b' || text[0] == 'B') && text[1] == '\'':
		return inside, 2
	}
	return text, 10
}

func bitDDL(value string, isNumber bool) string {
	n := new(big.Int).SetBytes([]byte(value))
	if isNumber {
		if _, ok := n.SetString(value, 10); !ok {
			return value
		}
	}
	return "b'" + n.Text(2) + "'"
}

// numericDefault rounds the number to what the type keeps.
func numericDefault(value string, t Type) string {
	f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return value
	}
	if _, exponent, found := strings.Cut(strings.ToLower(value), "e"); found && len(exponent) > 4 {
		return value // beyond any column, and dear to compute exactly
	}
	exact, ok := new(big.Rat).SetString(strings.TrimSpace(value))
	switch {
	case !ok:
		return value
	case t.IsInteger():
		value = exact.FloatString(0)
	case t.Name == "decimal":
		_, scale := decimalSize(t)
		value = exact.FloatString(scale)
	case t.Scale >= 0:
		value = exact.FloatString(t.Scale)
	default:
		value = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if t.Zerofill {
		width := integerType(t, Engine{Kind: MariaDB}).Length
		value = strings.Repeat("0", max(0, width-len(value))) + value
	}
	return value
}

// temporalDefault completes what is short: a day without a time, a time without seconds, a fraction.
func temporalDefault(value string, t Type) string {
	switch t.Name {
	case "datetime", "timestamp":
		if len(value) == len("2006-01-02") && strings.Count(value, "-") == 2 {
			value += " 00:00:00"
		}
	case "time":
		if strings.Count(value, ":") == 1 {
			value += ":00"
		}
	default:
		return value
	}
	if t.Length > 0 && strings.Contains(value, ":") {
		whole, fraction, _ := strings.Cut(value, ".")
		fraction += strings.Repeat("0", t.Length)
		value = whole + "." + fraction[:t.Length]
	}
	return value
}
