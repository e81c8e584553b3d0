package ddlparse

import "fmt"

// What the TiDB parser may be given. Beyond these it takes quadratic time, gigabytes, or a stack that
// overflows and ends the process; no schema comes near them.
const (
	maxStatement = 1 << 20 // bytes
	maxDepth     = 500     // parentheses and CASE in each other
	maxStrings   = 1000    // string literals behind each other, which are one string
	maxDigits    = 65      // of a number, as in DECIMAL
	maxPrefixes  = 500     // NOT NOT NOT, - - -
	maxComments  = 100_000
)

// guard gives the reason why a statement is too odd to be parsed, "" when it isn't.
func guard(src *Source, toks []token) (reason string) {
	if len(toks) == 0 {
		return ""
	}
	if size := toks[len(toks)-1].end - toks[0].start; size > maxStatement && !isSeed(src, toks[0]) {
		return fmt.Sprintf(reasonSize, size>>10, maxStatement>>10)
	}
	var g guardian
	for _, t := range toks {
		if reason := g.see(src, t); reason != "" {
			return reason
		}
	}
	return ""
}

// isSeed reports whether a statement only brings rows: those may be large, and are never parsed then.
func isSeed(src *Source, first token) bool {
	return first.is(src, "INSERT") || first.is(src, "REPLACE")
}

// guardian counts what guard limits.
type guardian struct{ depth, strings, prefixes, comments int }

func (g *guardian) see(src *Source, t token) string {
	text := src.Text[t.start:t.end]
	g.run(&g.strings, t.kind == str)
	g.run(&g.prefixes, isPrefix(t, text))
	switch t.kind {
	case comment:
		g.comments++
	case number:
		if digits(text) > maxDigits {
			return fmt.Sprintf(reasonDigits, digits(text), maxDigits)
		}
	case punct:
		g.depth += nesting(text)
	case word:
		g.depth += caseNesting(text)
	}
	switch {
	case g.depth > maxDepth:
		return fmt.Sprintf(reasonDepth, maxDepth)
	case g.strings > maxStrings:
		return fmt.Sprintf(reasonStrings, maxStrings)
	case g.prefixes > maxPrefixes:
		return fmt.Sprintf(reasonPrefixes, maxPrefixes)
	case g.comments > maxComments:
		return fmt.Sprintf(reasonComments, maxComments)
	}
	return ""
}

func (g *guardian) run(count *int, on bool) {
	*count++
	if !on {
		*count = 0
	}
}

func isPrefix(t token, text string) bool {
	switch t.kind {
	case punct:
		return text == "-" || text == "+" || text == "!" || text == "~"
	case word:
		return len(text) == 3 && equalKeyword(text, "NOT") || len(text) == 6 && equalKeyword(text, "BINARY")
	}
	return false
}

// digits counts the decimal digits of a number; hexadecimal and bit literals are strings of bytes.
func digits(text string) int {
	if len(text) > 1 && !isDigit(text[1]) && text[1] != '.' && text[1]|0x20 != 'e' {
		return 0
	}
	n := 0
	for i := 0; i < len(text) && (isDigit(text[i]) || text[i] == '.'); i++ {
		if isDigit(text[i]) {
			n++
		}
	}
	return n
}

func nesting(mark string) int {
	switch mark {
	case "(":
		return 1
	case ")":
		return -1
	}
	return 0
}

func caseNesting(text string) int {
	switch {
	case len(text) == 4 && equalKeyword(text, "CASE"):
		return 1
	case len(text) == 3 && equalKeyword(text, "END"):
		return -1
	}
	return 0
}
