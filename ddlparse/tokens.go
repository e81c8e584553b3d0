package ddlparse

// Token is a lexical unit of SQL text, for those who mark or mask parts of it.
type Token struct {
	Kind TokenKind
	Span Span // with its quotes or comment marks

	noBackslash bool
}

// Text is the token as written.
func (t Token) Text() string { return t.Span.Text() }

// Value is what a string literal or quoted identifier means, without quotes and escapes.
func (t Token) Value() string { return unquote(t.Span.Text(), t.noBackslash) }

// TokenKind says what a Token is.
type TokenKind uint8

// The kinds of tokens.
const (
	WordToken    TokenKind = TokenKind(word)    // unquoted identifier, keyword or variable
	QuotedToken  TokenKind = TokenKind(quoted)  // identifier in backquotes
	StringToken  TokenKind = TokenKind(str)     // string literal
	NumberToken  TokenKind = TokenKind(number)  // number, bit or hexadecimal literal
	PunctToken   TokenKind = TokenKind(punct)   // operator or punctuation mark
	CommentToken TokenKind = TokenKind(comment) // comment with its marks
)

// Tokens returns the tokens in the span, in order; what lies between them is white space, and the marks
// of executable comments that run on the engine. NoBackslash says that a backslash in a string is a
// backslash, as under NO_BACKSLASH_ESCAPES.
func Tokens(s Span, e Engine, noBackslash bool) []Token {
	inner := tokenize(s.Source, s.Start, s.End, lexOptions{engine: e, noBackslash: noBackslash})
	tokens := make([]Token, len(inner))
	for i, t := range inner {
		tokens[i] = Token{TokenKind(t.kind), Span{s.Source, t.start, t.end}, noBackslash}
	}
	return tokens
}
