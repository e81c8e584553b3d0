package ddlparse

import (
	"strings"
	"unicode/utf8"
)

// asciiOf gives the mark that a full-width or typographic one looks like, 0 for all other characters.
func asciiOf(r rune) byte {
	switch r {
	case '\u3000':
		return ' '
	case '，', '、':
		return ','
	case '；':
		return ';'
	case '（':
		return '('
	case '）':
		return ')'
	case '＇', '‘', '’':
		return '\''
	case '＂', '“', '”':
		return '"'
	case '｀':
		return '`'
	case '＝':
		return '='
	}
	return 0
}

// fullwidth finds the punctuation that looks like SQL's but is part of a name to the server. Name is
// the first such mark and Other the one it should be; Value is the text of the span with all of them
// corrected.
func fullwidth(src *Source, toks []token) *Problem {
	var first, last int32 = -1, 0
	var name rune
	for _, t := range toks {
		if t.kind != word {
			continue
		}
		for i, r := range wide(t.text(src)) {
			if first < 0 {
				first, name = t.start+int32(i), r
			}
			last = t.start + int32(i+utf8.RuneLen(r))
		}
	}
	if first < 0 {
		return nil
	}
	return &Problem{
		Kind: FullwidthPunctuation, Name: string(name), Other: string(asciiOf(name)),
		Value: narrowed(src, toks, first, last), Span: Span{src, first, last},
	}
}

// wide yields the marks in a word with their offsets.
func wide(text string) func(func(int, rune) bool) {
	return func(yield func(int, rune) bool) {
		for i := 0; i < len(text); i++ {
			if text[i] < 0xE2 { // all of them start with E2, E3 or EF
				continue
			}
			r, size := utf8.DecodeRuneInString(text[i:])
			if asciiOf(r) != 0 && !yield(i, r) {
				return
			}
			i += size - 1
		}
	}
}

// narrowed is the text between two offsets with the marks of its words corrected; strings, comments
// and quoted names stay as they are.
func narrowed(src *Source, toks []token, from, to int32) string {
	var b strings.Builder
	at := from
	for _, t := range toks {
		if t.kind != word || t.end <= from || t.start >= to {
			continue
		}
		for i, r := range wide(t.text(src)) {
			b.WriteString(src.Text[at : t.start+int32(i)])
			b.WriteByte(asciiOf(r))
			at = t.start + int32(i+utf8.RuneLen(r))
		}
	}
	return b.String()
}
