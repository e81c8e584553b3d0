package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// innodbColumns is how many columns InnoDB takes, virtual ones included: 1,018 were refused by MySQL 9.7 (1117) and
// MariaDB 10.11 (1005). https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html
const innodbColumns = 1017

// tooManyColumns speaks of InnoDB's limit as an error, and of the team's once a change set goes over it.
var tooManyColumns = &review.Rule{
	ID:       "too-many-columns",
	Title:    "Table has very many columns",
	Category: review.SizeLimits,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max", Default: 60, Doc: "How many columns a table may have."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		for t := range p.Tables() {
			n, last := len(t.Columns), lastNew(p, t, func(*ddlparse.Column) bool { return true })
			if last == nil {
				continue
			}
			f := review.Finding{Object: t.Name.String(), Span: last.Span}
			switch old := startTable(p, t); {
			case n > innodbColumns && !p.Engine.IsTiDB() && isInnoDB(t):
				f.Severity = review.Error
				f.Problem = review.Msg("`%s` has %d columns; InnoDB allows %d and %s refuses the table (error %s).", t.Name.String(), n, innodbColumns, p.Engine.Title(), tooManyNumber(p.Engine))
				f.Advice = review.Msg("Move groups of columns to tables of their own.")
			case n > limit && (old == nil || len(old.Columns) <= limit):
				f.Problem = review.Msg("`%s` has %d columns, more than %d: every row that %s reads or changes carries all of them.", t.Name.String(), n, limit, p.Engine.Title())
				f.Advice = review.Msg("Move columns that are seldom read, or belong to another thing, to a table of their own.")
			default:
				continue
			}
			p.Report(f)
		}
	},
}

func tooManyNumber(e ddlparse.Engine) review.Errno {
	if e.IsMariaDB() {
		return 1005
	}
	return 1117
}

// lastNew is the last column of the kind that the change set added, or nil.
func lastNew(p *review.Pass, t *ddlparse.Table, kind func(*ddlparse.Column) bool) *ddlparse.Column {
	var last *ddlparse.Column
	for _, c := range t.Columns {
		if p.New(c.Origin) && kind(c) {
			last = c
		}
	}
	return last
}

// tooManyBlobColumns counts what is kept outside of the row when it is long.
var tooManyBlobColumns = &review.Rule{
	ID:       "too-many-blob-columns",
	Title:    "Table has many TEXT, BLOB or JSON columns",
	Category: review.Types,
	Severity: review.Off,
	Params:   []review.Param{{Name: "max", Default: 3, Doc: "How many TEXT, BLOB and JSON columns a table may have."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		for t := range p.Tables() {
			n, last := long(t), lastNew(p, t, isLong)
			if last == nil || n <= limit || long(startTable(p, t)) > limit {
				continue
			}
			p.Report(review.Finding{
				Object:  t.Name.String(),
				Span:    last.Span,
				Problem: review.Msg("`%s` has %d TEXT, BLOB and JSON columns, more than %d: long values lie on pages of their own, which %s reads for each row that is asked for as a whole.", t.Name.String(), n, limit, p.Engine.Title()),
				Advice:  review.Msg("Move long values that few queries need to a table of their own."),
			})
		}
	},
}

func isLong(c *ddlparse.Column) bool { return c.Type.IsBlob() || c.Type.Name == "json" }

func long(t *ddlparse.Table) int {
	n := 0
	if t != nil {
		for _, c := range t.Columns {
			if isLong(c) {
				n++
			}
		}
	}
	return n
}

// enumTooManyValues speaks once a list grows over the limit, not whenever it is stated again.
var enumTooManyValues = &review.Rule{
	ID:       "enum-too-many-values",
	Title:    "ENUM or SET lists many values",
	Category: review.Types,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max", Default: 16, Doc: "How many values an ENUM or SET may list."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		for t, c := range p.Columns() {
			old := oldColumn(p, t, c)
			if len(c.Type.Members) <= limit || old != nil && len(old.Type.Members) > limit {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, c.Name),
				Span:    c.TypeSpan,
				Problem: review.Msg("`%s` lists %d values, more than %d: each further one needs DDL on %s, and nothing but the value itself can be kept with it.", objectOf(t.Name, c.Name), len(c.Type.Members), limit, p.Engine.Title()),
				Advice:  review.Msg("Keep the values in a table and refer to their key."),
			})
		}
	},
}
