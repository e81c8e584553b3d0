package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// codeTokens are the tokens in the span without comments.
func codeTokens(s ddlparse.Span, e ddlparse.Engine) []ddlparse.Token {
	var list []ddlparse.Token
	for _, t := range ddlparse.Tokens(s, e, false) {
		if t.Kind != ddlparse.CommentToken {
			list = append(list, t)
		}
	}
	return list
}

// isWord reports whether a token is one of the keywords.
func isWord(t ddlparse.Token, words ...string) bool {
	return t.Kind == ddlparse.WordToken && named(words, t.Text())
}

// isName reports whether a token may be an identifier.
func isName(t ddlparse.Token) bool {
	return t.Kind == ddlparse.WordToken || t.Kind == ddlparse.QuotedToken
}

func isMark(t ddlparse.Token, mark string) bool {
	return t.Kind == ddlparse.PunctToken && t.Text() == mark
}

// nameOf is what an identifier means.
func nameOf(t ddlparse.Token) string {
	if t.Kind == ddlparse.WordToken {
		return t.Text()
	}
	return t.Value()
}

// splitList cuts a list at the commas that stand in no parentheses, up to a token that ends it.
func splitList(tokens []ddlparse.Token, ends func(ddlparse.Token) bool) [][]ddlparse.Token {
	var items [][]ddlparse.Token
	depth, from := 0, 0
	for i, t := range tokens {
		switch {
		case depth == 0 && ends(t):
			return append(items, tokens[from:i])
		case isMark(t, "("):
			depth++
		case isMark(t, ")"):
			depth--
		case depth == 0 && isMark(t, ","):
			items = append(items, tokens[from:i])
			from = i + 1
		}
	}
	return append(items, tokens[from:])
}

// joined is the text of tokens in upper case, with single spaces.
func joined(tokens []ddlparse.Token) string {
	var words []string
	for _, t := range tokens {
		words = append(words, strings.ToUpper(t.Text()))
	}
	return strings.Join(words, " ")
}
