package ddlparse

import "strings"

// lexer reads tokens one by one. It never looks back further than one token and never recurses, so
// its time is linear whatever the text is.
type lexer struct {
	text     string
	pos, end int
	o        lexOptions

	delimiter string // set by DELIMITER; "" for the ordinary semicolon, which is a punct
	dashes    bool   // "--" needs nothing behind it: runners that strip such lines before MySQL sees them

	open   int // executable comments that were entered and not left
	marker int // where the first marker since the last token starts, -1 for none
	left   int // end of the last "*/" that closed an executable comment

	last      token // the last token that is no comment
	qualified bool  // the last token is a dot directly behind a name
	noDollars bool  // a dollar-quoted text didn't end
}

func newLexer(src *Source, from, to int32, o lexOptions) *lexer {
	l := &lexer{text: src.Text, pos: int(from), end: int(to), o: o, marker: -1}
	if from == 0 && strings.HasPrefix(l.text[:to], "\xEF\xBB\xBF") {
		l.pos = 3
	}
	return l
}

// next returns the next token; false at the end.
func (l *lexer) next() (token, bool) {
	l.marker = -1
	for l.pos < l.end {
		c := l.text[l.pos]
		switch {
		case c == ' ' || c >= '\t' && c <= '\r':
			l.pos++
		case l.delimiter != "" && c == l.delimiter[0] && l.delimits(l.pos):
			return l.take(delimiterMark, len(l.delimiter)), true
		case c == '*' && l.open > 0 && l.ahead("*/"):
			l.open--
			l.pos += 2
			l.left = l.pos
		case c == '/' && l.enter():
		case c == '\\' && l.lineEnd(l.pos+1):
			l.pos++
		default:
			return l.scan(c), true
		}
	}
	return token{}, false
}

// scan reads the token that starts with c.
func (l *lexer) scan(c byte) token {
	switch {
	case isDigit(c):
		return l.number()
	case isIdent(c):
		if c == '$' {
			if n := l.dollarQuoted(); n > 0 {
				return l.take(str, n)
			}
		}
		return l.word()
	}
	switch c {
	case '\'', '"', '`':
		return l.quote(c)
	case '.':
		if isDigit(l.at(1)) && !l.adjacent() {
			return l.number()
		}
	case '-', '#', '/':
		if n := l.comment(); n > 0 {
			return l.take(comment, n)
		}
	case '@':
		return l.variable()
	case '{', '<':
		if n, control := placeholder(l.text[l.pos:l.end]); control {
			return l.take(comment, n)
		} else if n > 0 {
			return l.word()
		}
	case '\\':
		if isLetter(l.at(1)) {
			return l.take(word, 2)
		}
	}
	return l.take(punct, operator(l.text[l.pos:l.end]))
}

// take ends a token n bytes on. No token is empty, so reading always comes to an end.
func (l *lexer) take(kind tokenKind, n int) token {
	start := l.pos
	l.pos = min(l.pos+max(n, 1), l.end)
	t := token{kind, int32(start), int32(l.pos)}
	if kind != comment {
		l.qualified = n == 1 && l.text[start] == '.' && l.last.end == t.start && (l.last.kind == word || l.last.kind == quoted)
		l.last = t
	}
	return t
}

// at returns the byte n behind the position, 0 at the end.
func (l *lexer) at(n int) byte {
	if l.pos+n < l.end {
		return l.text[l.pos+n]
	}
	return 0
}

func (l *lexer) ahead(s string) bool { return strings.HasPrefix(l.text[l.pos:l.end], s) }

// adjacent reports whether the last token was a name that ends here, so that a dot is a separator.
func (l *lexer) adjacent() bool {
	return int(l.last.end) == l.pos && (l.last.kind == word || l.last.kind == quoted)
}

func (l *lexer) lineEnd(at int) bool {
	rest := l.text[min(at, l.end):l.end]
	return strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, "\r\n")
}

// word reads an identifier or keyword; placeholders are part of it.
func (l *lexer) word() token {
	n := l.wordLength(l.pos)
	if n == 1 && l.at(1) == '\'' {
		if size := l.bits(); size > 0 {
			return l.take(number, size)
		}
	}
	return l.take(word, n)
}

func (l *lexer) wordLength(from int) int {
	i, text := from, l.text[:l.end]
	for i < len(text) {
		c := text[i]
		if c == '$' || c == '{' || c == '<' {
			if n, control := placeholder(text[i:]); n > 0 && !control {
				i += n
				continue
			}
		}
		if !isIdent(c) || l.delimiter != "" && i > from && c == l.delimiter[0] && l.delimits(i) {
			break
		}
		i++
	}
	return i - from
}

// bits measures x'1F' and b'01' at the position, 0 when it is neither.
func (l *lexer) bits() int {
	c := l.text[l.pos] | 0x20
	if c != 'x' && c != 'b' {
		return 0
	}
	i := l.pos + 2
	for i < l.end && isHex(l.text[i]) {
		i++
	}
	if i < l.end && l.text[i] == '\'' {
		return i + 1 - l.pos
	}
	return 0
}

// quote reads a string or a quoted identifier. One that never ends takes everything, as on the server.
func (l *lexer) quote(q byte) token {
	kind, escapes := str, !l.o.noBackslash
	if q == '`' || q == '"' && l.o.ansiQuotes {
		kind, escapes = quoted, false
	}
	for i := l.pos + 1; i < l.end; i++ {
		switch c := l.text[i]; {
		case c == '\\' && escapes:
			i++
		case c != q:
		case i+1 < l.end && l.text[i+1] == q:
			i++
		default:
			return l.take(kind, i+1-l.pos)
		}
	}
	return l.take(kind, l.end-l.pos)
}

// dollarQuoted measures AS $tag$ … $tag$, in which MySQL 9 takes the text of a JavaScript routine.
// One that doesn't end is searched for once only, or many of them would take quadratic time.
func (l *lexer) dollarQuoted() int {
	if l.noDollars || l.last.kind != word || !hasKeyword(l.text[l.last.start:l.last.end], "AS") || l.last.end-l.last.start != 2 || !l.o.engine.MySQL(9, 0, 0) {
		return 0
	}
	text, tag := l.text[l.pos:l.end], 1
	for tag < len(text) && isIdent(text[tag]) && text[tag] != '$' {
		tag++
	}
	if tag == len(text) || text[tag] != '$' {
		return 0
	}
	tag++
	n := strings.Index(text[tag:], text[:tag])
	if n < 0 {
		l.noDollars = true
		return 0
	}
	return tag + n + tag
}

// variable reads @name, @'name', @@name and @@scope.name; a bare @ is punctuation.
func (l *lexer) variable() token {
	start, n := l.pos, 1
	if l.at(1) == '@' {
		n = 2
	}
	if c := l.at(n); c == '\'' || c == '"' || c == '`' {
		l.pos += n
		t := l.quote(c)
		l.pos = start
		return l.take(word, int(t.end)-start)
	}
	i := start + n
	for i < l.end && (isIdent(l.text[i]) || l.text[i] == '.') && !l.delimits(i) {
		i++
	}
	if i == start+n {
		return l.take(punct, 1)
	}
	return l.take(word, i-start)
}

// delimits reports whether the delimiter stands at an offset. One that ends in a letter, such as GO,
// is a word of its own: it ends no statement in "category".
func (l *lexer) delimits(at int) bool {
	if l.delimiter == "" || !strings.HasPrefix(l.text[at:l.end], l.delimiter) {
		return false
	}
	end := at + len(l.delimiter)
	if !isLetter(l.delimiter[len(l.delimiter)-1]) {
		return true
	}
	return (at == 0 || !isIdent(l.text[at-1])) && (end >= l.end || !isIdent(l.text[end]))
}

// operator measures the operator at the start of text.
func operator(text string) int {
	if len(text) > 2 && (text[:3] == "<=>" || text[:3] == "->>") {
		return 3
	}
	if len(text) > 1 {
		switch text[:2] {
		case ":=", "||", "&&", "<<", ">>", "<=", ">=", "!=", "<>", "->":
			return 2
		}
	}
	return 1
}

func isDigit(c byte) bool  { return c-'0' < 10 }
func isLetter(c byte) bool { return c|0x20-'a' < 26 }
func isHex(c byte) bool    { return isDigit(c) || c|0x20-'a' < 6 }

// identLow and identHigh have a bit for each ASCII byte of an unquoted identifier, below 64 and above.
const (
	identLow  = 1<<'$' | 0x3FF<<'0'
	identHigh = 1<<('_'-64) | 0x3FFFFFF<<('A'-64) | 0x3FFFFFF<<('a'-64)
)

// isIdent reports whether an unquoted identifier may hold the byte.
func isIdent(c byte) bool {
	if c < 64 {
		return uint64(identLow)>>c&1 != 0
	}
	return c >= 0x80 || uint64(identHigh)>>(c-64)&1 != 0
}
