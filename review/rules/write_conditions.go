package rules

import (
	"math/big"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// whereAlwaysTrue speaks of conditions that look like some: WHERE 1 and WHERE TRUE are for
// update-delete-without-where.
var whereAlwaysTrue = &review.Rule{
	ID:       "where-always-true",
	Title:    "WHERE condition is true for every row",
	Category: review.Statements,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachCondition(p, func(w *ddlparse.Write, terms []term) {
			if alwaysTrue(w.Where.Text()) || ownRows(p, w) {
				return
			}
			for _, or := range alternatives(terms) {
				if truth(w, or) == certainlyTrue {
					p.Report(review.Finding{
						Object:  w.Table.String(),
						Span:    firstLine(w.Where),
						Problem: review.Msg("This condition is true for every row: the %s reaches all of `%s`, as without WHERE.", w.Verb, w.Table.String()),
						Advice:  review.Msg("Write the condition that was meant."),
					})
					return
				}
			}
		})
	},
}

// whereAlwaysFalse: the statement runs without an error and changes nothing.
var whereAlwaysFalse = &review.Rule{
	ID:       "where-always-false",
	Title:    "WHERE condition is never true",
	Category: review.Statements,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		eachCondition(p, func(w *ddlparse.Write, terms []term) {
			for _, or := range alternatives(terms) {
				if truth(w, or) != certainlyFalse {
					return
				}
			}
			p.Report(review.Finding{
				Object:  w.Table.String(),
				Span:    firstLine(w.Where),
				Problem: review.Msg("This condition is true for no row: the %s of `%s` changes nothing, without an error.", w.Verb, w.Table.String()),
				Advice:  review.Msg("Write the condition that was meant, or leave the statement out."),
			})
		})
	},
}

// term is a part of a condition between AND and OR.
type term struct {
	tokens []ddlparse.Token
	or     bool // OR stands before it
}

// eachCondition gives the parts of the WHERE clauses that are made of AND, OR and simple comparisons only.
func eachCondition(p *review.Pass, look func(*ddlparse.Write, []term)) {
	for _, w := range review.Each[*ddlparse.Write](p) {
		if w.Verb != "UPDATE" && w.Verb != "DELETE" || w.Where.IsZero() {
			continue
		}
		if terms := termsOf(withoutCommentTokens(ddlparse.Tokens(w.Where, p.Engine, false))); terms != nil {
			look(w, terms)
		}
	}
}

// termsOf splits at the outermost AND and OR; nil where XOR, NOT or BETWEEN make that uncertain.
func termsOf(tokens []ddlparse.Token) []term {
	for len(tokens) > 2 && markIs(tokens[0], "(") && closes(tokens) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	var terms []term
	depth, from, or := 0, 0, false
	for i, t := range tokens {
		switch {
		case markIs(t, "("):
			depth++
		case markIs(t, ")"):
			depth--
		case depth > 0:
		case wordIs(t, "XOR"), wordIs(t, "NOT"), wordIs(t, "BETWEEN"), wordIs(t, "CASE"), markIs(t, "||"), markIs(t, "&&"):
			return nil
		case wordIs(t, "AND"), wordIs(t, "OR"):
			terms = append(terms, term{tokens[from:i], or})
			from, or = i+1, wordIs(t, "OR")
		}
	}
	return append(terms, term{tokens[from:], or})
}

// closes is the place of the mark that closes the first.
func closes(tokens []ddlparse.Token) int {
	depth := 0
	for i, t := range tokens {
		switch {
		case markIs(t, "("):
			depth++
		case markIs(t, ")"):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// alternatives groups the terms between OR.
func alternatives(terms []term) [][]term {
	var groups [][]term
	for _, t := range terms {
		if t.or || groups == nil {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], t)
	}
	return groups
}

type truthValue int

const (
	uncertain truthValue = iota
	certainlyTrue
	certainlyFalse
)

// truth of terms that must all hold.
func truth(w *ddlparse.Write, terms []term) truthValue {
	result := certainlyTrue
	equal := map[string]string{}
	for _, t := range terms {
		switch termTruth(w, t.tokens) {
		case certainlyFalse:
			return certainlyFalse
		case uncertain:
			result = uncertain
		}
		if column, value, ok := equality(t.tokens); ok {
			if old, said := equal[column]; said && old != value {
				return certainlyFalse
			}
			equal[column] = value
		}
	}
	return result
}

// termTruth judges a constant, or a comparison of two numbers, two strings or a column with itself.
func termTruth(w *ddlparse.Write, tokens []ddlparse.Token) truthValue {
	switch len(tokens) {
	case 1:
		return constantTruth(tokens[0])
	case 3:
		return comparisonTruth(w, tokens)
	}
	return uncertain
}

func constantTruth(t ddlparse.Token) truthValue {
	switch {
	case wordIs(t, "TRUE"):
		return certainlyTrue
	case wordIs(t, "FALSE"), wordIs(t, "NULL"):
		return certainlyFalse
	}
	if n := numberOf(t); n != nil {
		return truthOf(n.Sign() != 0)
	}
	return uncertain
}

func truthOf(is bool) truthValue {
	if is {
		return certainlyTrue
	}
	return certainlyFalse
}

func numberOf(t ddlparse.Token) *big.Rat {
	if t.Kind != ddlparse.NumberToken || len(t.Text()) > 30 || strings.ContainsAny(t.Text(), "eExX'bB") {
		return nil
	}
	n, ok := new(big.Rat).SetString(t.Text())
	if !ok {
		return nil
	}
	return n
}

func comparisonTruth(w *ddlparse.Write, tokens []ddlparse.Token) truthValue {
	left, op, right := tokens[0], tokens[1].Text(), tokens[2]
	if tokens[1].Kind != ddlparse.PunctToken {
		return uncertain
	}
	if a, b := numberOf(left), numberOf(right); a != nil && b != nil {
		return comparedTruth(a.Cmp(b), op)
	}
	if left.Kind == ddlparse.StringToken && right.Kind == ddlparse.StringToken && left.Text() == right.Text() {
		return comparedTruth(0, op)
	}
	if !nameToken(left) || !nameToken(right) || !strings.EqualFold(left.Value(), right.Value()) {
		return uncertain
	}
	switch c := w.Before.Column(left.Value()); {
	case c == nil || w.Joined:
		return uncertain
	case c.NotNull || op == "<" || op == ">" || op == "<>" || op == "!=":
		return comparedTruth(0, op)
	}
	return uncertain // it is true for all but NULL, which may be meant
}

func nameToken(t ddlparse.Token) bool {
	return t.Kind == ddlparse.WordToken || t.Kind == ddlparse.QuotedToken
}

func comparedTruth(order int, op string) truthValue {
	switch op {
	case "=", "<=>":
		return truthOf(order == 0)
	case "<>", "!=":
		return truthOf(order != 0)
	case "<":
		return truthOf(order < 0)
	case "<=":
		return truthOf(order <= 0)
	case ">":
		return truthOf(order > 0)
	case ">=":
		return truthOf(order >= 0)
	}
	return uncertain
}

// equality reads column = number. Two strings may be equal in a collation.
func equality(tokens []ddlparse.Token) (column, value string, ok bool) {
	if len(tokens) != 3 || !markIs(tokens[1], "=") || !nameToken(tokens[0]) || wordIs(tokens[0], "NULL") {
		return "", "", false
	}
	n := numberOf(tokens[2])
	if n == nil {
		return "", "", false
	}
	return strings.ToLower(tokens[0].Value()), n.RatString(), true
}
