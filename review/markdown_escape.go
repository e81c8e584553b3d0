package review

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkdownText writes a sentence, in which identifiers stand in backquotes, as Markdown of one line.
// All else is shown as it is: no markup, HTML, link, mention, reference or emoji comes out of it.
func MarkdownText(s string) string {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 { // a backquote without its twin
		return escape(s)
	}
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i%2 == 0:
			b.WriteString(escape(part))
		case part != "":
			b.WriteString(CodeSpan(part))
		}
	}
	return strings.Trim(b.String(), " ")
}

// CodeSpan writes text as a code span; see cell for those in tables.
func CodeSpan(s string) string {
	s = strings.Join(strings.Fields(disarmed(printable(s))), " ")
	if s == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// cell makes Markdown of one line fit for a cell of a table: a bar would end it, in code spans too. Behind a
// backslash no escape holds, so another bar takes its place there.
func cell(markdown string) string {
	markdown = strings.ReplaceAll(markdown, `\|`, `\｜`)
	return strings.ReplaceAll(markdown, "|", `\|`)
}

// zeroWidth breaks what forges look for in text, and can't be seen.
const zeroWidth = "&#8203;"

// forgeWords are words of plain text that forges make links or pictures of: commits, issues (GH-12) and emoji.
// https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
var forgeWords = regexp.MustCompile(`(?i)\b[0-9a-f]{7,40}\b|\bgh-[0-9]|\bwww\.|:[a-z0-9_+-]+:`)

// escape makes text of one line that Markdown shows as it is.
func escape(s string) string {
	s = printable(s)
	var b strings.Builder
	breaks := breaksIn(s)
	for i, r := range s {
		if breaks[i] {
			b.WriteString(zeroWidth)
		}
		switch {
		case r == '@' || r == '#' || r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteRune(r)
			b.WriteString(zeroWidth) // no mention, no reference, no link
		case r == '_' && inWord(s, i):
			b.WriteRune(r)
		case strings.ContainsRune("\\`*_[]<>|~&$", r), i == 0 && strings.ContainsRune("+-=0123456789", r):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inWord reports whether letters or digits stand on both sides of a one-byte character.
func inWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return (unicode.IsLetter(before) || unicode.IsDigit(before)) && (unicode.IsLetter(after) || unicode.IsDigit(after))
}

// breaksIn are the offsets at which words are broken that a forge would make something of.
func breaksIn(s string) map[int]bool {
	breaks := map[int]bool{}
	for _, at := range forgeWords.FindAllStringIndex(s, -1) {
		word := s[at[0]:at[1]]
		switch {
		case strings.HasPrefix(word, ":"):
			breaks[at[0]+1] = true
		case strings.HasSuffix(word, "."):
			breaks[at[1]] = true
		case strings.Contains(word, "-"):
			breaks[at[0]+2] = true
		case strings.ContainsAny(word, "0123456789") && strings.ContainsAny(word, "abcdefABCDEF"):
			breaks[at[0]+1] = true
		}
	}
	return breaks
}

// printable replaces line breaks, and drops what can't be seen: controls, marks that turn the direction of text,
// and characters without width.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, s)
}

// hidden reports whether a character can't be seen. Variation selectors belong to the one before them.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// disarmed breaks what begins an HTML comment, as our own hidden markers are, where nothing can be escaped.
func disarmed(s string) string { return strings.ReplaceAll(s, "<!--", "<!-\u200b-") }

// clipped cuts a text that is too long for a line of a list. An odd backquote that it leaves is harmless.
func clipped(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
