package ddlparse

import "strings"

// Normalized returns the statement's text without comments and with one space between tokens: equal
// for statements that differ in layout only.
func (s *Statement) Normalized() string {
	src := s.Span.Source
	if src == nil {
		return ""
	}
	var b strings.Builder
	b.Grow(int(s.Span.End - s.Span.Start))
	l := newLexer(src, s.Span.Start, s.Span.End, lexOptions{engine: DefaultEngine()})
	for t, ok := l.next(); ok; t, ok = l.next() {
		if t.kind == comment {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text(src))
	}
	return b.String()
}
