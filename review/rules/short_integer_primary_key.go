package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// shortIntegerPrimaryKey speaks of keys that the change set makes and that can run out of numbers. A
// key that refers to another table has that table's type, and a small one without AUTO_INCREMENT is a
// list that people fill by hand.
var shortIntegerPrimaryKey = &review.Rule{
	ID:       "short-integer-primary-key",
	Title:    "Primary key can run out of numbers",
	Category: review.PrimaryKeys,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "min_type", Default: "bigint", Doc: "The smallest type that a key may have: tinyint, smallint, mediumint, int or bigint."}},
	Check: func(p *review.Pass) {
		least := ddlparse.Type{Name: strings.ToLower(review.Value[string](p, "min_type"))}.StorageBytes(1)
		for t, c := range p.Columns() {
			if c.Type.IsInteger() && c.Type.StorageBytes(1) < least && countsUp(t, c) && typeIsNew(p, t, c) {
				reportShortKey(p, t, c)
			}
		}
	},
}

// countsUp reports whether the column gets a new number with every row: AUTO_INCREMENT, or a primary
// key named id that is wide enough for numbers of the application. Keys of other names without AUTO_INCREMENT,
// such as queue_type or an IPv4 address, are values of something, and DEFAULT means a single row.
func countsUp(t *ddlparse.Table, c *ddlparse.Column) bool {
	if c.AutoIncrement {
		return true
	}
	key := t.PrimaryKey()
	small := c.Type.Name == "tinyint" || c.Type.Name == "smallint"
	return key != nil && len(key.Parts) == 1 && strings.EqualFold(key.Parts[0].Column, c.Name) &&
		!small && !inForeignKey(t, c.Name) && strings.EqualFold(c.Name, "id") && c.Default == nil
}

func reportShortKey(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) {
	_, highest := c.Type.IntegerRange()
	f := review.Finding{
		Object:  objectOf(t.Name, c.Name),
		Span:    c.TypeSpan,
		Problem: review.Msg("`%s` ends at %d; every insert after that fails on %s, and a wider key then means rebuilding this table and all that refer to it.", objectOf(t.Name, c.Name), highest, p.Engine.Title()),
		Advice:  review.Msg("Make `%s` BIGINT now, which costs four bytes a row at most.", c.Name),
	}
	if c.Type.Name != "int" {
		f.Advice = review.Msg("Make `%s` BIGINT now, which costs a few bytes a row.", c.Name)
	}
	if !hasChildren(p, t) && !inForeignKey(t, c.Name) {
		wide := ddlparse.Type{Name: "bigint", Length: -1, Scale: -1, Unsigned: c.Type.Unsigned, Zerofill: c.Type.Zerofill}
		f.Fix = &review.Edit{Title: "Make the key BIGINT", Span: c.TypeSpan, New: strings.ToUpper(wide.String())}
	}
	p.Report(f)
}

// hasChildren reports whether a foreign key refers to the table; its columns must have the same type.
func hasChildren(p *review.Pass, t *ddlparse.Table) bool {
	for range p.Final().Children(t.Name) {
		return true
	}
	return false
}
