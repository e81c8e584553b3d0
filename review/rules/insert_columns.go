package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// insertWithoutColumnList speaks of INSERT and REPLACE that rely on the order of the columns.
var insertWithoutColumnList = &review.Rule{
	ID:       "insert-without-column-list",
	Title:    "INSERT names no columns",
	Category: review.Statements,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, g := range writesByTable(p, withoutColumns) {
			f := g.finding()
			f.Problem = review.Msg("This %s relies on how many columns `%s` has and in which order: one more column makes it fail (error %s), another order puts values into the wrong ones.", g.list[0].Verb, g.table.String(), review.Errno(1136))
			f.Advice = review.Msg("Name the columns behind `%s`.", g.table.String())
			for i, w := range g.list {
				if fix := listColumns(w); i == 0 {
					f.Fix = fix
				} else if fix != nil && f.Fix != nil {
					f.PlaceFixes = append(f.PlaceFixes, *fix)
				}
			}
			p.Report(f)
		}
	},
}

// withoutColumns leaves out VALUES (), which gives every column its default.
func withoutColumns(w *ddlparse.Write) bool {
	if w.Verb != "INSERT" && w.Verb != "REPLACE" || w.ColumnList {
		return false
	}
	_, values, _ := strings.Cut(strings.ToUpper(plainSQL(w.Span.Text())), "VALUES")
	return !strings.HasPrefix(strings.ReplaceAll(values, " ", ""), "()")
}

// listColumns names all columns that the statement fills, if they are known.
func listColumns(w *ddlparse.Write) *review.Edit {
	at := w.TableSpan()
	if !w.Before.Known() || at.IsZero() || at.Source.Host != nil || mentions(w.Span.Source.Text[at.End:min(int(at.End)+12, int(w.Span.End))], "partition") {
		return nil
	}
	var names []string
	for _, c := range w.Before.Columns {
		if !c.Invisible {
			names = append(names, sqlColumn(c.Name))
		}
	}
	at.Start = at.End
	return &review.Edit{Title: "Name the columns", Span: at, New: " (" + strings.Join(names, ", ") + ")"}
}

// sqlColumn quotes names that could be reserved words somewhere.
func sqlColumn(name string) string {
	if e := ddlparse.DefaultEngine(); e.Reserved(name) || e.ReservedLater(name) != "" {
		return "`" + name + "`"
	}
	return sqlName(name)
}
