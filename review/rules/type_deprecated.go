package rules

import (
	"regexp"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// The rules of this file are about type syntax that MySQL warns of (1287, 1681, 3720) since 8.0.17, YEAR(4) since
// 8.0.19. Asked of MySQL 9.7 and MariaDB 10.11, which warns of YEAR(2) alone.
// https://dev.mysql.com/doc/refman/8.4/en/numeric-type-syntax.html

// oneArgument and twoArguments are what stands in parentheses behind a type's name.
var (
	oneArgument  = regexp.MustCompile(`\s*\(\s*(\d+)\s*\)`)
	twoArguments = regexp.MustCompile(`\s*\(\s*\d+\s*,\s*\d+\s*\)`)
	zerofillWord = regexp.MustCompile(`(?i)\s*\bZEROFILL\b`)
	yearArgument = regexp.MustCompile(`(?i)^YEAR\s*\(\s*(\d+)\s*\)`)
)

func retype(title string, c *ddlparse.Column, text string) *review.Edit {
	return &review.Edit{Title: title, Span: c.TypeSpan, New: text}
}

// integerDisplayWidth leaves TINYINT(1) alone, by which drivers know booleans, and ZEROFILL, which needs a width.
var integerDisplayWidth = &review.Rule{
	ID:       "integer-display-width",
	Title:    "Integer has a display width",
	Category: review.Types,
	Severity: review.Off,
	Params:   []review.Param{{Name: "allow_usual", Default: false, Doc: "The widths that servers wrote by themselves, such as INT(11) and BIGINT(20), are fine."}},
	Check: func(p *review.Pass) {
		usual := review.Value[bool](p, "allow_usual")
		typeStyle{
			about: func(_ *ddlparse.Table, c *ddlparse.Column) bool {
				width := writtenWidth(c)
				boolean := c.Type.Name == "tinyint" && width == 1
				return width >= 0 && !c.Type.Zerofill && !boolean && !(usual && width == usualWidth(c.Type))
			},
			say: func(columns string, _ []*ddlparse.Column) (review.Message, review.Message) {
				return review.Msg("%s gives an integer a display width, which limits no value on %s; MySQL deprecates it since 8.0.17 and no longer shows it, so definitions differ from what was written.", columns, p.Engine.Title()),
					review.Msg("Leave the width out.")
			},
			fix: func(_ *ddlparse.Table, c *ddlparse.Column) *review.Edit {
				return retype("Leave the display width out", c, oneArgument.ReplaceAllString(c.TypeSpan.Text(), ""))
			},
		}.check(p)
	},
}

// writtenWidth is the display width in the text, -1 for none; the column has what the server makes of it.
func writtenWidth(c *ddlparse.Column) int {
	found := oneArgument.FindStringSubmatch(c.TypeSpan.Text())
	if found == nil || !c.Type.IsInteger() {
		return -1
	}
	return atoi(found[1])
}

// usualWidth is the width that servers show for a type that was written without one.
func usualWidth(t ddlparse.Type) int {
	signed := map[string]int{"tinyint": 4, "smallint": 6, "mediumint": 9, "int": 11, "bigint": 20}[t.Name]
	if t.Unsigned && t.Name != "bigint" {
		return signed - 1
	}
	return signed
}

var zerofillAttribute = &review.Rule{
	ID:       "zerofill-attribute",
	Title:    "Column is ZEROFILL",
	Category: review.Types,
	Severity: review.Notice,
	Check: typeStyle{
		about: func(_ *ddlparse.Table, c *ddlparse.Column) bool { return c.Type.Zerofill },
		say: func(columns string, _ []*ddlparse.Column) (review.Message, review.Message) {
			return review.Msg("%s is ZEROFILL, which makes it UNSIGNED without saying so and pads only what some clients show; MySQL deprecates it since 8.0.17.", columns),
				review.Msg("Write UNSIGNED and pad with LPAD where a value is shown, or keep codes with leading zeros in a CHAR.")
		},
		fix: withoutZerofill,
	}.check,
}

// withoutZerofill says UNSIGNED by name. The width went with the padding, which alone used it.
func withoutZerofill(_ *ddlparse.Table, c *ddlparse.Column) *review.Edit {
	text := zerofillWord.ReplaceAllString(c.TypeSpan.Text(), "")
	if c.Type.IsInteger() {
		text = oneArgument.ReplaceAllString(text, "")
	}
	if !mentions(text, "unsigned") {
		text += " UNSIGNED"
	}
	return retype("Make it UNSIGNED only", c, text)
}

var unsignedNonInteger = &review.Rule{
	ID:       "unsigned-non-integer",
	Title:    "DECIMAL, FLOAT or DOUBLE is UNSIGNED",
	Category: review.Types,
	Severity: review.Notice,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 17) },
	Check: typeStyle{
		about: func(_ *ddlparse.Table, c *ddlparse.Column) bool {
			return c.Type.IsNumeric() && !c.Type.IsInteger() && c.Type.Unsigned && !c.Type.Zerofill
		},
		say: func(columns string, list []*ddlparse.Column) (review.Message, review.Message) {
			return review.Msg("%s is no integer and UNSIGNED, which MySQL deprecates since 8.0.17 and will remove (warning %s).", columns, review.Errno(1681)),
				review.Msg("Leave UNSIGNED out, and write `%s` where negative values must be refused.", "CHECK ("+sqlName(list[0].Name)+" >= 0)")
		},
	}.check,
}

var floatWithPrecision = &review.Rule{
	ID:       "float-with-precision",
	Title:    "FLOAT or DOUBLE has a number of digits",
	Category: review.Types,
	Severity: review.Off,
	Check: typeStyle{
		about: func(_ *ddlparse.Table, c *ddlparse.Column) bool {
			return (c.Type.Name == "float" || c.Type.Name == "double") && c.Type.Scale >= 0
		},
		say: func(columns string, _ []*ddlparse.Column) (review.Message, review.Message) {
			return review.Msg("%s has a number of digits, to which a binary number is rounded when it is stored and which it still doesn't keep exactly; MySQL deprecates that since 8.0.17.", columns),
				review.Msg("Leave the digits out, or use DECIMAL where they must be exact.")
		},
		fix: func(_ *ddlparse.Table, c *ddlparse.Column) *review.Edit {
			return retype("Leave the digits out", c, twoArguments.ReplaceAllString(c.TypeSpan.Text(), ""))
		},
	}.check,
}

// yearType: MySQL refuses YEAR(2) since 5.7.5, MariaDB keeps two digits of the year.
var yearType = &review.Rule{
	ID:       "year-type",
	Title:    "YEAR has a display width or is UNSIGNED",
	Category: review.Types,
	Severity: review.Notice,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 19) || e.IsMariaDB() },
	Check: func(p *review.Pass) {
		typeStyle{
			about: func(_ *ddlparse.Table, c *ddlparse.Column) bool {
				two := strings.HasSuffix(strings.Join(yearArgument.FindStringSubmatch(c.TypeSpan.Text()), ""), ")2")
				return c.Type.Name == "year" && (two && p.Engine.IsMariaDB() || !two && p.Engine.IsMySQL() && !strings.EqualFold(c.TypeSpan.Text(), "YEAR"))
			},
			say: func(columns string, _ []*ddlparse.Column) (review.Message, review.Message) {
				if p.Engine.IsMariaDB() {
					return review.Msg("%s is YEAR(2): %s keeps two digits of the year and guesses the century, and MySQL refuses the type (error %s).", columns, p.Engine.Title(), review.Errno(1818)),
						review.Msg("Write YEAR, or SMALLINT for years before 1901 or after 2155.")
				}
				return review.Msg("%s is YEAR with a width or UNSIGNED, which mean nothing and which MySQL deprecates (warnings %s and %s).", columns, review.Errno(1287), review.Errno(1681)),
					review.Msg("Write YEAR alone.")
			},
			fix: func(_ *ddlparse.Table, c *ddlparse.Column) *review.Edit {
				return retype("Write the type alone", c, "YEAR")
			},
		}.check(p)
	},
}

// nationalWords are the names of national types, by what they are without the character set they imply.
var nationalWords = regexp.MustCompile(`(?i)^(?:NATIONAL\s+(?:CHAR(?:ACTER)?|VARCHAR(?:ACTER)?)(?:\s+VARYING)?|NCHAR(?:\s+(?:VARYING|VARCHAR(?:ACTER)?))?|NVARCHAR)`)

var nationalCharType = &review.Rule{
	ID:       "national-char-type",
	Title:    "Column is NCHAR, NVARCHAR or NATIONAL CHAR",
	Category: review.Types,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		typeStyle{
			about: func(_ *ddlparse.Table, c *ddlparse.Column) bool {
				return c.Type.IsText() && nationalWords.MatchString(c.TypeSpan.Text())
			},
			say: func(columns string, _ []*ddlparse.Column) (review.Message, review.Message) {
				return review.Msg("%s has a national type, which means character set utf8mb3 on %s whatever the table has: no characters of four bytes, such as emoji.", columns, p.Engine.Title()),
					review.Msg("Use CHAR or VARCHAR with utf8mb4.")
			},
			fix: func(t *ddlparse.Table, c *ddlparse.Column) *review.Edit {
				if c.ExplicitCollation != "" || inForeignKey(t, c.Name) || hasChildren(p, t) {
					return nil
				}
				text := nationalWords.ReplaceAllString(c.TypeSpan.Text(), strings.ToUpper(c.Type.Name))
				return retype("Use utf8mb4", c, text+" CHARACTER SET utf8mb4")
			},
		}.check(p)
	},
}
