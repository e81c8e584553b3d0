package ddlparse

// tokenKind says what a token is.
type tokenKind uint8

const (
	word          tokenKind = iota + 1 // unquoted identifier or keyword; also @user and @@system variables
	quoted                             // `identifier`, or "identifier" under ANSI_QUOTES
	str                                // 'string' or "string", with the prefix of N'', _utf8mb4'', x'', b'' outside
	number                             // 12, 1.5e3, 0x1F, 0b01, x'1F', b'01'
	punct                              // one operator or punctuation mark; := && || <=> ->> and such are one token
	comment                            // -- to the line's end, # to the line's end, /* */
	delimiterMark                      // what DELIMITER set; only the splitter sees it
)

// token is one lexical unit of a source: kind and half-open byte range.
type token struct {
	kind       tokenKind
	start, end int32
}

// lexOptions is what changes how text falls into tokens.
type lexOptions struct {
	engine      Engine
	ansiQuotes  bool // "x" is an identifier
	noBackslash bool // NO_BACKSLASH_ESCAPES: a backslash in a string is a backslash
}

// tokenize returns all tokens between two offsets, comments included. Executable comments whose
// condition holds on the engine give their inner tokens; the others are comments.
func tokenize(src *Source, from, to int32, o lexOptions) []token {
	l := newLexer(src, from, to, o)
	tokens := make([]token, 0, int(to-from)/5+8)
	for {
		t, ok := l.next()
		if !ok {
			return tokens
		}
		tokens = append(tokens, t)
	}
}

// text returns the token as written.
func (t token) text(src *Source) string { return src.Text[t.start:t.end] }

// is reports whether the token is that keyword, given in upper case; quoted words never are.
func (t token) is(src *Source, keyword string) bool {
	if t.kind != word || int(t.end-t.start) != len(keyword) {
		return false
	}
	return equalKeyword(src.Text[t.start:t.end], keyword)
}

// isPunct reports whether the token is that operator or punctuation mark.
func (t token) isPunct(src *Source, mark string) bool {
	return t.kind == punct && src.Text[t.start:t.end] == mark
}

// equalKeyword compares ASCII text with an upper-case keyword of the same length.
func equalKeyword(text, keyword string) bool {
	for i := 0; i < len(keyword); i++ {
		c := text[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c != keyword[i] {
			return false
		}
	}
	return true
}

// hasKeyword reports whether text begins with an upper-case keyword, in any case.
func hasKeyword(text, keyword string) bool {
	return len(text) >= len(keyword) && equalKeyword(text[:len(keyword)], keyword)
}
