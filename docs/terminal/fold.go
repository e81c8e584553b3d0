package main

import "strings"

// fold breaks a line into rows of at most so many columns, at spaces, so that the picture is no wider than
// a page shows legibly. A word that is longer than a row stands out.
func fold(line []run, columns int) [][]run {
	rows := [][]run{nil}
	column := 0
	for _, r := range line {
		for word := range strings.SplitAfterSeq(r.text, " ") {
			if column > 0 && column+cells(strings.TrimRight(word, " ")) > columns {
				rows = append(rows, nil)
				column = 0
			}
			last := len(rows) - 1
			rows[last] = put(rows[last], run{r.style, word, column, cells(word)})
			column += cells(word)
		}
	}
	return rows
}

// put adds a run to a row, or to the row's last run where the style goes on.
func put(row []run, r run) []run {
	if r.text == "" {
		return row
	}
	if n := len(row); n > 0 && row[n-1].style == r.style {
		row[n-1].text += r.text
		row[n-1].cells += r.cells
		return row
	}
	return append(row, r)
}
