package main

import (
	"strings"

	"golang.org/x/text/width"
)

// style is how a run of text looks.
type style struct {
	colour    string // "" = the terminal's own
	bold, dim bool
}

// run is text of one style, at a column of its line.
type run struct {
	style
	text          string
	column, cells int
}

// colours are those of the SGR codes, on a dark ground.
var colours = map[string]string{
	"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff", "35": "#d2a8ff", "36": "#76e3ea",
}

// runs splits a line at its SGR sequences.
func runs(line string) []run {
	var all []run
	var now style
	column := 0
	for line != "" {
		text, rest, coloured := strings.Cut(line, "\x1b[")
		if text != "" {
			n := cells(text)
			all = append(all, run{now, text, column, n})
			column += n
		}
		if !coloured {
			break
		}
		codes, behind, _ := strings.Cut(rest, "m")
		for code := range strings.SplitSeq(codes, ";") {
			now = now.with(code)
		}
		line = behind
	}
	return all
}

func (s style) with(code string) style {
	switch code {
	case "", "0":
		return style{}
	case "1":
		s.bold = true
	case "2":
		s.dim = true
	}
	if c, ok := colours[code]; ok {
		s.colour = c
	}
	return s
}

// cells counts the columns that text takes: two for each wide character.
func cells(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
