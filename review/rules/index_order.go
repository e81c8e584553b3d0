package rules

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// compositeIndexOrder goes by types: a time is searched by range. One that may be NULL is often asked whether it is
// (deleted_at IS NULL), and behind a time the primary key is there for paging. The guideline index-order asks the rest.
// https://dev.mysql.com/doc/refman/8.4/en/range-optimization.html
var compositeIndexOrder = &review.Rule{
	ID:       "composite-index-order",
	Title:    "Index has a time before other columns",
	Category: review.IndexDesign,
	Severity: review.Off,
	Params:   []review.Param{{Name: "range_types", Default: []string{"date", "datetime", "timestamp"}, Doc: "The types of columns that are searched by range."}},
	Check: func(p *review.Pass) {
		types := review.Value[[]string](p, "range_types")
		newPlainIndexes(p, func(t *ddlparse.Table, x *ddlparse.Index) {
			ranged := func(part ddlparse.Part) bool {
				c := t.Column(part.Column)
				return c != nil && named(types, c.Type.Name)
			}
			i := slices.IndexFunc(x.Parts, ranged)
			if i < 0 || t.Column(x.Parts[i].Column).Nullable() {
				return
			}
			behind := slices.IndexFunc(x.Parts[i:], func(part ddlparse.Part) bool {
				return part.Column != "" && !ranged(part) && !inPrimaryKey(t, part.Column)
			})
			if behind < 0 {
				return
			}
			time, other := x.Parts[i].Column, x.Parts[i+behind].Column
			p.Report(review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Parts[i].Span,
				Problem: review.Msg("`%s` has the time `%s` before `%s`: in a search by a range of times, %s can't look up `%s` in the index.", objectOf(t.Name, x.Name), time, other, p.Engine.Title(), other),
				Advice:  review.Msg("Put `%s` behind the columns that are searched for one value.", time),
			})
		})
	},
}

func inPrimaryKey(t *ddlparse.Table, column string) bool {
	key := t.PrimaryKey()
	return key != nil && named(key.Columns(), column)
}
