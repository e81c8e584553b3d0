package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// verbIndex finds the steps of statements about accounts and the server, which change no table, so that the
// rules about them don't each walk all steps.
type verbIndex map[string][]*ddlparse.Step

// plainVerbs are the first words of the statements that the index holds.
var plainVerbs = map[string]bool{
	"GRANT": true, "REVOKE": true, "CREATE USER": true, "ALTER USER": true, "DROP USER": true, "CREATE ROLE": true, "DROP ROLE": true,
	"RENAME": true, "SET": true, "INSTALL": true, "UNINSTALL": true, "SHUTDOWN": true, "RESTART": true, "KILL": true, "PURGE": true,
	"RESET": true, "CHANGE": true, "STOP": true, "START": true, "CLONE": true, "SELECT": true, "DO": true, "LOCK": true, "FLUSH": true,
}

// stepsOf yields the steps whose statements have one of the verbs, in the order of the verbs.
func stepsOf(p *review.Pass, verbs ...string) func(yield func(*ddlparse.Step) bool) {
	index := *review.Memo(p, gatherVerbs)
	return func(yield func(*ddlparse.Step) bool) {
		for _, v := range verbs {
			for _, s := range index[v] {
				if !yield(s) {
					return
				}
			}
		}
	}
}

func gatherVerbs(p *review.Pass) *verbIndex {
	index := verbIndex{}
	for _, s := range p.Steps() {
		if v := s.Statement.Verb; plainVerbs[v] {
			index[v] = append(index[v], s)
		}
	}
	return &index
}

// wordsOf is a statement in upper case, with single spaces and without what stands in quotes and comments,
// so that words can be looked for. A quoted part leaves ” behind, a name in backquotes “.
func wordsOf(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\'' || c == '"' || c == '`':
			i = quoteEnd(text, i)
			b.WriteByte(c)
			b.WriteByte(c)
		case c == '/' && strings.HasPrefix(text[i:], "/*"):
			end := strings.Index(text[i:], "*/")
			if end < 0 {
				return upperWords(b.String())
			}
			i += end + 1
			b.WriteByte(' ')
		case c == '#' || c == '-' && strings.HasPrefix(text[i:], "-- "):
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				return upperWords(b.String())
			}
			i += end
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return upperWords(b.String())
}

func upperWords(text string) string {
	return strings.Join(strings.Fields(strings.ToUpper(text)), " ")
}

// quoteEnd is the place of the quote that closes the one at i, or of the last byte.
func quoteEnd(text string, i int) int {
	quote := text[i]
	for j := i + 1; j < len(text); j++ {
		switch {
		case text[j] == '\\' && quote != '`':
			j++
		case text[j] == quote && j+1 < len(text) && text[j+1] == quote:
			j++
		case text[j] == quote:
			return j
		}
	}
	return len(text) - 1
}

// hasCall reports whether words call the function.
func hasCall(words, function string) bool {
	for from := 0; ; {
		i := strings.Index(words[from:], function)
		if i < 0 {
			return false
		}
		i += from
		rest := strings.TrimPrefix(words[i+len(function):], " ")
		if strings.HasPrefix(rest, "(") && (i == 0 || !partOfWord(strings.ToLower(words[i-1:i]), 0) && words[i-1] != '.') {
			return true
		}
		from = i + len(function)
	}
}
