package ddlparse

import (
	"strings"

	"github.com/pingcap/tidb/pkg/parser/charset"
)

// judged makes the text that the parser gets: the tokens at their places and blanks for all else, so
// that its offsets are the source's. It is certain unless a placeholder stands for an unknown word.
func judged(src *Source, span Span, toks []token, edits []edit) (text string, certain bool) {
	buf := make([]byte, span.End-span.Start)
	for i := range buf {
		buf[i] = ' '
	}
	certain = true
	for i, t := range toks {
		if t.kind == comment {
			continue
		}
		out := buf[t.start-span.Start : t.end-span.Start]
		copy(out, src.Text[t.start:t.end])
		if t.kind == word || t.kind == quoted || t.kind == str {
			certain = !mask(out, t.kind == word) && certain
			padName(src, toks, i, out)
		}
	}
	for _, e := range edits {
		copy(buf[e.span.Start-span.Start:e.span.End-span.Start], e.replacement)
	}
	return string(buf), certain
}

// mask turns the placeholders of a word into an identifier of the same length.
func mask(out []byte, isWord bool) (found bool) {
	if !isWord {
		return false
	}
	for i := 0; i < len(out); {
		c := out[i]
		if c != '$' && c != '{' && c != '<' {
			i++
			continue
		}
		n, _ := placeholder(string(out[i:min(len(out), i+placeholderLimit)]))
		for k := range n {
			out[i+k], found = '_', true
		}
		i += max(n, 1)
	}
	return found
}

// padName puts a name that the parser knows in place of a character set or collation that it doesn't.
func padName(src *Source, toks []token, i int, out []byte) {
	known := ""
	switch namesWhat(src, toks, i) {
	case "CHARSET":
		if !charset.ValidCharsetAndCollation(plainName(out), "") {
			known = longest(len(out), "utf8mb4", "utf8", "gbk")
		}
	case "COLLATE":
		if _, err := charset.GetCollationByName(plainName(out)); err != nil {
			known = longest(len(out), "utf8mb4_bin", "binary")
		}
	case "INTRODUCER":
		if !charset.ValidCharsetAndCollation(plainName(out[1:]), "") {
			known = longest(len(out), "_utf8mb4", "_utf8", "_gbk")
		}
	}
	if known != "" {
		copy(out, known+strings.Repeat(" ", len(out)-len(known)))
	}
}

// namesWhat tells from the tokens before it whether a token names a character set or collation.
func namesWhat(src *Source, toks []token, i int) string {
	t := toks[i]
	if t.kind == word && src.Text[t.start] == '_' && i+1 < len(toks) && toks[i+1].kind == str {
		return "INTRODUCER"
	}
	if i > 0 && toks[i-1].isPunct(src, "=") {
		i--
	}
	if i == 0 {
		return ""
	}
	switch before := toks[i-1]; {
	case before.is(src, "COLLATE"):
		return "COLLATE"
	case before.is(src, "CHARSET"), before.is(src, "NAMES"):
		return "CHARSET"
	case before.is(src, "SET") && i > 1 && (toks[i-2].is(src, "CHARACTER") || toks[i-2].is(src, "CHAR")):
		return "CHARSET"
	}
	return ""
}

func plainName(out []byte) string { return strings.ToLower(unquote(string(out), false)) }

func longest(room int, names ...string) string {
	for _, n := range names {
		if len(n) <= room {
			return n
		}
	}
	return ""
}
