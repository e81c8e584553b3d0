package ddlparse

// number reads what starts with a digit or with a dot and a digit: a number, or a name such as
// 2fa_enabled. The MySQL server decides in this order too.
func (l *lexer) number() token {
	if isDigit(l.text[l.pos]) && l.afterDot() {
		return l.take(word, l.wordLength(l.pos))
	}
	if n := l.prefixed(); n > 0 {
		return l.take(number, n)
	}
	i := l.digits(l.pos)
	if i < l.end && l.text[i] == '.' && (i+1 >= l.end || l.text[i+1] != '.') { // 1..3 is a range of MariaDB
		i = l.digits(i + 1)
		return l.take(number, l.exponent(i)-l.pos)
	}
	if e := l.exponent(i); e > i {
		return l.take(number, e-l.pos)
	}
	if n := l.wordLength(l.pos); n > i-l.pos {
		return l.take(word, n)
	}
	return l.take(number, i-l.pos)
}

// afterDot reports whether the position follows "name." directly: there a digit starts a name.
func (l *lexer) afterDot() bool {
	return l.qualified && int(l.last.end) == l.pos
}

// prefixed measures 0x1F and 0b01, 0 when it is neither.
func (l *lexer) prefixed() int {
	valid := isHex
	switch {
	case l.text[l.pos] != '0':
		return 0
	case l.at(1) == 'b':
		valid = isBit
	case l.at(1) != 'x':
		return 0
	}
	i := l.pos + 2
	for i < l.end && valid(l.text[i]) {
		i++
	}
	if i == l.pos+2 || l.wordLength(l.pos) > i-l.pos {
		return 0
	}
	return i - l.pos
}

func isBit(c byte) bool { return c == '0' || c == '1' }

func (l *lexer) digits(i int) int {
	for i < l.end && isDigit(l.text[i]) {
		i++
	}
	return i
}

// exponent returns the end of an exponent at i, or i when there is none.
func (l *lexer) exponent(i int) int {
	if i >= l.end || l.text[i]|0x20 != 'e' {
		return i
	}
	from := i + 1
	if from < l.end && (l.text[from] == '+' || l.text[from] == '-') {
		from++
	}
	if end := l.digits(from); end > from {
		return end
	}
	return i
}
