package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// viewSelectStar speaks of views whose columns are those of a table at the moment of CREATE VIEW. MySQL 8.4
// manual, "CREATE VIEW Statement": the definition is frozen. A star over a derived table with a list of its own
// says nothing new.
var viewSelectStar = &review.Rule{
	ID:       "view-select-star",
	Title:    "View selects *",
	Category: review.Objects,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s, v := range newViews(p) {
			q := readView(v, p.Engine)
			for _, item := range q.items {
				if q.certain && isStar(item) && q.ofTable(item, v) {
					reportStar(p, s, v, &q, item)
					break
				}
			}
		}
	},
}

// ofTable reports whether the star stands for the columns of a table, not for a list in the query itself.
func (q *viewQuery) ofTable(item []ddlparse.Token, v *ddlparse.View) bool {
	derived := false
	for i, t := range q.from {
		derived = derived || isWord(t, "SELECT") && i > 0 && q.from[i-1].Text() == "("
	}
	if !derived {
		return len(v.Tables) > 0
	}
	return len(item) > 2 && strings.EqualFold(q.from[0].Value(), item[0].Value())
}

func reportStar(p *review.Pass, s *ddlparse.Step, v *ddlparse.View, q *viewQuery, item []ddlparse.Token) {
	at := ddlparse.Span{Source: v.Span.Source, Start: item[0].Span.Start, End: item[len(item)-1].Span.End}
	p.Report(review.Finding{
		Object:  v.Name.String(),
		Span:    at,
		Fix:     starFix(p, q, at, q.starSource(s, v), len(item) == 1),
		Problem: review.Msg("%s writes the columns that * stands for into the view `%s` once: it never shows columns that are added later, and fails when one is dropped (error %s).", p.Engine.Title(), v.Name.String(), review.Errno(1356)),
		Advice:  review.Msg("List the columns that readers of `%s` need.", v.Name.String()),
	})
}

// starFix writes the columns out where the table is known.
func starFix(p *review.Pass, q *viewQuery, at ddlparse.Span, t *ddlparse.Table, alone bool) *review.Edit {
	if t == nil || !alone || len(q.items) != 1 {
		return nil
	}
	var names []string
	for _, c := range visibleColumns(t) {
		if p.Engine.Reserved(c.Name) {
			names = append(names, "`"+c.Name+"`")
		} else {
			names = append(names, sqlName(c.Name))
		}
	}
	return &review.Edit{Title: "List the columns", Span: at, New: strings.Join(names, ", ")}
}
