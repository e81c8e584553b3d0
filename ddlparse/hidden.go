package ddlparse

// hiddenPiece is a DDL statement inside another: in the body of a stored program, or in a string that
// is prepared and executed. Whether it runs is only known at run time.
type hiddenPiece struct {
	src     *Source // of a literal: a source whose host is the file
	tokens  []token
	span    Span
	literal bool
	bound   bool // made with the text of a variable
}

// hiddenStatements finds the DDL that a statement holds, in order. Texts are those of the variables that are
// known, by their folded names.
func hiddenStatements(src *Source, toks []token, o lexOptions, texts map[string]string) []hiddenPiece {
	h := hider{src: src, toks: toks, o: o, texts: texts, verb: -1}
	h.walk()
	return h.found
}

func (h *hider) walk() {
	if !h.worthwhile() {
		return
	}
	if h.body && h.call.IsZero() {
		h.texts = nil // the variables may have other values when the body runs
	}
	for h.i = 0; h.i < len(h.toks); h.i++ {
		h.look()
	}
}

// hider walks the tokens of one statement.
type hider struct {
	src   *Source
	toks  []token
	o     lexOptions
	i     int
	body  bool  // the statement is a stored program
	verb  int   // index of the verb of the inner statement, -1 for none
	calls []int // for each open parenthesis the index of the word before it, -1 for none
	quiet int   // how deep in parentheses a WHERE was seen, counted from 1: literals are compared there, not executed
	into  int8  // whether the inner SELECT has an INTO: 0 not looked yet, 1 yes, -1 no
	found []hiddenPiece

	texts   map[string]string // of variables
	joined  int               // up to where CONCATs were looked at
	call    Span              // the CALL that runs the body, zero when it is only defined
	unknown bool              // a CONCAT that makes DDL has unknown parts
}

// worthwhile reports whether a statement of this kind can hide others: most can't.
func (h *hider) worthwhile() bool {
	if len(h.toks) < 3 {
		return false
	}
	switch first := h.toks[0]; {
	case first.is(h.src, "SET"), first.is(h.src, "PREPARE"), first.is(h.src, "EXECUTE"), first.is(h.src, "SELECT"):
		h.verb = 0
		return true
	case first.is(h.src, "CREATE"), first.is(h.src, "BEGIN"), first.is(h.src, "ALTER"):
		t := tracker{src: h.src}
		for i, tok := range h.toks[:min(len(h.toks), 40)] {
			t.add(tok, i == 0)
		}
		h.body = t.state == trackBody
	}
	return h.body
}

func (h *hider) look() {
	t := h.toks[h.i]
	switch t.kind {
	case punct:
		h.punctuation(t)
	case str:
		h.literal(t)
	case word:
		if h.body && h.boundary() {
			h.verb, h.quiet, h.into, h.calls = h.i, 0, 0, h.calls[:0]
			h.statement()
		}
		if h.quiet == 0 && t.is(h.src, "WHERE") {
			h.quiet = len(h.calls) + 1
		}
		h.concat()
	}
}

func (h *hider) punctuation(t token) {
	switch h.src.Text[t.start] {
	case '(':
		h.calls = append(h.calls, h.wordBefore(h.i))
	case ')':
		h.calls = h.calls[:max(len(h.calls)-1, 0)]
		if len(h.calls)+1 < h.quiet {
			h.quiet = 0
		}
	}
}

func (h *hider) wordBefore(i int) int {
	if i > 0 && h.toks[i-1].kind == word {
		return i - 1
	}
	return -1
}

// boundary reports whether a statement of the body may start at the current token.
func (h *hider) boundary() bool {
	if h.i == 0 {
		return false
	}
	before := h.toks[h.i-1]
	switch before.kind {
	case punct:
		c := h.src.Text[before.start]
		return c == ';' || c == ':' || c == ')' && h.verb < 0
	case word:
		for _, w := range [...]string{"BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT", "ROW"} {
			if before.is(h.src, w) {
				return true
			}
		}
	}
	return false
}

// statement adds the DDL statement that starts at the current token, if one does.
func (h *hider) statement() {
	if !startsDDL(h.src, h.toks[h.i:]) {
		return
	}
	end := h.i
	for end < len(h.toks) && !h.toks[end].isPunct(h.src, ";") {
		end++
	}
	toks := h.toks[h.i:end:end]
	span := Span{h.src, toks[0].start, toks[len(toks)-1].end}
	h.found = append(h.found, hiddenPiece{src: h.src, tokens: toks, span: span})
	h.i = end - 1
}

// literal adds the statements of a string that is going to be executed.
func (h *hider) literal(t token) {
	if h.verb < 0 || h.quiet > 0 || !looksLikeDDL(t.text(h.src)[1:]) || !h.alone() || !h.executes() {
		return
	}
	h.split(literalSource(h.src, t, h.o.noBackslash))
}

// split adds the statements of a text that is going to be executed.
func (h *hider) split(inner *Source) {
	for _, p := range split(inner, PlainSQL, h.o) {
		if p.kind == pieceStatement && startsDDL(inner, p.tokens) {
			h.found = append(h.found, hiddenPiece{src: inner, tokens: p.tokens, span: p.span, literal: true})
		}
	}
}

// alone reports whether the literal is a whole value: no part of CONCAT, no string beside it.
func (h *hider) alone() bool {
	if h.i+1 < len(h.toks) {
		next := h.toks[h.i+1]
		if next.kind == str || next.isPunct(h.src, "||") {
			return false
		}
	}
	if before := h.toks[h.i-1]; before.kind == str || before.isPunct(h.src, "||") || before.is(h.src, "COMMENT") {
		return false
	}
	return h.chosen()
}

// chosen reports whether the value here is no argument of a function other than those that give it back.
func (h *hider) chosen() bool {
	if len(h.calls) == 0 || h.calls[len(h.calls)-1] < 0 {
		return true
	}
	call := h.toks[h.calls[len(h.calls)-1]]
	return call.is(h.src, "IF") || call.is(h.src, "IFNULL") || call.is(h.src, "COALESCE")
}

// executes reports whether the inner statement makes a value that may be executed: SET, DECLARE,
// PREPARE, EXECUTE IMMEDIATE, SELECT … INTO.
func (h *hider) executes() bool {
	verb := h.toks[h.verb]
	for _, w := range [...]string{"SET", "DECLARE", "PREPARE", "EXECUTE"} {
		if verb.is(h.src, w) {
			return true
		}
	}
	return verb.is(h.src, "SELECT") && h.selectsInto()
}

func (h *hider) selectsInto() bool {
	if h.into == 0 {
		h.into = -1
		for _, t := range h.toks[h.verb:] {
			if t.is(h.src, "INTO") {
				h.into = 1
			}
			if h.into > 0 || t.isPunct(h.src, ";") {
				break
			}
		}
	}
	return h.into > 0
}
