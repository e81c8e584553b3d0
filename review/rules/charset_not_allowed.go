package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// charsetNotAllowed looks at the character sets that the change set writes: of databases, tables and
// columns. What a column has from its table is said at the table, and utf8mb3 by the rule of its own.
var charsetNotAllowed = &review.Rule{
	ID:       "charset-not-allowed",
	Title:    "Character set is not one of the team's",
	Category: review.Charsets,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "allow", Default: []string{"utf8mb4", "ascii", "binary"}, Doc: "The character sets that tables and columns may have, the usual one first; none = all."}},
	Check: func(p *review.Pass) {
		k := allowed{pass: p, allow: review.Value[[]string](p, "allow"), options: []string{"CHARSET", "COLLATE"}, clauses: []string{"CHARACTER SET", "COLLATE"}}
		if len(k.allow) == 0 {
			return
		}
		k.value = func(charset, _ string) string { return charset }
		k.except = func(charset, collation string) bool {
			return isUTF8MB3(charset, collation) || !p.Engine.HasCharset(charset)
		}
		k.say = func(object, value string) (review.Message, review.Message) {
			return review.Msg("`%s` has character set %s: %s converts strings when it meets another set in a join, and characters that %s lacks can't be stored.", object, value, p.Engine.Title(), value),
				review.Msg("Use %s.", k.allow[0])
		}
		k.check()
	},
}

// collationNotAllowed is the same for collations. Without a list all may be used.
var collationNotAllowed = &review.Rule{
	ID:       "collation-not-allowed",
	Title:    "Collation is not one of the team's",
	Category: review.Charsets,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "allow", Default: []string{}, Doc: "The collations that tables and columns may have; none = all."}},
	Check: func(p *review.Pass) {
		k := allowed{pass: p, allow: review.Value[[]string](p, "allow"), options: []string{"COLLATE", "CHARSET"}, clauses: []string{"COLLATE", "CHARACTER SET"}}
		if len(k.allow) == 0 {
			return
		}
		k.value = func(_, collation string) string { return collation }
		k.except = func(charset, collation string) bool { return charset == "binary" || !p.Engine.HasCollation(collation) }
		k.say = func(object, value string) (review.Message, review.Message) {
			return review.Msg("`%s` has collation %s: its strings compare and sort by other rules on %s than those of the team's collations.", object, value, p.Engine.Title()),
				review.Msg("Use %s.", strings.Join(k.allow, " or "))
		}
		k.check()
	},
}

// allowed compares what is written with a list of names.
type allowed struct {
	pass             *review.Pass
	allow            []string
	options, clauses []string // the clauses that decide, the more exact first
	value            func(charset, collation string) string
	except           func(charset, collation string) bool
	say              func(object, value string) (problem, advice review.Message)
}

func (k *allowed) check() {
	for _, d := range databaseCharsets(k.pass) {
		k.look(d.name, d.charset, d.collation, []ddlparse.Span{d.span})
	}
	written := writtenOptions(k.pass)
	for t := range k.pass.Tables() {
		at := optionPlace(k.pass, t, written, k.options)
		if !at.IsZero() {
			k.look(t.Name.String(), t.Options.Charset, t.Options.Collation, []ddlparse.Span{at})
		}
		k.columns(t, !at.IsZero())
	}
}

// columns looks at the columns that name a set or collation of their own, once for each that is named;
// tableSaid: what the table has was looked at.
func (k *allowed) columns(t *ddlparse.Table, tableSaid bool) {
	type own struct{ charset, collation string }
	var order []own
	places := map[own][]*ddlparse.Column{}
	for _, c := range t.Columns {
		if !k.pass.New(c.Defined) || !c.Type.IsText() || columnClause(c, k.clauses...).IsZero() || !charsetIsNew(k.pass, t, c) {
			continue
		}
		if tableSaid && strings.EqualFold(c.Charset, t.Options.Charset) && strings.EqualFold(c.Collation, t.Options.Collation) {
			continue
		}
		o := own{c.Charset, c.Collation}
		if places[o] == nil {
			order = append(order, o)
		}
		places[o] = append(places[o], c)
	}
	for _, o := range order {
		var spans []ddlparse.Span
		for _, c := range places[o] {
			spans = append(spans, columnClause(c, k.clauses...))
		}
		k.look(objectOfColumns(t, places[o]), o.charset, o.collation, spans)
	}
}

func (k *allowed) look(object, charset, collation string, spans []ddlparse.Span) {
	value := k.value(charset, collation)
	if value == "" || named(k.allow, value) || k.except(charset, collation) {
		return
	}
	f := review.Finding{Object: object, Span: spans[0], Places: spans[1:]}
	f.Problem, f.Advice = k.say(object, value)
	k.pass.Report(f)
}
