package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const tabWidth = 4

// cell is one character as a terminal shows it.
type cell struct {
	text   string
	width  int
	offset int // in the line, in bytes
}

// cells lays out a line of foreign text: tabs become spaces, and what a terminal would obey instead
// of show is replaced.
func cells(line string) []cell {
	var out []cell
	at := 0
	for i, r := range line {
		c := cell{offset: i}
		switch {
		case r == '\t':
			c.width = tabWidth - at%tabWidth
			c.text = strings.Repeat(" ", c.width)
		case r == utf8.RuneError || obeyed(r):
			c.text, c.width = "\ufffd", 1
		default:
			c.text, c.width = string(r), runeWidth(r)
		}
		at += c.width
		out = append(out, c)
	}
	return out
}

// obeyed reports whether terminals act on the character: controls, and those that turn the direction of text.
func obeyed(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func runeWidth(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

func totalWidth(cs []cell) int {
	n := 0
	for _, c := range cs {
		n += c.width
	}
	return n
}

// shown is foreign text as one line that a terminal can be given.
func shown(s string) string {
	clean := true
	for _, r := range s {
		clean = clean && r != utf8.RuneError && !obeyed(r)
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		if obeyed(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}
