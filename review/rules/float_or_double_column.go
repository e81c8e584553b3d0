package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// floatOrDoubleColumn speaks of FLOAT and DOUBLE columns, louder where the name says money. MySQL
// 8.4 manual, "Problems with Floating-Point Values":
// https://dev.mysql.com/doc/refman/8.4/en/problems-with-float.html
var floatOrDoubleColumn = &review.Rule{
	ID:       "float-or-double-column",
	Title:    "Column is FLOAT or DOUBLE",
	Category: review.Types,
	Severity: review.Notice,
	Params: []review.Param{{
		Name:    "money_names",
		Default: []string{"price", "amount", "cost", "total", "balance", "fee", "rate"},
		Doc:     "Words in a column's name that say it holds money or an exact figure; the finding is then a warning.",
	}},
	Check: func(p *review.Pass) {
		for t, c := range p.Columns() {
			if c.Type.Name != "float" && c.Type.Name != "double" || !floatIsNew(p, t, c) {
				continue
			}
			f := review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    c.TypeSpan,
				Problem: review.Msg("`%s` is %s, a binary number: %s keeps 0.1 only approximately, so sums drift and = misses values.", objectOf(t.Name, c.Name), strings.ToUpper(c.Type.Name), p.Engine.Title()),
				Advice:  review.Msg("Use DECIMAL with the digits that `%s` needs; keep %s for measurements only.", c.Name, strings.ToUpper(c.Type.Name)),
				Fix:     asDecimal(c),
			}
			if namesMoney(c.Name, review.Value[[]string](p, "money_names")) {
				f.Severity = review.Warning
			}
			p.Report(f)
		}
	},
}

// floatIsNew is false where the change set restates a column that was floating-point already: its
// type was decided long ago.
func floatIsNew(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	old := p.Start().Table(t.Name).Column(c.Name)
	return old == nil || old.Type.Name != c.Type.Name || p.Created(t)
}

// namesMoney reports whether one of the words that the name is made of is in the list.
func namesMoney(name string, words []string) bool {
	return slices.ContainsFunc(strings.Split(strings.ToLower(name), "_"), func(part string) bool {
		return slices.Contains(words, part) || slices.Contains(words, strings.TrimSuffix(part, "s"))
	})
}

// asDecimal gives the exact type of the same digits. Without digits in the definition nobody but the
// author knows how many are needed.
func asDecimal(c *ddlparse.Column) *review.Edit {
	if c.Type.Length < 0 || c.Type.Scale < 0 || c.Type.Length > 65 || c.Type.Scale > 30 {
		return nil
	}
	exact := ddlparse.Type{Name: "decimal", Length: c.Type.Length, Scale: c.Type.Scale, Unsigned: c.Type.Unsigned, Zerofill: c.Type.Zerofill}
	return &review.Edit{Title: "Make the type exact", Span: c.TypeSpan, New: strings.ToUpper(exact.String())}
}
