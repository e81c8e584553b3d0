package custom

import (
	"iter"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// leftTables shows tables whose definition is known as a whole: of others, nobody can say what they lack.
func leftTables(p *review.Pass, word string) iter.Seq[sight] {
	return func(yield func(sight) bool) {
		for t := range p.Tables() {
			if t.Known() && !yield(leftTable(p, t, "")) {
				return
			}
		}
	}
}

func createdTables(p *review.Pass, word string) iter.Seq[sight] {
	return func(yield func(sight) bool) {
		for t := range p.CreatedTables() {
			if t.Known() && !yield(leftTable(p, t, word)) {
				return
			}
		}
	}
}

func leftTable(p *review.Pass, t *ddlparse.Table, word string) sight {
	facts := tablesOf(p)
	return left(p, t, orSpan(t.NameSpan, t.Span), textOf(word, t.Span), "", map[string]any{"before": facts.of(p.Start().Table(t.Name))}, words{})
}

func leftColumns(p *review.Pass, _ string) iter.Seq[sight] {
	return func(yield func(sight) bool) {
		facts := tablesOf(p)
		for t, c := range p.Columns() {
			vars := map[string]any{"column": facts.columnOf(t, c.Name), "before": facts.columnOf(p.Start().Table(t.Name), c.Name)}
			if !yield(left(p, t, orSpan(c.NameSpan, c.Span), textOf("", c.Span), c.Name, vars, words{Column: c.Name})) {
				return
			}
		}
	}
}

func leftIndexes(p *review.Pass, _ string) iter.Seq[sight] {
	return func(yield func(sight) bool) {
		for t, x := range p.Indexes() {
			vars := map[string]any{"index": indexOf(x), "before": Index{}}
			if !yield(left(p, t, orSpan(x.NameSpan, x.Span), textOf("", x.Span), x.Name, vars, words{Index: x.Name})) {
				return
			}
		}
	}
}

func leftForeignKeys(p *review.Pass, _ string) iter.Seq[sight] {
	return func(yield func(sight) bool) {
		for t, k := range p.ForeignKeys() {
			vars := map[string]any{"foreign_key": foreignKeyOf(k), "parent": tablesOf(p).of(p.Final().Table(k.Parent))}
			if !yield(left(p, t, k.Span, textOf("", k.Span), k.Name, vars, words{ForeignKey: k.Name, Parent: k.Parent.String()})) {
				return
			}
		}
	}
}

func leftChecks(p *review.Pass, _ string) iter.Seq[sight] {
	return func(yield func(sight) bool) {
		for t, c := range p.Checks() {
			vars := map[string]any{"check": checkOf(c)}
			if !yield(left(p, t, c.Span, textOf("", c.Span), c.Name, vars, words{Check: c.Name})) {
				return
			}
		}
	}
}

// left completes what is shown of something that the change set leaves behind.
func left(p *review.Pass, t *ddlparse.Table, at ddlparse.Span, st Statement, part string, vars map[string]any, w words) sight {
	vars["table"], vars["statement"] = tablesOf(p).of(t), st
	w.Table = t.Name.String()
	object := w.Table
	if part != "" {
		object += "." + part
	}
	return sight{vars: vars, words: w, object: object, span: at}
}
