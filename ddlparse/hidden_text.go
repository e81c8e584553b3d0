package ddlparse

import "strings"

// startsDDL reports whether tokens start a statement that changes tables, indexes or views.
func startsDDL(src *Source, toks []token) bool {
	if len(toks) < 2 || toks[0].kind != word {
		return false
	}
	if toks[0].is(src, "TRUNCATE") {
		return toks[1].kind == word || toks[1].kind == quoted
	}
	return isDDLVerb(toks[0].text(src)) && toks[1].kind == word && isDDLObject(toks[1].text(src))
}

// looksLikeDDL looks at the first two words of a text, which may be the undecoded inside of a literal.
func looksLikeDDL(text string) bool {
	verb, rest := cutWord(text)
	if hasKeyword(verb, "TRUNCATE") && len(verb) == len("TRUNCATE") {
		return true
	}
	object, _ := cutWord(rest)
	return isDDLVerb(verb) && isDDLObject(object)
}

func cutWord(text string) (first, rest string) {
	text = strings.TrimLeft(text, " \t\r\n")
	n := 0
	for n < len(text) && isIdent(text[n]) {
		n++
	}
	return text[:n], text[n:]
}

func isDDLVerb(w string) bool {
	return isOneOf(w, "CREATE", "ALTER", "DROP", "RENAME")
}

func isDDLObject(w string) bool {
	return isOneOf(w, "TABLE", "TABLES", "INDEX", "VIEW", "TEMPORARY", "UNIQUE", "FULLTEXT", "SPATIAL", "OR", "ONLINE", "IGNORE", "DATABASE", "SCHEMA", "SEQUENCE")
}

func isOneOf(w string, keywords ...string) bool {
	for _, k := range keywords {
		if len(w) == len(k) && equalKeyword(w, k) {
			return true
		}
	}
	return false
}

// literalSource makes a source of what a string literal means. Its positions are those in the host.
func literalSource(host *Source, t token, noBackslash bool) *Source {
	text := t.text(host)
	inside := text[1:]
	if n := len(inside); n > 0 && inside[n-1] == text[0] {
		inside = inside[:n-1]
	}
	content, original := unescape(inside, text[0], !noBackslash, true)
	for i := range original {
		original[i] += t.start + 1
	}
	return &Source{Path: host.Path, Text: content, Original: append(original, t.start+1+int32(len(inside))), Host: host}
}
