package ddlparse

// reader walks the tokens of one statement and makes changes of them. It knows the DDL of all servers
// together: what one of them refuses is noted as a Feature, not taken as an error. It stops at the
// first token it can't place; the statement is then not understood as a whole.
type reader struct {
	src    *Source
	toks   []token // without comments
	i      int
	engine Engine
	db     string // selected by USE
	st     *Statement
	stuck  bool // a token could not be placed: see stuckAt
	stuckI int

	lax      bool // something was taken that no server may take, so the judge must look
	strict   bool // look for reserved words in names: the statement will be judged
	reserved int  // index + 1 of the first token that is a name and a reserved word
}

func (r *reader) end() bool { return r.stuck || r.i >= len(r.toks) }

// fail marks the current token as the one that can't be placed. Everything read afterwards fails too.
func (r *reader) fail() bool {
	if !r.stuck {
		r.stuck, r.stuckI = true, r.i
	}
	return false
}

func (r *reader) text(i int) string { t := r.toks[i]; return r.src.Text[t.start:t.end] }

// keyword returns the upper-case word at distance ahead of the current token, "" if there is no unquoted word.
func (r *reader) keyword(ahead int) string {
	i := r.i + ahead
	if r.stuck || i >= len(r.toks) || r.toks[i].kind != word {
		return ""
	}
	return upperWord(r.text(i))
}

// upperWord gives the upper-case form of a word without allocating for the words that DDL is made of.
func upperWord(s string) string {
	var buf [32]byte
	if len(s) > len(buf) {
		return ""
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		buf[i] = c
	}
	if k, ok := interned[string(buf[:len(s)])]; ok {
		return k
	}
	return string(buf[:len(s)])
}

// is reports whether the tokens ahead are these words.
func (r *reader) is(words ...string) bool {
	for i, w := range words {
		if !r.isAt(i, w) {
			return false
		}
	}
	return true
}

func (r *reader) isAt(ahead int, keyword string) bool {
	i := r.i + ahead
	return !r.stuck && i < len(r.toks) && r.toks[i].kind == word && foldedEqual(r.text(i), keyword)
}

// foldedEqual compares a word with an upper-case keyword.
func foldedEqual(s, keyword string) bool {
	if len(s) != len(keyword) {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c != keyword[i] {
			return false
		}
	}
	return true
}

// accept goes past the words if they are ahead.
func (r *reader) accept(words ...string) bool {
	if !r.is(words...) {
		return false
	}
	r.i += len(words)
	return true
}

// acceptAny goes past one of the words and returns it.
func (r *reader) acceptAny(words ...string) string {
	for _, w := range words {
		if r.isAt(0, w) {
			r.i++
			return w
		}
	}
	return ""
}

// expect goes past the words, or fails.
func (r *reader) expect(words ...string) bool {
	return r.accept(words...) || r.fail()
}

func (r *reader) isPunct(p string) bool { return r.isPunctAt(0, p) }

func (r *reader) isPunctAt(ahead int, p string) bool {
	i := r.i + ahead
	return !r.stuck && i < len(r.toks) && r.toks[i].kind == punct && r.text(i) == p
}

func (r *reader) acceptPunct(p string) bool {
	if !r.isPunct(p) {
		return false
	}
	r.i++
	return true
}

func (r *reader) expectPunct(p string) bool { return r.acceptPunct(p) || r.fail() }

func (r *reader) isKind(k tokenKind) bool {
	return !r.stuck && r.i < len(r.toks) && r.toks[r.i].kind == k
}

// isIdent reports whether an identifier, quoted or not, is ahead.
func (r *reader) isIdent() bool { return r.isKind(word) || r.isKind(quoted) }

// ident reads an identifier.
func (r *reader) ident() string {
	if !r.isIdent() {
		r.fail()
		return ""
	}
	s := identText(r.src, r.toks[r.i])
	r.i++
	return s
}

func identText(src *Source, t token) string {
	s := src.Text[t.start:t.end]
	if t.kind == quoted {
		return unquote(s, false)
	}
	return s
}

// newIdent reads an identifier where the server takes no reserved word.
func (r *reader) newIdent() string {
	s := r.ident()
	if r.strict && !r.stuck && r.reserved == 0 && r.toks[r.i-1].kind == word && r.engine.Reserved(s) {
		r.reserved = r.i
	}
	return s
}

// name reads a table name with its database, the selected one when none is written.
func (r *reader) name() Name {
	n := Name{Database: r.db, Name: r.newIdent()}
	if r.acceptPunct(".") {
		n.Database, n.Name = n.Name, r.ident()
	}
	return n
}

// columnName reads the name of a column that may stand behind those of its table and database.
func (r *reader) columnName() string {
	s := r.newIdent()
	for n := 0; n < 2 && r.acceptPunct("."); n++ {
		s = r.ident()
	}
	return s
}

// str reads a string literal: adjacent ones are one.
func (r *reader) str() string {
	if r.isKind(word) && r.i+1 < len(r.toks) && r.toks[r.i+1].kind == str && r.toks[r.i].end == r.toks[r.i+1].start {
		r.i++ // N'x', _utf8mb4'x'
	}
	if r.isKind(word) && len(r.text(r.i)) > 1 && r.text(r.i)[0] == '_' && r.i+1 < len(r.toks) && r.toks[r.i+1].kind == str {
		r.i++ // _utf8mb4 'x'
	}
	if !r.isKind(str) {
		r.fail()
		return ""
	}
	s := unquote(r.text(r.i), false)
	if r.i++; !r.isKind(str) {
		return s
	}
	joined := append([]byte(nil), s...)
	for ; r.isKind(str); r.i++ {
		joined = append(joined, unquote(r.text(r.i), false)...)
	}
	return string(joined)
}

// span is from the token at index from to the last one read.
func (r *reader) span(from int) Span {
	if from >= len(r.toks) || r.i == 0 {
		return r.st.Span
	}
	last := min(max(r.i-1, from), len(r.toks)-1)
	return Span{r.src, r.toks[from].start, r.toks[last].end}
}

// tokenSpan is the span of one token.
func (r *reader) tokenSpan(i int) Span {
	i = min(i, len(r.toks)-1)
	return Span{r.src, r.toks[i].start, r.toks[i].end}
}

// parens goes past a balanced pair of parentheses and returns the span between them.
func (r *reader) parens() Span {
	from := r.i
	if !r.skipParens() {
		return Span{}
	}
	r.lax = r.lax || !plainList(r.src, r.toks[from+1:r.i-1])
	return Span{r.src, r.toks[from].end, r.toks[r.i-1].start}
}

func (r *reader) skipParens() bool {
	if !r.isPunct("(") {
		return r.fail()
	}
	depth := 0
	for i := r.i; i < len(r.toks); i++ {
		if r.toks[i].kind != punct {
			continue
		}
		switch r.src.Text[r.toks[i].start] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				r.i = i + 1
				return true
			}
		}
	}
	r.i = len(r.toks)
	return r.fail()
}

// feature notes syntax that not every engine accepts, from the token at index from to the last one read.
func (r *reader) feature(name string, from int) {
	r.st.Features = append(r.st.Features, Feature{name, r.span(from)})
}

func (r *reader) ifNotExists(feature string) bool {
	from := r.i
	if !r.accept("IF", "NOT", "EXISTS") {
		return false
	}
	if feature != "" {
		r.feature(feature, from)
	}
	return true
}

func (r *reader) ifExists(feature string) bool {
	from := r.i
	if !r.accept("IF", "EXISTS") {
		return false
	}
	if feature != "" {
		r.feature(feature, from)
	}
	return true
}

// Numbers that no server reaches: 4,096 columns, 64 keys (128 on MariaDB). What has more is not read, since
// looking names up in it would take too long.
const (
	mostColumns     = 4096
	mostKeys        = 256
	mostConstraints = 1024
)

func (r *reader) limit(columns, keys, constraints int) {
	if columns > mostColumns || keys > mostKeys || constraints > mostConstraints {
		r.st.NotUnderstood = "it defines more than any server takes"
		r.fail()
	}
}

func (r *reader) add(c Change) { r.st.Changes = append(r.st.Changes, c) }
