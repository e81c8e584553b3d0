package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// viewColumnCount speaks of views whose own list of columns has another length than the select list, and of what
// no view may have. Tried on MySQL 9.7 and MariaDB 10.11.
var viewColumnCount = &review.Rule{
	ID:       "view-column-count-mismatch",
	Title:    "View's columns or clauses don't fit its query",
	Category: review.Objects,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s, v := range newViews(p) {
			q := readView(v, p.Engine)
			if n := q.columns(s, v); v.Columns != nil && n > 0 && n != len(v.Columns) {
				p.Report(review.Finding{
					Object:  v.Name.String(),
					Span:    firstLine(v.Span),
					Problem: review.Msg("The view `%s` names %d columns and its query gives %d; %s refuses it (error %s).", v.Name.String(), len(v.Columns), n, p.Engine.Title(), review.Errno(1353)),
					Advice:  review.Msg("Make the two lists equally long, or leave out the list behind the name."),
				})
			}
			reportVariable(p, v, &q)
		}
	},
}

// columns counts what the query gives, 0 where that isn't certain.
func (q *viewQuery) columns(s *ddlparse.Step, v *ddlparse.View) int {
	if !q.certain {
		return 0
	}
	n := 0
	for _, item := range q.items {
		if !isStar(item) {
			n++
			continue
		}
		t := q.starSource(s, v)
		if t == nil {
			return 0
		}
		n += len(visibleColumns(t))
	}
	return n
}

// reportVariable looks for variables, whose value would differ from reader to reader.
func reportVariable(p *review.Pass, v *ddlparse.View, q *viewQuery) {
	for _, t := range q.tokens {
		if t.Kind == ddlparse.WordToken && strings.HasPrefix(t.Text(), "@") {
			p.Report(review.Finding{
				Object:  v.Name.String(),
				Span:    t.Span,
				Problem: review.Msg("The query of the view `%s` has the variable `%s`; %s refuses it (error %s).", v.Name.String(), t.Text(), p.Engine.Title(), review.Errno(1351)),
				Advice:  review.Msg("Write the value itself, or let the readers of the view filter by it."),
			})
			return
		}
	}
}
