package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// viewQuery is what the text of a view's query says, as far as it needs no server: its select list.
type viewQuery struct {
	items   [][]ddlparse.Token // of the outermost (first) SELECT
	from    []ddlparse.Token   // what stands behind its FROM
	tokens  []ddlparse.Token   // all of them, from SELECT on
	certain bool               // the select list was found
}

// readView finds the outermost select list: the first of a UNION, not one of a WITH.
func readView(v *ddlparse.View, e ddlparse.Engine) viewQuery {
	toks := slices.DeleteFunc(ddlparse.Tokens(v.Span, e, false), func(t ddlparse.Token) bool { return t.Kind == ddlparse.CommentToken })
	at := slices.IndexFunc(toks, func(t ddlparse.Token) bool { return isWord(t, "AS") })
	if at < 0 {
		return viewQuery{}
	}
	q := viewQuery{tokens: toks[at+1:]}
	for len(q.tokens) > 0 && q.tokens[0].Text() == "(" {
		q.tokens = q.tokens[1:]
	}
	if len(q.tokens) == 0 || !isWord(q.tokens[0], "SELECT") {
		return q
	}
	q.split(q.tokens[1:])
	return q
}

func (q *viewQuery) split(toks []ddlparse.Token) {
	for len(toks) > 0 && (isWord(toks[0], "DISTINCT") || isWord(toks[0], "ALL") || strings.HasPrefix(strings.ToUpper(toks[0].Text()), "SQL_")) {
		toks = toks[1:]
	}
	depth, start := 0, 0
	for i, t := range toks {
		switch text := t.Text(); {
		case text == "(":
			depth++
		case text == ")":
			if depth--; depth < 0 {
				q.end(toks[start:i], nil)
				return
			}
		case depth == 0 && text == ",":
			q.items, start = append(q.items, toks[start:i]), i+1
		case depth == 0 && endsSelectList(t):
			q.end(toks[start:i], toks[i:])
			return
		}
	}
	q.end(toks[start:], nil)
}

func (q *viewQuery) end(item, rest []ddlparse.Token) {
	q.items = append(q.items, item)
	if len(rest) > 0 && isWord(rest[0], "FROM") {
		q.from = rest[1:]
	}
	q.certain = !slices.ContainsFunc(q.items, func(i []ddlparse.Token) bool { return len(i) == 0 })
}

func endsSelectList(t ddlparse.Token) bool {
	return isWord(t, "FROM", "UNION", "WHERE", "ORDER", "LIMIT", "WITH", "GROUP", "HAVING", "EXCEPT", "INTERSECT", "INTO")
}

// isStar reports whether an item of a select list is * or t.*.
func isStar(item []ddlparse.Token) bool {
	return len(item) > 0 && item[len(item)-1].Text() == "*" && (len(item) == 1 || item[len(item)-2].Text() == ".")
}

// starSource is the table that the item is all columns of, where that is certain: the only one that the view reads.
func (q *viewQuery) starSource(s *ddlparse.Step, v *ddlparse.View) *ddlparse.Table {
	if len(v.Tables) != 1 || slices.ContainsFunc(q.from, func(t ddlparse.Token) bool { return isWord(t, "SELECT") }) {
		return nil
	}
	if t := s.Before.Table(v.Tables[0]); t.Known() {
		return t
	}
	return nil
}

// newViews yields the views that the change set defines, once each: as the last statement has it.
func newViews(p *review.Pass) func(yield func(*ddlparse.Step, *ddlparse.View) bool) {
	return func(yield func(*ddlparse.Step, *ddlparse.View) bool) {
		for s, c := range review.Each[*ddlparse.CreateView](p) {
			if v := p.Final().View(c.View.Name); v != nil && v.Span == c.View.Span && !yield(s, c.View) {
				return
			}
		}
	}
}

// visibleColumns are those that * stands for.
func visibleColumns(t *ddlparse.Table) []*ddlparse.Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c *ddlparse.Column) bool { return c.Invisible })
}
