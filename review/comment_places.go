package review

import (
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

const (
	listedPlaces  = 12 // further places of a cause that are listed
	listedRelated = 3  // other places that matter
	longestNote   = 300
)

// alsoIn lists the further places of the same cause.
func (v Voice) alsoIn(f Finding) string {
	if len(f.Places) == 0 {
		return ""
	}
	var places []string
	for _, s := range f.Places[:min(len(f.Places), listedPlaces)] {
		if s.Path() == f.Span.Path() {
			places = append(places, lineOf(s))
		} else {
			places = append(places, at(s.Path(), s))
		}
	}
	list := strings.Join(places, v.say(", "))
	if n := len(f.Places) - len(places); n > 0 {
		return v.say("Also in lines %s and %d more.", list, n)
	}
	if len(places) == 1 {
		return v.say("Also in line %s.", list)
	}
	return v.say("Also in lines %s.", list)
}

// related lists where else the problem can be seen, one place a line.
func (v Voice) related(f Finding) string {
	var lines []string
	for _, r := range f.Related {
		if len(lines) < listedRelated && !r.Span.IsZero() {
			lines = append(lines, "- "+at(r.Span.Path(), r.Span)+": "+v.note(r.Note))
		}
	}
	return strings.Join(lines, "\n")
}

// note is a short sentence as Markdown.
func (v Voice) note(m Message) string { return MarkdownText(clipped(m.In(v.Printer), longestNote)) }

// at names a line of a file, or the file.
func at(path string, s ddlparse.Span) string {
	name := CodeSpan(clipped(path, longestName))
	if s.IsZero() {
		return name
	}
	return name + " L" + lineOf(s)
}

// lineOf is the number of the line on which a span begins.
func lineOf(s ddlparse.Span) string { return strconv.Itoa(s.From().Line) }
