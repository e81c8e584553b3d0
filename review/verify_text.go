package review

import (
	"regexp"
	"strings"
	"unicode"
)

// shortestQuote is how much of a statement shows anything, in characters without white space.
const shortestQuote = 3

// quoted: the words stand in the statement as the model got it, whatever the white space between them.
func (v *verifier) quoted(c *candidate) bool {
	quote := dense(strings.TrimRight(c.Quote, "; \n"))
	return len([]rune(quote)) >= shortestQuote && strings.Contains(dense(c.subject.sql), quote)
}

// dense is text without its white space.
func dense(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// foreignText is what leads somewhere, calls somebody, or is read by machines: no design suggestion has any. What
// only formats is left to the page, which shows it as it is.
var foreignText = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://|\bwww\.|mailto:|data:[a-z]+/|javascript:|\]\s*\(|\]\s*\[|!\[|^\s*\[[^\]]*\]:|<[a-z/!?]|&#|&[a-z]+;|(?:^|[^@\w])[@＠][a-z0-9]|` + "```|~~~" + `|schema-review\s*:|\bgh-[0-9]|#[0-9]|:[a-z_+-]+:|\{\{|\$\$`)

// plain: the texts have no markup that does anything, and nothing in them is hidden.
func (v *verifier) plain(c *candidate) bool {
	for _, text := range []string{c.Title, c.Consequence, c.Advice} {
		if at := foreignText.FindString(text); at != "" {
			c.detail = strings.TrimSpace(at)
			return false
		}
		if strings.ContainsFunc(text, func(r rune) bool {
			return hidden(r) && r != '\n' && r != '\r' && r != '\t' || r == unicode.ReplacementChar
		}) {
			c.detail = "hidden character"
			return false
		}
	}
	return true
}

// spoken: the texts are in the language of the repository. A name in it may be in any other.
func (v *verifier) spoken(c *candidate) bool {
	for _, text := range []string{c.Consequence, c.Advice} {
		if !speaks(v.config.Language, text) {
			return false
		}
	}
	return speaks(v.config.Language, c.Title+c.Consequence)
}

func speaks(language, text string) bool {
	kana, han, letters := 0, 0, 0
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			continue // a name
		}
		for _, r := range part {
			switch {
			case unicode.In(r, unicode.Hiragana, unicode.Katakana):
				kana++
			case unicode.Is(unicode.Han, r):
				han++
			case unicode.IsLetter(r):
				letters++
			}
		}
	}
	if language == "ja" {
		return kana > 0 && 3*(kana+han) >= letters/2
	}
	return letters > 0 && 4*(kana+han) <= letters
}

// tidy is a text of a model as we show it: on one line, without marks that format.
func tidy(s string) string {
	return oneLine(strings.ReplaceAll(s, "**", ""))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
