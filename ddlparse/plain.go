package ddlparse

// plain reads expressions made of names, literals, function calls and common operators: those that
// need no judge. Anything else is simply not plain.
type plain struct {
	src   *Source
	toks  []token
	i     int
	depth int
}

// plainList reports whether the tokens are plain expressions between commas.
func plainList(src *Source, toks []token) bool {
	p := plain{src: src, toks: toks}
	return p.list() && p.i == len(toks)
}

func (p *plain) list() bool {
	for {
		if !p.expression() {
			return false
		}
		if !p.mark(',') {
			return true
		}
	}
}

// expression reads operand (operator operand)*.
func (p *plain) expression() bool {
	if p.depth++; p.depth > 50 {
		return false
	}
	defer func() { p.depth-- }()
	for {
		if !p.operand() || !p.suffixes() {
			return false
		}
		if !p.operator() {
			return true
		}
	}
}

// operand reads a literal, a name, a call or a parenthesised expression.
func (p *plain) operand() bool {
	for p.word("NOT") || p.mark('-') {
	}
	if p.mark('(') {
		return p.expression() && p.mark(')')
	}
	if p.i >= len(p.toks) {
		return false
	}
	t := p.toks[p.i]
	switch t.kind {
	case str, number:
		p.i++
		return true
	case quoted:
		p.i++
	case word:
		text := t.text(p.src)
		if w := upperWord(text); text[0] == '_' || !plainOperands[w] && (exprWords[w] || timeUnits[w]) {
			return false
		}
		p.i++
	default:
		return false
	}
	return p.rest()
}

// plainOperands are the words of expressions that are whole operands.
var plainOperands = wordSet("NULL TRUE FALSE CURRENT_TIMESTAMP CURRENT_DATE")

// rest reads what follows a name: a qualified name, or the arguments of a call.
func (p *plain) rest() bool {
	if p.mark('.') {
		if p.i >= len(p.toks) || p.toks[p.i].kind != word && p.toks[p.i].kind != quoted {
			return false
		}
		p.i++
		return p.rest()
	}
	if p.mark('(') {
		return p.mark(')') || p.list() && p.mark(')')
	}
	return true
}

// suffixes reads IS [NOT] NULL, BETWEEN and [NOT] IN (list).
func (p *plain) suffixes() bool {
	switch {
	case p.word("BETWEEN"):
		return p.operand() && p.word("AND") && p.operand()
	case p.word("IS"):
		p.word("NOT")
		return p.word("NULL")
	case p.word("IN"):
		return p.mark('(') && p.list() && p.mark(')')
	case p.i+1 < len(p.toks) && p.toks[p.i+1].is(p.src, "IN") && p.word("NOT"):
		p.i++
		return p.mark('(') && p.list() && p.mark(')')
	}
	return true
}

func (p *plain) operator() bool {
	if p.i >= len(p.toks) {
		return false
	}
	t := p.toks[p.i]
	switch text := t.text(p.src); t.kind {
	case punct:
		switch text {
		case "=", "<", ">", "<=", ">=", "<>", "!=", "<=>", "+", "-", "*", "/", "%", "&&", "||":
			p.i++
			return true
		}
	case word:
		switch upperWord(text) {
		case "AND", "OR", "XOR", "DIV", "MOD", "LIKE":
			p.i++
			return true
		}
	}
	return false
}

func (p *plain) word(keyword string) bool {
	if p.i < len(p.toks) && p.toks[p.i].is(p.src, keyword) {
		p.i++
		return true
	}
	return false
}

func (p *plain) mark(c byte) bool {
	if p.i < len(p.toks) {
		if t := p.toks[p.i]; t.kind == punct && t.end == t.start+1 && p.src.Text[t.start] == c {
			p.i++
			return true
		}
	}
	return false
}
