package main

import (
	"strings"

	"github.com/schema-review/schema-review/review"
)

const fixLines = 8 // lines of a fix that are shown on each side

// fixDiff gives the whole lines that a fix replaces, before and after it.
func fixDiff(e *review.Edit) (first int, before, after []string) {
	text := e.Span.Source.Text
	from := strings.LastIndexByte(text[:e.Span.Start], '\n') + 1
	to := len(text)
	if i := strings.IndexByte(text[e.Span.End:], '\n'); i >= 0 {
		to = int(e.Span.End) + i
	}
	old := text[from:to]
	replaced := text[from:e.Span.Start] + e.New + text[e.Span.End:to]
	before, after = lines(old), lines(replaced)
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after, first = before[1:], after[1:], first+1
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	return first + e.Span.From().Line, before, after
}

// lines splits text into lines without their endings; the line that becomes empty is no line.
func lines(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	out := strings.Split(s, "\n")
	for i := range out {
		out[i] = strings.TrimSuffix(out[i], "\r")
	}
	return out
}
