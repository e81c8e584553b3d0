package main

import "strings"

// columns lines up rows to the left, also where characters are wide. The last cell of a row ends it.
func columns(rows [][]string) []string {
	widths := map[int]int{}
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], totalWidth(cells(text)))
		}
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		for j, text := range row {
			b.WriteString(padded(text, widths[j]+2))
		}
		lines[i] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

// padded is a text with as many spaces behind it as its place on the screen is wide.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-totalWidth(cells(text))))
}
