package rules

import (
	"sort"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// newTexts yields the files of the change set, each once, with the first of their migrations.
func newTexts(p *review.Pass) func(yield func(*ddlparse.Migration) bool) {
	return func(yield func(*ddlparse.Migration) bool) {
		var last *ddlparse.Source
		for _, m := range p.Plan.Migrations {
			if m.Source != last && !yield(m) {
				return
			}
			last = m.Source
		}
		for _, e := range p.Plan.Edited {
			if e.After != nil && e.After.Source != last {
				last = e.After.Source
				if !yield(e.After) {
					return
				}
			}
		}
	}
}

// textStatements are the statements of each file in the order of their places.
type textStatements map[*ddlparse.Source][]*ddlparse.Statement

// statementsIn lists the statements of a file in the order of their places, also those that go backwards.
func statementsIn(p *review.Pass, m *ddlparse.Migration) []*ddlparse.Statement {
	return (*review.Memo(p, gatherTexts))[m.Source]
}

func gatherTexts(p *review.Pass) *textStatements {
	texts := textStatements{}
	add := func(n *ddlparse.Migration) {
		if n != nil {
			texts[n.Source] = append(append(texts[n.Source], n.Statements...), n.Down...)
		}
	}
	for _, m := range p.Plan.Migrations {
		add(m)
	}
	for _, e := range p.Plan.Edited {
		add(e.After)
	}
	for _, list := range texts {
		sort.SliceStable(list, func(i, j int) bool { return list[i].Span.Start < list[j].Span.Start })
	}
	return &texts
}

// around is the span of the list that has the offset in it, if any.
func around(spans []ddlparse.Span, at int32) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].End > at })
	return i < len(spans) && spans[i].Start <= at
}

func statementSpans(list []*ddlparse.Statement) []ddlparse.Span {
	spans := make([]ddlparse.Span, len(list))
	for i, s := range list {
		spans[i] = s.Span
	}
	return spans
}

// linesOf yields the offset of each line and its text without the ending.
func linesOf(src *ddlparse.Source) func(yield func(int32, string) bool) {
	return func(yield func(int32, string) bool) {
		at := 0
		for line := range strings.Lines(src.Text) {
			if !yield(int32(at), strings.TrimRight(line, "\r\n")) {
				return
			}
			at += len(line)
		}
	}
}

// lineSpan is the line that starts at the offset, without the white space around it.
func lineSpan(src *ddlparse.Source, at int32, line string) ddlparse.Span {
	lead := int32(len(line) - len(strings.TrimLeft(line, " \t")))
	return ddlparse.Span{Source: src, Start: at + lead, End: at + int32(len(strings.TrimRight(line, " \t")))}
}
