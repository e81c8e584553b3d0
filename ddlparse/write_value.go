package ddlparse

import (
	"slices"
	"strconv"
	"strings"
)

// RefusedValue returns the number of the error that a server in its default sql_mode raises when the
// literal is written to the column, 0 when it takes it or that isn't known. NULL is another matter.
func (c *Column) RefusedValue(e Engine, literal *Default) int {
	if literal == nil || literal.Kind != DefaultString && literal.Kind != DefaultNumber || c.Generated != nil || takesNoLiteral(c.Type) || isTemplated(literal.Text) {
		return 0
	}
	if fitsAnyway(c, literal) {
		return 0
	}
	d := *literal
	if c.Type.IsText() || c.Type.IsNumeric() {
		d.Text = strings.TrimRight(d.Text, " ") // too many spaces at the end go without an error
	}
	if (c.Type.Name == "enum" || c.Type.Name == "set") && d.Text != "" && isDigits(d.Text) {
		return refusedPosition(c, d)
	}
	written := *c
	written.Default, written.AutoIncrement, written.Attributes = &d, false, nil
	v := validator{engine: e, table: &Table{}}
	v.defaultValue(&written)
	if len(v.problems) == 0 || c.Type.Name != "year" && c.Type.IsTemporal() && len(d.Text) < 8 && isDigits(d.Text) {
		return 0
	}
	return valueError(c.Type, d, v.problems[0])
}

// fitsAnyway knows most values of large seeds at a glance.
func fitsAnyway(c *Column, d *Default) bool {
	switch c.Type.Name {
	case "varchar", "char":
		return len(d.Text) <= c.Type.Length && c.Charset == "utf8mb4"
	case "int", "bigint", "smallint", "tinyint", "mediumint":
		return d.Kind == DefaultNumber && len(d.Text) < 3 && isDigits(d.Text)
	}
	return false
}

// isTemplated reports whether a migration tool may replace the text.
func isTemplated(text string) bool {
	return strings.Contains(text, "${") || strings.Contains(text, "{{") || strings.Contains(text, "#{") || strings.Contains(text, "<%")
}

// refusedPosition: digits that are no member are the position of one, or the sum of bits.
func refusedPosition(c *Column, d Default) int {
	if slices.Contains(c.Type.Members, d.Text) {
		return 0
	}
	n, err := strconv.ParseUint(d.Text, 10, 64)
	members := uint64(len(c.Type.Members))
	inside := n > 0 && n <= members
	if c.Type.Name == "set" {
		inside = members >= 64 || n < 1<<members
	}
	if err == nil && (inside || members == 0) {
		return 0
	}
	return 1265
}

// valueError is the error for a value that a DEFAULT clause can't have: tried on MySQL 9.7 and MariaDB 10.11.
func valueError(t Type, d Default, p *Problem) int {
	switch {
	case t.IsTemporal() && t.Name != "year":
		return 1292
	case t.Name == "enum" || t.Name == "set":
		return 1265
	case p.Reason == "length" || t.Name == "bit":
		return 1406
	case p.Reason == "range" || t.Name == "year" && d.Kind == DefaultNumber:
		return 1264
	case p.Reason == "number" && t.IsNumeric() && !startsLikeNumber(strings.TrimSpace(d.Text)), p.Reason == "charset":
		return 1366
	}
	return 1265
}
