package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/message"
)

// ApplyEdits returns the source with the edits made. They may come in any order, but must not
// overlap: which of two corrections of the same words is right is for people to decide.
func ApplyEdits(src string, edits []Edit) (string, error) {
	sorted := slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	var out strings.Builder
	at := 0
	for _, e := range sorted {
		start, end := int(e.Span.Start), int(e.Span.End)
		switch {
		case end < start || end > len(src):
			return "", fmt.Errorf("edit %q at %s lies outside the file", e.Title, e.Span)
		case start < at:
			return "", fmt.Errorf("edit %q at %s overlaps another one", e.Title, e.Span)
		}
		out.WriteString(src[at:start])
		out.WriteString(e.New)
		at = end
	}
	out.WriteString(src[at:])
	return out.String(), nil
}

// TitleIn is the title in the printer's language.
func (e *Edit) TitleIn(p *message.Printer) string { return asMessage(e.Title).In(p) }

// fits reports whether the edit can be made in the file. SQL in a string literal is written there as it is
// only where nothing is escaped or put together, and takes no quotes.
func (e *Edit) fits() bool {
	s := e.Span
	if s.IsZero() || s.Source.Host == nil {
		return true
	}
	from, to := s.Source.Original[s.Start], s.Source.Original[s.End]
	return s.Start < s.End && from < to && s.Source.Host.Text[from:to] == s.Text() && !strings.ContainsAny(e.New, `'"\`)
}
