package review

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// redactor copies SQL for a model. Names and types stay, values go:
//
//   - Of statements that define tables and indexes, short plain values stay (ENUM and SET members,
//     defaults, dates, checks), since a design can't be judged without them; not beside a name that
//     speaks of a secret, and nothing that looks like one.
//   - Of all other statements (rows, users, routines) every string goes, and every long number.
//   - COMMENT texts and SQL comments stay, whatever language they are in, without the parts of them
//     that look like a credential, an address or a person's number.
//
// One value gets the same mark wherever it stands in a text, so that a default still is one of the members.
type redactor struct {
	engine ddlparse.Engine
	marks  map[string]string
}

func newRedactor(e ddlparse.Engine) *redactor {
	return &redactor{engine: e, marks: map[string]string{}}
}

// statement is a statement's text as a model may see it, with its comments.
func (r *redactor) statement(s *ddlparse.Statement) string {
	span := s.Span
	for _, c := range s.Comments {
		if c.Source == span.Source {
			span.Start, span.End = min(span.Start, c.Start), max(span.End, c.End)
		}
	}
	return r.span(span, definesTable(s.Verb))
}

// table is the definition of a table as a model may see it.
func (r *redactor) table(t *ddlparse.Table) string {
	text := t.DDL(r.engine)
	src := &ddlparse.Source{Text: text}
	return r.span(ddlparse.Span{Source: src, End: int32(len(text))}, true)
}

// definesTable reports whether a statement's values belong to a definition.
func definesTable(verb string) bool {
	switch verb {
	case "CREATE TABLE", "ALTER TABLE", "CREATE INDEX", "DROP INDEX":
		return true
	}
	return false
}

// span copies a piece of SQL, token by token.
func (r *redactor) span(s ddlparse.Span, definition bool) string {
	var b strings.Builder
	tokens := ddlparse.Tokens(s, r.engine, namesNoBackslash(s.Source.Text[:s.End]))
	at := s.Start
	for i := range tokens {
		b.WriteString(s.Source.Text[at:tokens[i].Span.Start])
		b.WriteString(r.token(tokens, i, definition))
		at = tokens[i].Span.End
	}
	b.WriteString(s.Source.Text[at:s.End])
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// namesNoBackslash reports whether the text may have switched the meaning of backslashes: then a quote
// behind one ends the string, and what follows is another.
func namesNoBackslash(text string) bool {
	return strings.Contains(strings.ToUpper(text), "NO_BACKSLASH_ESCAPES")
}

// token is one token as a model may see it.
func (r *redactor) token(tokens []ddlparse.Token, i int, definition bool) string {
	t := tokens[i]
	switch t.Kind {
	case ddlparse.CommentToken:
		return maskComment(t.Text())
	case ddlparse.StringToken:
		return r.literal(tokens, i, definition)
	case ddlparse.NumberToken:
		return r.number(t.Text(), definition)
	case ddlparse.WordToken, ddlparse.QuotedToken:
		return maskName(t.Text())
	}
	return t.Text()
}

// literal is a string literal as a model may see it.
func (r *redactor) literal(tokens []ddlparse.Token, i int, definition bool) string {
	t := tokens[i]
	value := t.Value()
	if definition && isComment(tokens, i) {
		if masked := MaskText(value); masked != value {
			return quoteLiteral(masked)
		}
		return t.Text()
	}
	follows := i > 0 && tokens[i-1].Kind == ddlparse.StringToken // one value in two parts
	if definition && !follows && plainValue(value) && !besideSecret(tokens, i) {
		return t.Text()
	}
	return "'" + r.mark(value) + "'"
}

// mark stands for a value. The prompt tells the model what it means.
func (r *redactor) mark(value string) string {
	if value == "" {
		return ""
	}
	if r.marks[value] == "" {
		r.marks[value] = numbered(len(r.marks) + 1)
	}
	return r.marks[value]
}

// knownValues puts the marks into a text that may repeat the values they stand for, such as a rule's message.
func (r *redactor) knownValues() *strings.Replacer {
	values := slices.SortedFunc(maps.Keys(r.marks), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	var pairs []string
	for _, value := range values[:min(len(values), mostValues)] {
		if len(value) >= shortestSecret {
			pairs = append(pairs, value, r.marks[value])
		}
	}
	return strings.NewReplacer(pairs...)
}

const (
	mostValues     = 500
	shortestSecret = 4 // bytes: shorter values are words of any text
)

func numbered(n int) string {
	if n == 1 {
		return left
	}
	return strings.TrimSuffix(left, "]") + " " + strconv.Itoa(n) + "]"
}

// longestDigits is how long a number of a row may be; longer ones belong to somebody.
const longestDigits = 6

// number is a number or binary literal as a model may see it.
func (r *redactor) number(text string, definition bool) string {
	switch {
	case strings.ContainsAny(text, "xX"):
		return shortOr(text, "0x00")
	case strings.ContainsRune(text, '\''), definition, digitsIn(text) <= longestDigits:
		return text
	}
	return "0"
}

func shortOr(text, other string) string {
	if len(text) <= longestDigits {
		return text
	}
	return other
}

// isComment reports whether a string is the text of COMMENT 'x' or COMMENT = 'x'.
func isComment(tokens []ddlparse.Token, i int) bool {
	before := i - 1
	if before >= 0 && tokens[before].Text() == "=" {
		before--
	}
	return before >= 0 && tokens[before].Kind == ddlparse.WordToken && strings.EqualFold(tokens[before].Text(), "COMMENT")
}

// farthest is how many tokens back a name is looked for. A value further away is left out.
const farthest = 200

// besideSecret reports whether a word of the same item, before the value, speaks of a secret.
func besideSecret(tokens []ddlparse.Token, i int) bool {
	depth, otherItem := 0, false
	for j := i - 1; j >= 0; j-- {
		t := tokens[j]
		text := t.Text()
		switch {
		case i-j > farthest:
			return true
		case text == ")":
			depth++
		case text == "(" && depth > 0:
			depth--
		case text == "(":
			if j == 0 || !opensValues(tokens[j-1].Text()) {
				return false
			}
			otherItem = false
		case text == "," && depth == 0:
			otherItem = true
		case !otherItem && (t.Kind == ddlparse.WordToken || t.Kind == ddlparse.QuotedToken) && namesSecret(text):
			return true
		}
	}
	return false
}

// opensValues reports whether the parentheses behind a word still belong to the column before it.
func opensValues(word string) bool {
	switch strings.ToUpper(word) {
	case "ENUM", "SET", "IN", "CHECK", "DEFAULT", "AS", "(":
		return true
	}
	return false
}

// quoteLiteral writes a text of ours as a string literal.
func quoteLiteral(text string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(text) + "'"
}
