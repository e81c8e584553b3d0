package review

import (
	"strings"
	"unicode/utf8"

	"github.com/schema-review/schema-review/ddlparse"
)

// Suggestion is a correction as whole lines of the file: what stands in First to Last is replaced by Lines.
type Suggestion struct {
	First, Last int    // lines from 1
	Lines       string // each with the line end that the file has; "" deletes the lines
}

// How many lines a suggestion may replace or bring, and their bytes: a larger one is nothing to press a button for.
const (
	suggestedLines  = 20
	suggestedLength = 8000
)

// Suggest gives a finding's fix as whole lines, when it is one that a forge can apply: small, at the finding's
// own lines, and exactly what the fix says. The finding's further places are not in it.
func Suggest(f Finding) (Suggestion, bool) {
	if f.Fix == nil || f.Span.IsZero() || f.Fix.Span.IsZero() || !f.Fix.fits() {
		return Suggestion{}, false
	}
	l, ok := linesOf(f.Fix)
	if !ok || l.after == l.before || !plainLines(l.before) || !plainLines(l.after) {
		return Suggestion{}, false
	}
	s := Suggestion{l.first, l.first + max(strings.Count(l.before, "\n"), 1) - 1, l.after}
	near := s.First <= f.Span.To().Line && f.Span.From().Line <= s.Last
	small := s.Last-s.First < suggestedLines && strings.Count(s.Lines, "\n") <= suggestedLines && len(s.Lines) <= suggestedLength
	return s, near && small
}

// lineEdit is an edit as whole lines. A last line of the file that has no end has got one here.
type lineEdit struct {
	first         int
	before, after string
}

// linesOf widens an edit to the lines that it touches. SQL in a literal is edited in the file that it stands in.
func linesOf(e *Edit) (lineEdit, bool) {
	s := inFile(e.Span)
	if s.Source.Original != nil { // written in another encoding
		return lineEdit{}, false
	}
	text := s.Source.Text
	from, to := int(s.Start), int(s.End)
	start := strings.LastIndexByte(text[:from], '\n') + 1
	end := to
	if to == from || text[to-1] != '\n' || start != from || e.New != "" && !strings.HasSuffix(e.New, "\n") {
		end = lineEnd(text, to)
	}
	before := text[start:end]
	newline := newlineOf(before, text)
	after := text[start:from] + withLineEnds(e.New, newline) + text[to:end]
	if ended := strings.HasSuffix(before, "\n"); before == "" || !ended && newline != "\n" {
		return lineEdit{}, false // behind the last line, or in one whose end can't be told
	} else if !ended {
		before, after = before+newline, after+newline
	}
	if after != "" && !strings.HasSuffix(after, "\n") {
		return lineEdit{}, false // takes the end of the last line away
	}
	first := s.Source.Position(start).Line
	return lineEdit{first, before, after}.trimmed(), true
}

// newlineOf is how the lines end, or the file's where they don't.
func newlineOf(lines, text string) string {
	if !strings.Contains(lines, "\n") {
		lines = text
	}
	if strings.Contains(lines, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// withLineEnds gives a text of ours the file's line ends.
func withLineEnds(s, newline string) string {
	if newline == "\n" {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", newline)
}

// inFile is the span in the file itself.
func inFile(s ddlparse.Span) ddlparse.Span {
	for s.Source.Host != nil {
		s = ddlparse.Span{Source: s.Source.Host, Start: s.Source.Original[s.Start], End: s.Source.Original[s.End]}
	}
	return s
}

// lineEnd is the offset behind the line that offset lies in.
func lineEnd(text string, offset int) int {
	if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(text)
}

// trimmed leaves out lines at both ends that stay as they are; one always remains.
func (l lineEdit) trimmed() lineEdit {
	before, after := strings.SplitAfter(l.before, "\n"), strings.SplitAfter(l.after, "\n")
	before, after = before[:len(before)-1], after[:len(after)-1]
	for len(before) > 1 && len(after) > 0 && before[0] == after[0] {
		before, after, l.first = before[1:], after[1:], l.first+1
	}
	for len(before) > 1 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	l.before, l.after = strings.Join(before, ""), strings.Join(after, "")
	return l
}

// plainLines reports whether lines can stand in a comment as they are: all of it can be seen, the line ends are
// of one kind, and none of it looks like a comment of HTML, as our hidden markers are.
func plainLines(s string) bool {
	if !utf8.ValidString(s) || strings.Contains(s, "<!--") {
		return false
	}
	lines, carriages := strings.Count(s, "\n"), strings.Count(s, "\r")
	if carriages > 0 && (carriages != lines || strings.Count(s, "\r\n") != lines) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && r != '\r' && r != '\t' && hidden(r)
	})
}
