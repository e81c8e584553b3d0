package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"golang.org/x/text/message"
)

const (
	snippetWidth = 120 // columns of a line that are shown
	snippetLines = 5   // lines of a longer span that are shown
)

// snippet shows the lines of a span: one line with a caret range below it, several with a mark before each.
type snippet struct {
	w      io.Writer
	p      *message.Printer
	caret  painter
	gutter int // digits of the largest line number
}

func (s snippet) write(span ddlparse.Span) {
	first, last := span.From().Line, lastLine(span)
	if first == last {
		s.one(span, first)
		return
	}
	shownLast := min(last, first+snippetLines-1)
	for n := first; n <= shownLast; n++ {
		line, _, _ := window(span.Source.Line(n), 0, 0)
		fmt.Fprintf(s.w, "  %*d %s %s\n", s.gutter, n, s.caret("|>"), line)
	}
	if shownLast < last {
		fmt.Fprintf(s.w, "  %*s |  … %s\n", s.gutter, "", moreLines(last-shownLast, s.p))
	}
}

// moreLines counts the lines that are not shown.
func moreLines(n int, p *message.Printer) string {
	return amount(p, n, "%d more line", "%d more lines")
}

func (s snippet) one(span ddlparse.Span, number int) {
	from, to := inLine(span)
	line, indent, length := window(span.Source.Line(number), from, to)
	fmt.Fprintf(s.w, "  %*d | %s\n", s.gutter, number, line)
	carets := strings.Repeat("^", max(length, 1))
	fmt.Fprintf(s.w, "  %*s | %s%s\n", s.gutter, "", strings.Repeat(" ", indent), s.caret(carets))
}

// lastLine is the line of the span's last character; a line break at its very end doesn't count.
func lastLine(s ddlparse.Span) int {
	text := strings.TrimRight(s.Text(), " \t\r\n")
	return s.Source.Position(int(s.Start) + len(text)).Line
}

// inLine gives the bytes of its line that a span of one line covers.
func inLine(s ddlparse.Span) (from, to int) {
	start := strings.LastIndexByte(s.Source.Text[:s.Start], '\n') + 1
	text := strings.TrimRight(s.Text(), " \t\r\n")
	return int(s.Start) - start, int(s.Start) - start + len(text)
}

// window cuts a long line to the part around the bytes from..to. It gives the text, and the column
// and width of that part in it.
func window(line string, from, to int) (text string, indent, length int) {
	line, from, to = nearby(line, from, to)
	all := cells(line)
	a, b := 0, 0
	for i, c := range all {
		if c.offset < from {
			a = i + 1
		}
		if c.offset < to {
			b = i + 1
		}
	}
	left, right := 0, len(all)
	if totalWidth(all) > snippetWidth {
		left, right = around(all, a)
	}
	b = max(a, min(b, right))
	return cut(all, left, right), totalWidth(all[left:a]) + mark(left), totalWidth(all[a:b])
}

// nearby drops what is far from the place in question, so that a line of megabytes costs nothing.
func nearby(line string, from, to int) (string, int, int) {
	const far = 4 * snippetWidth
	if len(line) > from+2*far {
		line = line[:from+2*far]
	}
	cut := max(0, from-2*far)
	return line[cut:], from - cut, min(to-cut, len(line)-cut)
}

// around chooses the cells to show: the place begins in the first third.
func around(all []cell, a int) (left, right int) {
	left = a
	for w := 0; left > 0 && w < snippetWidth/3; left-- {
		w += all[left-1].width
	}
	right = left
	for w := 0; right < len(all) && w+all[right].width <= snippetWidth; right++ {
		w += all[right].width
	}
	return left, right
}

func cut(all []cell, left, right int) string {
	var b strings.Builder
	if left > 0 {
		b.WriteString("…")
	}
	for _, c := range all[left:right] {
		b.WriteString(c.text)
	}
	if right < len(all) {
		b.WriteString("…")
	}
	return strings.TrimRight(b.String(), " ")
}

func mark(left int) int {
	if left > 0 {
		return 1
	}
	return 0
}
