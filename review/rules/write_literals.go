package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// longSeed is how long a statement may be whose text is looked through for words.
const longSeed = 64 << 10

// unquotedDateLiteral: 2024-01-02 is 2021. Tried on MySQL 9.7 and MariaDB 10.11.
var unquotedDateLiteral = &review.Rule{
	ID:       "unquoted-date-literal",
	Title:    "Date without quotes is a subtraction",
	Category: review.Statements,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			if !maybeBareDate(w.Span.Text()) {
				continue
			}
			for _, at := range bareDates(ddlparse.Tokens(w.Span, p.Engine, false)) {
				f := review.Finding{
					Object:  w.Table.String(),
					Span:    at,
					Problem: review.Msg("`%s` has no quotes: %s subtracts, and the result is a number, no date.", at.Text(), p.Engine.Title()),
					Advice:  review.Msg("Put the date into quotes."),
				}
				if at.Source.Host == nil {
					f.Fix = &review.Edit{Title: "Quote the date", Span: at, New: "'" + at.Text() + "'"}
				}
				p.Report(f)
			}
		}
	},
}

// maybeBareDate looks for four digits, a dash and a digit that no quote, digit or letter stands before.
func maybeBareDate(text string) bool {
	for i := strings.IndexByte(text, '-'); i >= 0; {
		if i > 4 && i+3 < len(text) && strings.IndexByte(" =<>(,+\n\t", text[i-5]) >= 0 && digits(text[i-4:i]) && digits(text[i+1:i+2]) {
			return true
		}
		next := strings.IndexByte(text[i+1:], '-')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return false
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// bareDates finds year-month-day without spaces, where month and day have two digits and no other arithmetic is beside it.
func bareDates(tokens []ddlparse.Token) []ddlparse.Span {
	var found []ddlparse.Span
	for i := 0; i+4 < len(tokens); i++ {
		t := tokens[i : i+5]
		year, month, day := t[0].Text(), t[2].Text(), t[4].Text()
		if t[0].Kind != ddlparse.NumberToken || t[2].Kind != ddlparse.NumberToken || t[4].Kind != ddlparse.NumberToken || !markIs(t[1], "-") || !markIs(t[3], "-") || t[0].Span.End+1 != t[2].Span.Start || t[2].Span.End+1 != t[4].Span.Start {
			continue
		}
		if len(year) == 4 && year >= "1900" && year < "2200" && len(month) == 2 && month <= "12" && len(day) == 2 && day <= "31" {
			at := t[0].Span
			at.End = t[4].Span.End
			found = append(found, at)
			i += 4
		}
	}
	return found
}

// implicitTypeConversion speaks of a text column that the condition of a write compares with a number.
var implicitTypeConversion = &review.Rule{
	ID:       "implicit-type-conversion",
	Title:    "Text column is compared with a number",
	Category: review.Statements,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		eachCondition(p, func(w *ddlparse.Write, terms []term) {
			for _, t := range terms {
				c, number := textAndNumber(w, t.tokens)
				if c == nil {
					continue
				}
				f := review.Finding{
					Object:  objectOf(w.Table, c.Name),
					Span:    number.Span,
					Problem: review.Msg("`%s` is %s: to compare it with a number %s makes numbers of all its values, uses no index, and finds `01` and ` 1` too; a value that is no number stops the statement (error %s).", objectOf(w.Table, c.Name), typeName(c), p.Engine.Title(), review.Errno(1292)),
					Advice:  review.Msg("Put the number into quotes."),
				}
				if p.Engine.IsMariaDB() {
					f.Problem = review.Msg("`%s` is %s: to compare it with a number %s makes numbers of all its values, uses no index, and finds values such as `01` and ` 1` too.", objectOf(w.Table, c.Name), typeName(c), p.Engine.Title())
				}
				if number.Span.Source.Host == nil {
					f.Fix = &review.Edit{Title: "Quote the number", Span: number.Span, New: "'" + number.Text() + "'"}
				}
				p.Report(f)
			}
		})
	},
}

// textAndNumber reads column = number.
func textAndNumber(w *ddlparse.Write, tokens []ddlparse.Token) (c *ddlparse.Column, number ddlparse.Token) {
	if len(tokens) != 3 || w.Joined || !nameToken(tokens[0]) || numberOf(tokens[2]) == nil || tokens[1].Kind != ddlparse.PunctToken || comparedTruth(0, tokens[1].Text()) == uncertain {
		return nil, number
	}
	c = w.Before.Column(tokens[0].Value())
	if c == nil || !c.Type.IsText() || c.Type.Name == "enum" || c.Type.Name == "set" {
		return nil, number
	}
	return c, tokens[2]
}

// nondeterministicDMLFunction: MySQL 8.4 manual, "Determination of Safe and Unsafe Statements in Binary Logging".
var nondeterministicDMLFunction = &review.Rule{
	ID:       "nondeterministic-dml-function",
	Title:    "Written value differs from server to server",
	Category: review.Statements,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "functions", Default: []string{"sysdate", "rand", "user", "sleep"}, Doc: "Functions that data changes should not call."}},
	Check: func(p *review.Pass) {
		functions := review.Value[[]string](p, "functions")
		for _, w := range review.Each[*ddlparse.Write](p) {
			text := w.Span.Text()
			if len(text) > longSeed || !slices.ContainsFunc(functions, func(f string) bool { return mentions(text, f) }) {
				continue
			}
			tokens := withoutCommentTokens(ddlparse.Tokens(w.Span, p.Engine, false))
			i := slices.IndexFunc(tokens, func(t ddlparse.Token) bool { return t.Kind == ddlparse.WordToken && named(functions, t.Text()) })
			if i < 1 || i+2 >= len(tokens) || !markIs(tokens[i+1], "(") || wordIs(tokens[i-1], "BY") || markIs(tokens[i-1], ".") || wordIs(tokens[i-1], "INTO") || wordIs(tokens[i], "RAND") && !markIs(tokens[i+2], ")") {
				continue // RAND(seed) is the same everywhere, ORDER BY RAND() has its own rule
			}
			p.Report(review.Finding{
				Object:  w.Table.String(),
				Span:    tokens[i].Span,
				Problem: review.Msg("%s() gives another value on every server and in every run: with statement-based replication replicas differ.", strings.ToUpper(tokens[i].Text())),
				Advice:  review.Msg("Write a fixed value, or NOW(), which replicas get from the primary."),
			})
		}
	},
}

// hardCodedForeignID is off by default: many teams seed their lookup tables with fixed numbers.
var hardCodedForeignID = &review.Rule{
	ID:       "hard-coded-foreign-id",
	Title:    "Reference to an AUTO_INCREMENT number that is written out",
	Category: review.Statements,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			if w.Before == nil || w.Verb != "INSERT" && w.Verb != "REPLACE" && w.Verb != "UPDATE" {
				continue
			}
			for _, f := range w.Before.ForeignKeys {
				if numbersItself(p, s, f) && reportFixedID(p, w, f) {
					break
				}
			}
		}
	},
}

// numbersItself reports whether the parent numbers its rows itself, and the change set hasn't written any to it.
func numbersItself(p *review.Pass, s *ddlparse.Step, f *ddlparse.ForeignKey) bool {
	parent := s.Before.Table(f.Parent)
	if parent == nil || len(f.Columns) != 1 || len(f.ParentColumns) != 1 || p.Created(parent) {
		return false
	}
	for range writesBefore(p, s, f.Parent) {
		return false
	}
	c := parent.Column(f.ParentColumns[0])
	return c != nil && c.AutoIncrement
}

func reportFixedID(p *review.Pass, w *ddlparse.Write, f *ddlparse.ForeignKey) bool {
	at := fixedID(w, f.Columns[0])
	if at.IsZero() {
		return false
	}
	p.Report(review.Finding{
		Object:  objectOf(w.Table, f.Columns[0]),
		Span:    at,
		Problem: review.Msg("`%s` numbers its rows by AUTO_INCREMENT: another database may have another row under this number, or none (error %s).", f.Parent.String(), review.Errno(1452)),
		Advice:  review.Msg("Look the row up by a name or code: (SELECT %s FROM %s WHERE …).", sqlName(f.ParentColumns[0]), sqlTable(f.Parent)),
	})
	return true
}

// fixedID is the first number that the statement writes to the column.
func fixedID(w *ddlparse.Write, column string) ddlparse.Span {
	if w.Verb == "UPDATE" {
		for i, v := range w.Assigned() {
			if strings.EqualFold(w.Set[i].Column, column) && v.Literal != nil && v.Literal.Kind == ddlparse.DefaultNumber {
				return v.Span
			}
		}
		return ddlparse.Span{}
	}
	i := slices.IndexFunc(targets(w), func(c *ddlparse.Column) bool { return c != nil && strings.EqualFold(c.Name, column) })
	for row := range w.ValueRows() {
		if i >= 0 && i < len(row) && row[i].Literal != nil && row[i].Literal.Kind == ddlparse.DefaultNumber {
			return row[i].Span
		}
	}
	return ddlparse.Span{}
}
