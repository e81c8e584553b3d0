package ddlparse

import (
	"iter"
	"strings"
)

// Value is a value that INSERT gives to a column, or UPDATE assigns.
type Value struct {
	Span Span
	// Literal is the value of a single literal, in the form of a DEFAULT clause; nil for an expression.
	Literal *Default
	// Default is the keyword DEFAULT alone.
	Default bool
}

// IsNull reports whether the value is the literal NULL.
func (v Value) IsNull() bool { return v.Literal != nil && v.Literal.Kind == DefaultNull }

// ValueRows yields the rows of VALUES, or the one row that INSERT … SET gives. It reads the statement anew.
func (w *Write) ValueRows() iter.Seq[[]Value] {
	return func(yield func([]Value) bool) {
		if w.Select || w.Verb != "INSERT" && w.Verb != "REPLACE" {
			return
		}
		if len(w.Set) > 0 {
			yield(w.Assigned())
			return
		}
		r := w.reread()
		for !r.end() && !r.is("VALUES") && !r.is("VALUE") {
			if !r.isPunct("(") || !r.skipParens() {
				r.i++
			}
		}
		r.i++
		for r.isPunct("(") || r.accept("ROW") {
			row, ok := r.valueRow()
			if !ok || !yield(row) || !r.acceptPunct(",") {
				return
			}
		}
	}
}

// Assigned are the values of Set, in its order.
func (w *Write) Assigned() []Value {
	values := make([]Value, len(w.Set))
	for i, a := range w.Set {
		at := a.Span
		at.Start = at.End - int32(len(a.Value)) //nolint:gosec // the value ends the assignment
		values[i] = valueOf(at.Source, withoutComments(tokenize(at.Source, at.Start, at.End, lexOptions{engine: DefaultEngine()})), at)
	}
	return values
}

// valueRow reads one parenthesised row.
func (r *reader) valueRow() (row []Value, ok bool) {
	from := r.i + 1
	if !r.skipParens() {
		return nil, false
	}
	depth, start, end := 0, from, r.i-1
	for i := from; i <= end; i++ {
		mark := byte(0)
		if t := r.toks[i]; t.kind == punct {
			mark = r.src.Text[t.start]
		}
		switch {
		case i == end || depth == 0 && mark == ',':
			if i > start {
				row = append(row, valueOf(r.src, r.toks[start:i], Span{r.src, r.toks[start].start, r.toks[i-1].end}))
			}
			start = i + 1
		case mark == '(':
			depth++
		case mark == ')':
			depth--
		}
	}
	return row, true
}

// valueOf tells literals from expressions.
func valueOf(src *Source, toks []token, at Span) Value {
	v := Value{Span: at}
	sign := ""
	if len(toks) == 2 && toks[0].kind == punct && toks[1].kind == number {
		if s := toks[0].text(src); s == "-" || s == "+" {
			sign, toks = strings.TrimPrefix(s, "+"), toks[1:]
		}
	}
	if len(toks) != 1 {
		return v
	}
	switch t := toks[0]; t.kind {
	case str:
		if c := src.Text[t.start]; c == '\'' || c == '"' { // not N'…'
			v.Literal = &Default{Kind: DefaultString, Text: unquote(t.text(src), false), Span: at}
		}
	case number:
		v.Literal = &Default{Kind: DefaultNumber, Text: sign + t.text(src), Span: at}
	case word:
		switch upperWord(t.text(src)) {
		case "NULL":
			v.Literal = &Default{Kind: DefaultNull, Text: "NULL", Span: at}
		case "TRUE", "FALSE":
			v.Literal = &Default{Kind: DefaultNumber, Text: t.text(src), Span: at}
		case "DEFAULT":
			v.Default = true
		}
	}
	return v
}
