package rules

import (
	"fmt"
	"unicode/utf8"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// invisibleUnicode speaks once per file of characters that nobody sees: in SQL, and in comments and strings those
// that turn the order of reading around (CVE-2021-42574). A byte order mark at the start of a file, white space in
// strings, and what joins emoji there, are left alone. syntax-error leaves such names to this rule.
var invisibleUnicode = &review.Rule{
	ID:       "invisible-unicode",
	Title:    "Text has characters that can't be seen",
	Category: review.Syntax,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for m := range newTexts(p) {
			if list := invisibles(m.Source, p.Engine); len(list) > 0 {
				reportInvisible(p, list)
			}
		}
	},
}

// invisible is a character that can't be seen, and where.
type invisible struct {
	at ddlparse.Span
	r  rune
}

// turnsText are the characters that change the direction in which text is shown.
func turnsText(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// invisibleRune reports whether a character shows nothing, or looks like a space and is none to the server.
func invisibleRune(r rune) bool {
	switch {
	case r == 0xA0, r == 0xAD, r == 0x180E, r == 0x202F, r == 0xFEFF, r >= 0x200B && r <= 0x200F, r >= 0x2060 && r <= 0x2064:
		return true
	}
	return turnsText(r)
}

// hasInvisible tells cheaply whether there is anything to look for: they all start with C2, E1, E2 or EF.
func hasInvisible(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < 0x80 || c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xEF {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[i:]); invisibleRune(r) && i > 0 {
			return true
		}
	}
	return false
}

func invisibles(src *ddlparse.Source, e ddlparse.Engine) []invisible {
	if !hasInvisible(src.Text) {
		return nil
	}
	end := int32(len(src.Text))
	var words, quotes []ddlparse.Span // tokens that are SQL, and those that are people's text
	for _, t := range ddlparse.Tokens(ddlparse.Span{Source: src, End: end}, e, false) {
		if t.Kind == ddlparse.StringToken || t.Kind == ddlparse.CommentToken {
			quotes = append(quotes, t.Span)
		} else {
			words = append(words, t.Span)
		}
	}
	var list []invisible
	for i, r := range src.Text {
		if i == 0 || r < 0x80 || !invisibleRune(r) {
			continue
		}
		at := ddlparse.Span{Source: src, Start: int32(i), End: int32(i + utf8.RuneLen(r))}
		if turnsText(r) || around(words, at.Start) || !around(quotes, at.Start) {
			list = append(list, invisible{at, r})
		}
	}
	return list
}

// invisibleNear reports whether such a character stands in the line of the place.
func invisibleNear(p *review.Pass, at ddlparse.Span) bool {
	for _, x := range invisibles(at.Source, p.Engine) {
		if x.at.From().Line == at.From().Line {
			return true
		}
	}
	return false
}

func reportInvisible(p *review.Pass, list []invisible) {
	first := list[0]
	f := review.Finding{
		Span:    first.at,
		Fix:     invisibleFix(first),
		Problem: review.Msg("Here stands %s, which can't be seen: %s takes it for a part of the name or word beside it.", codeOf(first.r), p.Engine.Title()),
		Advice:  review.Msg("Write a space, or nothing, in its place."),
	}
	if turnsText(first.r) {
		f.Problem = review.Msg("Here stands %s, which turns around the order in which the text behind it is shown: reviewers read something else than what runs.", codeOf(first.r))
		f.Advice = review.Msg("Delete it.")
	}
	for _, x := range list[1:] {
		f.Places = append(f.Places, x.at)
		f.PlaceFixes = append(f.PlaceFixes, *invisibleFix(x))
	}
	p.Report(f)
}

func codeOf(r rune) string { return fmt.Sprintf("U+%04X", r) }

func invisibleFix(x invisible) *review.Edit {
	e := &review.Edit{Title: "Delete the character", Span: x.at}
	if x.r == 0xA0 || x.r == 0x202F {
		e.Title, e.New = "Write a space", " "
	}
	return e
}
