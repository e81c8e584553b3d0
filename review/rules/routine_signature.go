package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// routineSignatureChanged compares what routines take and give with what they did before the change set. MySQL 9.7 and
// MariaDB 10.11 refuse calls with another number of arguments.
var routineSignatureChanged = &review.Rule{
	ID:       "routine-signature-changed",
	Title:    "Stored routine takes or returns something else",
	Category: review.Compatibility,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.CreateRoutine](p) {
			if c.Routine == nil || c.Skipped || c.Routine.Kind != "PROCEDURE" && c.Routine.Kind != "FUNCTION" {
				continue
			}
			old, now := p.Start().Routine(c.Routine.Kind, c.Routine.Name), p.Final().Routine(c.Routine.Kind, c.Routine.Name)
			if old == nil || now == nil || now.Span != c.Routine.Span || old.Span == now.Span {
				continue
			}
			had, ok := signatureOf(p.Engine, old)
			has, known := signatureOf(p.Engine, now)
			if ok && known {
				reportSignature(p, c, old, had, has)
			}
		}
	},
}

// signature is what a caller has to know of a routine; names of parameters don't matter to it.
type signature struct {
	params  []string // "IN INT"
	needed  int      // how many have no default
	returns string
}

func signatureOf(e ddlparse.Engine, r *ddlparse.Routine) (signature, bool) {
	tokens := codeTokens(r.Span, e)
	open := slices.IndexFunc(tokens, func(t ddlparse.Token) bool { return isWord(t, r.Kind) })
	for open >= 0 && open < len(tokens) && !isMark(tokens[open], "(") {
		open++
	}
	if open < 0 || open >= len(tokens) {
		return signature{}, false
	}
	var s signature
	rest := tokens[open+1:]
	for _, item := range splitList(rest, func(t ddlparse.Token) bool { return isMark(t, ")") }) {
		s.add(item)
		rest = rest[min(len(item)+1, len(rest)):] // and the comma, or the parenthesis
	}
	if len(rest) > 0 && isWord(rest[0], "RETURNS") {
		s.returns = returnType(rest[1:])
	}
	return s, true
}

// add reads a parameter: its mode, its name, its type and what it is without an argument.
func (s *signature) add(item []ddlparse.Token) {
	mode := "IN"
	if len(item) > 2 && isWord(item[0], "IN", "OUT", "INOUT") {
		mode, item = strings.ToUpper(item[0].Text()), item[1:]
	}
	if len(item) < 2 {
		return
	}
	typ := item[1:]
	if i := slices.IndexFunc(typ, func(t ddlparse.Token) bool { return isWord(t, "DEFAULT") }); i >= 0 {
		typ = typ[:i]
	} else {
		s.needed++
	}
	s.params = append(s.params, mode+" "+joined(typ))
}

// returnType is the type up to the routine's characteristics.
func returnType(tokens []ddlparse.Token) string {
	for i, t := range tokens {
		if isWord(t, "COMMENT", "LANGUAGE", "DETERMINISTIC", "NOT", "CONTAINS", "NO", "READS", "MODIFIES", "SQL", "RETURN", "BEGIN", "AGGREGATE") {
			return joined(tokens[:i])
		}
	}
	return joined(tokens)
}

func reportSignature(p *review.Pass, c *ddlparse.CreateRoutine, old *ddlparse.Routine, had, has signature) {
	kind, name, engine := strings.ToLower(c.Routine.Kind), c.Routine.Name.String(), p.Engine.Title()
	f := review.Finding{
		Object: name, Span: firstLine(c.Span),
		Advice:  review.Msg("Create it under a new name, release the callers, and drop `%s` in a later migration.", name),
		Related: []review.Related{{Span: firstLine(old.Span), Note: review.Msg("`%s` is defined here", name)}},
	}
	same := min(len(had.params), len(has.params))
	switch {
	case len(had.params) < has.needed || len(had.params) > len(has.params):
		f.Problem = review.Msg("The %s `%s` now takes %d arguments and took %d: %s refuses the calls of running code (error %s).", kind, name, len(has.params), len(had.params), engine, review.Errno(1318))
	case !slices.Equal(had.params[:same], has.params[:same]):
		f.Problem = review.Msg("The parameters of the %s `%s` change from (%s) to (%s): %s takes the calls of running code and converts or refuses what they give.", kind, name, strings.Join(had.params, ", "), strings.Join(has.params, ", "), engine)
	case had.returns != has.returns:
		f.Problem = review.Msg("The function `%s` now returns %s and returned %s: %s gives running code values of the new type.", name, has.returns, had.returns, engine)
	default:
		return
	}
	p.Report(f)
}
