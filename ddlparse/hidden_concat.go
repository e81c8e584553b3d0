package ddlparse

import (
	"bytes"
	"strings"
)

// maxJoined bounds the text that CONCAT makes, and maxJoins how deep one may stand in another.
const (
	maxJoined = 1 << 16
	maxJoins  = 20
)

// currentDatabase stands for what DATABASE() gives, which SQL that is put together may qualify tables with.
const currentDatabase = "\x00"

// concat reads a CONCAT of literals and of variables whose text is known as the literal that it makes.
func (h *hider) concat() bool {
	if h.i < h.joined || !h.callsConcat(h.i) || h.verb < 0 || h.quiet > 0 || !h.chosen() || !h.executes() {
		return false
	}
	j := joiner{hider: h}
	end := j.join(h.i, maxJoins)
	h.joined = max(j.last, h.i+1)
	ddl := len(j.text) > 0 && looksLikeDDL(string(j.text))
	if end == 0 {
		h.unknown = h.unknown || ddl
		return false
	}
	if text, ok := j.withoutDatabase(); ok && ddl {
		from := len(h.found)
		h.split(&Source{Path: h.host().Path, Text: text, Original: append(j.from, h.place(h.toks[end].start)), Host: h.host()})
		for i := range h.found[from:] {
			h.found[from+i].bound = j.bound
		}
	}
	h.i = end
	return true
}

func (h *hider) callsConcat(i int) bool {
	return h.toks[i].is(h.src, "CONCAT") && i+1 < len(h.toks) && h.toks[i+1].isPunct(h.src, "(")
}

// host is the source in which what is found is placed, and place an offset in it: those of the CALL that
// runs the body, if one does.
func (h *hider) host() *Source {
	if !h.call.IsZero() {
		return h.call.Source
	}
	return h.src
}

func (h *hider) place(at int32) int32 {
	if !h.call.IsZero() {
		return h.call.Start
	}
	return at
}

// joiner makes the text of a CONCAT.
type joiner struct {
	*hider
	text  []byte
	from  []int32 // where in the host each byte comes from
	last  int     // the last token that was looked at
	bound bool    // a variable is part of it
}

// join appends what the CONCAT at i makes and returns its closing parenthesis, 0 when a part isn't known.
func (j *joiner) join(i, depth int) int {
	if depth == 0 {
		return 0
	}
	for i += 2; i < len(j.toks); i++ {
		j.last = i
		t := j.toks[i]
		switch {
		case t.isPunct(j.src, ")"):
			return i
		case t.kind == comment || t.isPunct(j.src, ","):
		case j.callsConcat(i):
			if i = j.join(i, depth-1); i == 0 {
				return 0
			}
		case j.callsDatabase(i):
			j.add(currentDatabase, t)
			i += 2
		case !j.value(t):
			return 0
		}
	}
	return 0
}

func (h *hider) callsDatabase(i int) bool {
	return (h.toks[i].is(h.src, "DATABASE") || h.toks[i].is(h.src, "SCHEMA")) && i+2 < len(h.toks) && h.toks[i+1].isPunct(h.src, "(") && h.toks[i+2].isPunct(h.src, ")")
}

// value appends a literal or a variable's text.
func (j *joiner) value(t token) bool {
	switch t.kind {
	case str:
		inner := literalSource(j.src, t, j.o.noBackslash)
		for i := range len(inner.Text) {
			j.from = append(j.from, j.place(inner.Original[i]))
		}
		j.text = append(j.text, inner.Text...)
	case number:
		j.add(t.text(j.src), t)
	case word, quoted:
		text, known := j.texts[fold(unquote(t.text(j.src), false))]
		if !known {
			return false
		}
		j.bound = true
		j.add(text, t)
	default:
		return false
	}
	return len(j.text) <= maxJoined
}

func (j *joiner) add(text string, t token) {
	for range len(text) {
		j.from = append(j.from, j.place(t.start))
	}
	j.text = append(j.text, text...)
}

// withoutDatabase leaves out the name of the current database in front of a table, with or without quotes.
func (j *joiner) withoutDatabase() (string, bool) {
	for _, qualifier := range []string{"`" + currentDatabase + "`.", currentDatabase + "."} {
		for {
			at := bytes.Index(j.text, []byte(qualifier))
			if at < 0 {
				break
			}
			j.text = append(j.text[:at], j.text[at+len(qualifier):]...)
			j.from = append(j.from[:at], j.from[at+len(qualifier):]...)
		}
	}
	text := string(j.text)
	return text, !strings.Contains(text, currentDatabase)
}
