package rules

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"strings"

	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
)

// A translated page opens with front matter that tells from which English text it was made:
//
//	---
//	source: <first 12 digits of the SHA-256 of the English page>
//	---
//
//go:embed pages/ja/*.md
var translatedPages embed.FS

// PageIn returns the page of the rule with that id in a language: "ja". It is "" where there is none, and
// where the English page has changed since: a stale page would lie.
func PageIn(language, id string) string {
	text, err := translatedPages.ReadFile("pages/" + language + "/" + id + ".md")
	if err != nil {
		return ""
	}
	return translationOf(Page(id), string(text))
}

// DocumentationIn is a rule's documentation in a language; "" where PageIn has no page.
func DocumentationIn(language string, r *review.Rule) string {
	page := PageIn(language, r.ID)
	if page == "" {
		return ""
	}
	return documentation(r, page, locale.Printer(language))
}

// translationOf is the text behind the front matter, "" when it was not made from that English page.
func translationOf(english, text string) string {
	head, page, _ := strings.Cut(text, "\n---\n")
	if head != "---\nsource: "+sourceOf(english) {
		return ""
	}
	return strings.TrimPrefix(page, "\n")
}

// sourceOf names the text of an English page.
func sourceOf(page string) string {
	sum := sha256.Sum256([]byte(page))
	return hex.EncodeToString(sum[:])[:12]
}
