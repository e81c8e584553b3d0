package ddlparse

import "strings"

// unquote returns what a string literal or quoted identifier means: without its quotes, doubled
// quotes single and escapes resolved. MySQL manual: "String Literals".
func unquote(text string, noBackslash bool) string {
	if len(text) == 0 {
		return ""
	}
	q := text[0]
	if q != '\'' && q != '"' && q != '`' {
		return text
	}
	inside := text[1:]
	if n := len(inside); n > 0 && inside[n-1] == q {
		inside = inside[:n-1]
	}
	escapes := q != '`' && !noBackslash
	if strings.IndexByte(inside, q) < 0 && (!escapes || strings.IndexByte(inside, '\\') < 0) {
		return inside
	}
	content, _ := unescape(inside, q, escapes, false)
	return content
}

// unescape resolves doubled quotes and escapes. With offsets it also tells where in inside each byte
// of the result stands.
func unescape(inside string, q byte, escapes, wantOffsets bool) (content string, offsets []int32) {
	out := make([]byte, 0, len(inside))
	for i := 0; i < len(inside); i++ {
		start, c := i, inside[i]
		switch {
		case c == q && i+1 < len(inside) && inside[i+1] == q:
			i++
		case c == '\\' && escapes && i+1 < len(inside):
			i++
			c = escaped(inside[i])
			if c == '%' || c == '_' { // only LIKE reads these, so the backslash stays
				out = append(out, '\\')
				if wantOffsets {
					offsets = append(offsets, int32(start))
				}
			}
		}
		out = append(out, c)
		if wantOffsets {
			offsets = append(offsets, int32(start))
		}
	}
	return string(out), offsets
}

// escaped gives the byte that a backslash and c stand for.
func escaped(c byte) byte {
	switch c {
	case '0':
		return 0
	case 'b':
		return '\b'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'Z':
		return 26
	}
	return c
}
