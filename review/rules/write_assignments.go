package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// duplicateColumnAssignment: INSERT fails, UPDATE keeps the last value.
var duplicateColumnAssignment = &review.Rule{
	ID:       "duplicate-column-assignment",
	Title:    "Column is given two values",
	Category: review.Statements,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			if i := repeated(w); i >= 0 && i < len(w.ColumnSpans) {
				reportRepeated(p, w, i)
			}
		}
	},
}

// repeated is the place of a column in the list that stands there before, -1 without one. Of a join the
// tables' columns may share a name.
func repeated(w *ddlparse.Write) int {
	if w.Joined && w.Verb == "UPDATE" {
		return -1
	}
	seen := make(map[string]bool, len(w.Columns))
	for i, name := range w.Columns {
		name = strings.ToLower(name)
		if seen[name] {
			return i
		}
		seen[name] = true
	}
	return -1
}

func reportRepeated(p *review.Pass, w *ddlparse.Write, i int) {
	name := w.Columns[i]
	f := review.Finding{
		Object:  objectOf(w.Table, name),
		Span:    w.ColumnSpans[i],
		Problem: review.Msg("`%s` stands twice among the columns: %s refuses this %s with error %s.", name, p.Engine.Title(), w.Verb, review.Errno(1110)),
		Advice:  review.Msg("Leave one of the two out, with its value."),
	}
	if w.Verb == "UPDATE" {
		first := slices.IndexFunc(w.Columns, func(c string) bool { return strings.EqualFold(c, name) })
		if mentions(w.Set[i].Value, name) {
			return // SET a = 1, a = a + 1 works on the value before it
		}
		f.Severity = review.Warning
		f.Problem = review.Msg("`%s` is assigned twice: %s keeps the last value and raises no error.", name, p.Engine.Title())
		f.Advice = review.Msg("Leave one of the two out; the other column was probably meant.")
		if sameAssignment(w.Set[first], w.Set[i]) {
			f.Severity = review.Notice
			f.Fix = withoutItem("Leave out the second", w.Set[i].Span)
		}
	}
	p.Report(f)
}

func sameAssignment(a, b ddlparse.Assignment) bool { return plainSQL(a.Value) == plainSQL(b.Value) }

// updateSetAnd: the comma was meant. MySQL 8.4 manual, "UPDATE Statement".
var updateSetAnd = &review.Rule{
	ID:       "update-set-and",
	Title:    "AND between assignments stores their truth value",
	Category: review.Statements,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			if w.Verb != "UPDATE" {
				continue
			}
			for _, a := range w.Set {
				reportSetAnd(p, w, a)
			}
		}
	},
}

// reportSetAnd speaks of a = x AND b = y. Flags of boolean columns are computed on purpose, in parentheses
// or with other comparisons.
func reportSetAnd(p *review.Pass, w *ddlparse.Write, a ddlparse.Assignment) {
	tokens := valueTokens(p, a)
	and := slices.IndexFunc(tokens, func(t ddlparse.Token) bool { return wordIs(t, "AND") })
	if and < 1 {
		return
	}
	if !isOperand(tokens[:and]) || !startsAssignment(w, tokens[and+1:]) {
		return
	}
	at := tokens[and].Span
	other := tokens[and+1].Value()
	f := review.Finding{
		Object:  objectOf(w.Table, a.Column),
		Span:    at,
		Problem: review.Msg("AND doesn't part assignments: %s stores in `%s` whether all of it is true, 0 or 1, and leaves `%s` as it is.", p.Engine.Title(), a.Column, other),
		Advice:  review.Msg("Write a comma in place of AND."),
	}
	if at.Source.Host == nil && strings.Count(strings.ToUpper(" "+a.Value+" "), " AND ") == 1 {
		comma := at
		comma.Start = tokens[and-1].Span.End
		f.Fix = &review.Edit{Title: "Write a comma", Span: comma, New: ","}
	}
	p.Report(f)
}

// valueTokens are the tokens of an assigned value without comments.
func valueTokens(p *review.Pass, a ddlparse.Assignment) []ddlparse.Token {
	at := a.Span
	at.Start = at.End - int32(len(a.Value)) //nolint:gosec // the value ends the assignment
	return withoutCommentTokens(ddlparse.Tokens(at, p.Engine, false))
}

func withoutCommentTokens(tokens []ddlparse.Token) []ddlparse.Token {
	return slices.DeleteFunc(tokens, func(t ddlparse.Token) bool { return t.Kind == ddlparse.CommentToken })
}

func wordIs(t ddlparse.Token, keyword string) bool {
	return t.Kind == ddlparse.WordToken && strings.EqualFold(t.Text(), keyword)
}

func markIs(t ddlparse.Token, mark string) bool {
	return t.Kind == ddlparse.PunctToken && t.Text() == mark
}

// isOperand reports whether the tokens are one value: no comparison and no other condition.
func isOperand(tokens []ddlparse.Token) bool {
	depth := 0
	for _, t := range tokens {
		switch {
		case markIs(t, "("):
			depth++
		case markIs(t, ")"):
			depth--
		case depth > 0:
		case t.Kind == ddlparse.PunctToken && strings.ContainsAny(t.Text(), "=<>!&|"),
			wordIs(t, "OR"), wordIs(t, "XOR"), wordIs(t, "NOT"), wordIs(t, "IN"), wordIs(t, "LIKE"), wordIs(t, "IS"), wordIs(t, "BETWEEN"), wordIs(t, "EXISTS"), wordIs(t, "REGEXP"), wordIs(t, "RLIKE"):
			return false
		}
	}
	return !markIs(tokens[0], "(")
}

// startsAssignment reports whether column = value follows.
func startsAssignment(w *ddlparse.Write, tokens []ddlparse.Token) bool {
	i := 0
	if len(tokens) > 4 && markIs(tokens[1], ".") {
		i = 2
	}
	if len(tokens) < i+3 || !markIs(tokens[i+1], "=") || tokens[i].Kind != ddlparse.WordToken && tokens[i].Kind != ddlparse.QuotedToken {
		return false
	}
	return !w.Before.Known() || w.Joined || w.Before.Column(tokens[i].Value()) != nil
}

// doubleEqualsAssignment is silent where the value compares on purpose: in parentheses, or with more than one word.
var doubleEqualsAssignment = &review.Rule{
	ID:       "double-equals-assignment-trap",
	Title:    "Chained assignment stores a comparison",
	Category: review.Statements,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			if w.Verb != "UPDATE" {
				continue
			}
			for _, a := range w.Set {
				tokens := valueTokens(p, a)
				if len(tokens) != 3 || !markIs(tokens[1], "=") || !isColumnToken(w, tokens[0]) || isFlag(w, a.Column) {
					continue
				}
				p.Report(review.Finding{
					Object:  objectOf(w.Table, a.Column),
					Span:    a.Span,
					Problem: review.Msg("The second = compares: %s stores in `%s` whether `%s` equals the value, 0 or 1, and leaves `%s` as it is.", p.Engine.Title(), a.Column, tokens[0].Value(), tokens[0].Value()),
					Advice:  review.Msg("Assign both columns, parted by a comma; put parentheses around a comparison that is meant."),
				})
			}
		}
	},
}

func isColumnToken(w *ddlparse.Write, t ddlparse.Token) bool {
	return (t.Kind == ddlparse.WordToken || t.Kind == ddlparse.QuotedToken) && (!w.Before.Known() || w.Before.Column(t.Value()) != nil)
}

// isFlag reports whether the column is made for truth values.
func isFlag(w *ddlparse.Write, column string) bool {
	c := w.Before.Column(column)
	return c != nil && (c.Type.Name == "tinyint" && c.Type.Length == 1 || c.Type.Name == "bit")
}
