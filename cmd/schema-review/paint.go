package main

import "github.com/schema-review/schema-review/review"

// painter wraps text in a colour, or leaves it alone.
type painter func(string) string

// paint holds the colours of text output.
type paint struct{ red, yellow, blue, green, bold, dim painter }

func newPaint(colour bool) paint {
	if !colour {
		plain := func(s string) string { return s }
		return paint{plain, plain, plain, plain, plain, plain}
	}
	return paint{sgr("31"), sgr("33"), sgr("36"), sgr("32"), sgr("1"), sgr("2")}
}

func sgr(code string) painter {
	return func(s string) string { return "\x1b[" + code + "m" + s + "\x1b[0m" }
}

// of is the colour of a severity.
func (p paint) of(s review.Severity) painter {
	switch s {
	case review.Error:
		return p.red
	case review.Warning:
		return p.yellow
	}
	return p.blue
}
