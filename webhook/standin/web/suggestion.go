package web

import (
	"html/template"
	"strings"
)

// suggested is a line of a suggestion: what lies between the parts that stay is what changes.
type suggested struct {
	Mark               string
	Before, Text, Rest string
}

// suggestion draws a suggestion block as the small diff that it is.
func (t Thread) suggestion(lines string) template.HTML {
	old := t.anchored()
	var now []string
	if lines != "" {
		now = strings.Split(strings.TrimSuffix(lines, "\n"), "\n")
	}
	return draw("suggestion", append(marked("-", old, now), marked("+", now, old)...))
}

// marked gives the lines with what differs from the other side, line by line where both have as many.
func marked(mark string, lines, other []string) []suggested {
	var all []suggested
	for i, text := range lines {
		s := suggested{Mark: mark, Before: text}
		if len(lines) == len(other) {
			before, rest := common(text, other[i])
			s = suggested{mark, text[:before], text[before : len(text)-rest], text[len(text)-rest:]}
		}
		all = append(all, s)
	}
	return all
}

// common counts the bytes that both start with, and those that both end with, in whole words.
func common(a, b string) (start, end int) {
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for start > 0 && !strings.ContainsRune(" (,", rune(a[start-1])) {
		start--
	}
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	for end > 0 && !strings.ContainsRune(" ),;", rune(a[len(a)-end])) {
		end--
	}
	return start, end
}
