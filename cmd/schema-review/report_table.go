package main

import (
	"fmt"
	"io"
	"strings"
)

// textTable lines up columns also where characters are wide: the first to the left, figures to the right.
type textTable struct {
	paint paint
	head  []string
	rows  [][]string // of one cell: a section
}

func (t *textTable) section(name string) { t.rows = append(t.rows, []string{name}) }

func (t *textTable) add(name string, figures ...string) {
	t.rows = append(t.rows, append([]string{name}, figures...))
}

func (t *textTable) write(w io.Writer) {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		if len(row) == 1 {
			continue
		}
		for i, text := range row {
			widths[i] = max(widths[i], totalWidth(cells(text)))
		}
	}
	fmt.Fprintln(w, t.paint.dim(line(t.head, widths)))
	for _, row := range t.rows {
		if len(row) == 1 {
			fmt.Fprintln(w, t.paint.bold(row[0]))
			continue
		}
		fmt.Fprintln(w, line(row, widths))
	}
}

func line(row []string, widths []int) string {
	var b strings.Builder
	for i, text := range row {
		space := strings.Repeat(" ", widths[i]-totalWidth(cells(text)))
		if i == 0 {
			b.WriteString(text + space)
			continue
		}
		b.WriteString("  " + space + text)
	}
	return strings.TrimRight(b.String(), " ")
}
