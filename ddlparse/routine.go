package ddlparse

// tracker follows the blocks of a stored program, so that the semicolons in its body end no
// statement where nobody set a DELIMITER.
type tracker struct {
	src   *Source
	state trackState
	stack []byte // 'B' BEGIN, 'I' IF, 'L' LOOP, WHILE, REPEAT and FOR, 'S' CASE statement, 'C' CASE expression
	start bool   // the next token starts a statement of the body
	ended bool   // the last token was the END of a block
	last  token
	prior token
}

type trackState uint8

const (
	trackNothing trackState = iota
	trackHead               // CREATE was seen: which object?
	trackBody
)

func (t *tracker) reset() { *t = tracker{src: t.src, stack: t.stack[:0]} }

// inside reports whether a semicolon here belongs to a stored program's body.
func (t *tracker) inside() bool { return len(t.stack) > 0 }

// add takes the statement's next token.
func (t *tracker) add(tok token, first bool) {
	switch {
	case first:
		t.begin(tok)
	case t.state == trackHead:
		t.head(tok)
	case t.state == trackBody:
		t.body(tok)
	}
	t.prior, t.last = t.last, tok
}

func (t *tracker) begin(tok token) {
	switch {
	case tok.is(t.src, "CREATE"), tok.is(t.src, "ALTER"), tok.is(t.src, "BEGIN"):
		t.state = trackHead
	}
}

// head looks for the object's kind behind CREATE.
func (t *tracker) head(tok token) {
	switch t.keyword(tok) {
	case "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE":
		t.state = trackBody
	case "NOT": // BEGIN NOT ATOMIC
		if t.last.is(t.src, "BEGIN") {
			t.state, t.stack = trackBody, append(t.stack, 'B')
		}
	case "TABLE", "INDEX", "VIEW", "DATABASE", "SCHEMA", "UNIQUE", "TEMPORARY", "FULLTEXT", "SPATIAL", "USER", "SEQUENCE", "WORK":
		t.state = trackNothing
	}
}

// body pushes at the words that open a block and pops at END.
func (t *tracker) body(tok token) {
	start, ended := t.start || t.opensBody(), t.ended
	t.start, t.ended = false, false
	if tok.kind != word {
		mark := tok.text(t.src)
		t.start = mark == ";" || mark == ":"
		return
	}
	if t.last.isPunct(t.src, ".") {
		return
	}
	switch t.keyword(tok) {
	case "BEGIN":
		t.push('B')
	case "CASE":
		t.enterCase(start, ended)
	case "IF":
		t.enterBlock('I', start, ended)
	case "LOOP":
		t.enterBlock('L', start, ended)
		t.start = start && !ended
	case "WHILE", "REPEAT", "FOR":
		t.enterBlock('L', start, ended)
		t.start = start && !ended && tok.is(t.src, "REPEAT")
	case "THEN", "ELSE":
		t.start = t.top() == 'I' || t.top() == 'S'
	case "DO":
		t.start = true
	case "END":
		t.pop(start)
	}
}

// opensBody reports whether a body without BEGIN may start behind the last token: after the head's
// parentheses, its characteristics, FOR EACH ROW, or the trigger that it follows.
func (t *tracker) opensBody() bool {
	if len(t.stack) > 0 {
		return false
	}
	if t.last.isPunct(t.src, ")") || t.last.kind == str {
		return true
	}
	switch t.keyword(t.last) {
	case "ROW", "DO", "DETERMINISTIC", "SQL", "DATA", "INVOKER", "DEFINER":
		return true
	}
	return t.prior.is(t.src, "FOLLOWS") || t.prior.is(t.src, "PRECEDES")
}

func (t *tracker) enterBlock(kind byte, start, ended bool) {
	if start && !ended {
		t.push(kind)
	}
}

func (t *tracker) enterCase(start, ended bool) {
	switch {
	case ended: // END CASE
	case start:
		t.push('S')
	default:
		t.push('C')
	}
}

func (t *tracker) push(kind byte) {
	t.stack = append(t.stack, kind)
	t.start = kind == 'B'
}

func (t *tracker) top() byte {
	if len(t.stack) == 0 {
		return 0
	}
	return t.stack[len(t.stack)-1]
}

// pop leaves a block. END is no reserved word, so it counts only where a statement may start, or
// where an expression or UNTIL stands open.
func (t *tracker) pop(start bool) {
	top := t.top()
	if top == 0 || !start && top != 'C' && top != 'L' {
		return
	}
	t.stack = t.stack[:len(t.stack)-1]
	t.ended = top != 'C'
}

// keyword returns the token as one of the words that matter here, "" for all others.
func (t *tracker) keyword(tok token) string {
	n := int(tok.end - tok.start)
	if tok.kind != word || n < 2 || n >= len(trackedWords) {
		return ""
	}
	text := t.src.Text[tok.start:tok.end]
	for _, w := range trackedWords[n] {
		if equalKeyword(text, w) {
			return w
		}
	}
	return ""
}

// trackedWords are the words that matter to a tracker, by length.
var trackedWords = [14][]string{
	2:  {"IF", "DO"},
	3:  {"END", "FOR", "NOT", "ROW", "SQL"},
	4:  {"CASE", "LOOP", "THEN", "ELSE", "VIEW", "USER", "WORK", "DATA"},
	5:  {"BEGIN", "WHILE", "TABLE", "INDEX", "EVENT"},
	6:  {"REPEAT", "SCHEMA", "UNIQUE"},
	7:  {"TRIGGER", "PACKAGE", "SPATIAL", "INVOKER", "DEFINER"},
	8:  {"FUNCTION", "DATABASE", "FULLTEXT", "SEQUENCE"},
	9:  {"PROCEDURE", "TEMPORARY"},
	13: {"DETERMINISTIC"},
}
