package web

import (
	"fmt"
	"strings"
)

// line is a line of a diff.
type line struct {
	Mark     string // "+", "-", " ", or "@" for the header of a hunk
	Old, New int    // line numbers, 0 = none
	Text     string
}

// parsePatch reads the hunks of a unified diff, as GitHub gives them: without file headers.
func parsePatch(patch string) []line {
	var lines []line
	var before, after int
	for text := range strings.Lines(patch) {
		text = strings.TrimSuffix(text, "\n")
		if o, n, ok := hunkStart(text); ok {
			before, after = o, n
			lines = append(lines, line{Mark: "@", Text: text})
			continue
		}
		l, ok := diffLine(text, &before, &after)
		if ok {
			lines = append(lines, l)
		}
	}
	return lines
}

// hunkStart reads "@@ -a,b +c,d @@": the numbers that the hunk's lines start from.
func hunkStart(text string) (before, after int, ok bool) {
	var old, now string
	if n, _ := fmt.Sscanf(text, "@@ %s %s @@", &old, &now); n != 2 {
		return 0, 0, false
	}
	_, errOld := fmt.Sscanf(old, "-%d", &before)
	_, errNow := fmt.Sscanf(now, "+%d", &after)
	return before, after, errOld == nil && errNow == nil
}

// diffLine reads a line inside a hunk; "\ No newline at end of file" is none.
func diffLine(text string, before, after *int) (line, bool) {
	mark := " "
	if text != "" {
		mark, text = text[:1], text[1:]
	}
	l := line{Mark: mark, Text: text}
	switch mark {
	case "+":
		l.New = next(after)
	case "-":
		l.Old = next(before)
	case " ":
		l.Old, l.New = next(before), next(after)
	default:
		return l, false
	}
	return l, true
}

func next(n *int) int {
	*n++
	return *n - 1
}

// at reports whether the line has that number on that side.
func (l line) at(side string, number int) bool {
	if side == "LEFT" {
		return l.Old == number && l.Mark != "@"
	}
	return l.New == number && l.Mark != "@"
}

// anchored gives the text of the lines that a thread stands at.
func (t Thread) anchored() []string {
	var texts []string
	for _, l := range parsePatch(t.Hunk) {
		number := l.New
		if t.Side == "LEFT" {
			number = l.Old
		}
		if l.Mark != "@" && number >= t.Start && number <= t.Line && number > 0 {
			texts = append(texts, l.Text)
		}
	}
	return texts
}
