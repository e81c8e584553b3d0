package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// viewNarrowed compares the columns of views that the change set defines anew with those that they had. A view
// whose columns don't stand in its text, as with *, is left out.
var viewNarrowed = &review.Rule{
	ID:       "view-definition-narrowed",
	Title:    "View loses columns",
	Category: review.Compatibility,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.CreateView](p) {
			old, now := p.Start().View(c.Table), p.Final().View(c.Table)
			if old == nil || now == nil || c.View == nil || now.Span != c.View.Span || old.Span == now.Span {
				continue
			}
			had, ok := viewColumns(p.Engine, old)
			has, known := viewColumns(p.Engine, now)
			if ok && known {
				reportNarrowed(p, c, old, had, has)
			}
		}
	},
}

// viewColumns are the names of the view's columns, "" for one that the server names after its expression.
func viewColumns(e ddlparse.Engine, v *ddlparse.View) ([]string, bool) {
	if v.Columns != nil {
		return v.Columns, true
	}
	tokens := codeTokens(v.Span, e)
	view := slices.IndexFunc(tokens, func(t ddlparse.Token) bool { return isWord(t, "VIEW") })
	as := -1
	for i := max(view, 0); i+1 < len(tokens); i++ {
		if isWord(tokens[i], "AS") && isWord(tokens[i+1], "SELECT") {
			as = i
			break
		}
	}
	if view < 0 || as < 0 {
		return nil, false
	}
	list := tokens[as+2:]
	for len(list) > 0 && isWord(list[0], "DISTINCT", "ALL", "STRAIGHT_JOIN", "SQL_NO_CACHE") {
		list = list[1:]
	}
	var names []string
	for _, item := range splitList(list, func(t ddlparse.Token) bool { return isWord(t, "FROM", "UNION", "WHERE", "LIMIT") || isMark(t, ";") }) {
		if len(item) == 0 || isMark(item[len(item)-1], "*") {
			return nil, false
		}
		names = append(names, outputName(item))
	}
	return names, true
}

// outputName is the name that an item of the select list has, "" when it is an expression without one.
func outputName(item []ddlparse.Token) string {
	last, n := item[len(item)-1], len(item)
	if n > 1 && (isName(last) || last.Kind == ddlparse.StringToken) && isWord(item[n-2], "AS") {
		return nameOf(last)
	}
	if !isName(last) || isWord(last, "END", "NULL", "TRUE", "FALSE") {
		return ""
	}
	if n == 1 || isMark(item[n-2], ".") {
		return nameOf(last)
	}
	before := item[n-2]
	if isMark(before, ")") || isName(before) && !isWord(before, "DIV", "MOD", "AND", "OR", "XOR", "NOT", "IS", "LIKE", "IN", "BINARY", "COLLATE", "INTERVAL") || before.Kind == ddlparse.NumberToken || before.Kind == ddlparse.StringToken {
		return nameOf(last)
	}
	return ""
}

func reportNarrowed(p *review.Pass, c *ddlparse.CreateView, old *ddlparse.View, had, has []string) {
	var gone, kept []string
	for _, name := range had {
		switch {
		case name == "" || named(kept, name):
		case named(has, name):
			kept = append(kept, name)
		default:
			gone = append(gone, name)
		}
	}
	f := review.Finding{
		Object: c.Table.String(), Span: firstLine(c.Span),
		Related: []review.Related{{Span: firstLine(old.Span), Note: review.Msg("The view `%s` is defined here", c.Table.String())}},
	}
	switch {
	case len(gone) > 0:
		f.Problem = review.Msg("The view `%s` no longer has %s: code that reads them fails on %s as soon as this has run (error %s).", c.Table.String(), quoted(gone), p.Engine.Title(), review.Errno(1054))
		f.Advice = review.Msg("Keep the old columns until no running code reads them, or make a second view with the new ones.")
	case !inOrder(kept, has):
		f.Severity = review.Notice
		f.Problem = review.Msg("The view `%s` has its columns in another order: code that reads them by their place, as after SELECT *, gets other values.", c.Table.String())
		f.Advice = review.Msg("Keep the order of the old columns, and put new ones behind them.")
	default:
		return
	}
	p.Report(f)
}

// inOrder reports whether the names stand at the same places of the list, from its start.
func inOrder(names, list []string) bool {
	for i, name := range names {
		if i >= len(list) || list[i] != "" && !strings.EqualFold(list[i], name) {
			return false
		}
	}
	return true
}
