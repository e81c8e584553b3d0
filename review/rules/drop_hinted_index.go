package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropHintedIndex speaks of indexes that queries name. USE, FORCE and IGNORE INDEX of a missing index are errors on
// MySQL 9.7 and MariaDB 10.11; optimizer hints in comments are only warnings.
var dropHintedIndex = &review.Rule{
	ID:       "drop-hinted-index",
	Title:    "Index that a query names is dropped or renamed",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "hinted_indexes", Default: []string{}, Doc: "Indexes that the application's queries name, as table.index."}},
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.DropIndex](p) {
			if c.Index != nil && c.Index.Kind != ddlparse.Primary {
				reportHinted(p, &c.Clause, c.Index.Name)
			}
		}
		for _, c := range review.Each[*ddlparse.ModifyIndex](p) {
			if c.Old != nil && c.To != "" && !strings.EqualFold(c.To, c.Name) {
				reportHinted(p, &c.Clause, c.Old.Name)
			}
		}
	},
}

// hint is where a stored query names an index.
type hint struct {
	by   string
	span ddlparse.Span
}

// hintKey is the index for the lookup.
func hintKey(table, index string) string { return strings.ToLower(table + "." + index) }

func reportHinted(p *review.Pass, at *ddlparse.Clause, index string) {
	if at.After == nil {
		return
	}
	t := p.Final().Table(at.After.Name)
	if t == nil || t.IsOpaque() || t.Index(index) != nil || p.Created(at.Before) {
		return
	}
	f := review.Finding{
		Object: objectOf(at.Table, index), Span: at.Span,
		Advice: review.Msg("Take the name out of the query first, and change the index in a later migration."),
	}
	for _, h := range (*review.Memo(p, gatherHints))[hintKey(t.Name.Name, index)] {
		if f.Problem.IsZero() {
			f.Problem = review.Msg("`%s` names the index `%s`: once it is gone, %s refuses that query (error %s).", h.by, index, p.Engine.Title(), review.Errno(1176))
		}
		f.Related = append(f.Related, review.Related{Span: h.span, Note: review.Msg("`%s` is named here", index)})
	}
	if f.Problem.IsZero() && named(review.Value[[]string](p, "hinted_indexes"), t.Name.Name+"."+index) {
		f.Problem = review.Msg("Queries of the application name the index `%s`: once it is gone, %s refuses them (error %s).", index, p.Engine.Title(), review.Errno(1176))
	}
	if !f.Problem.IsZero() {
		p.Report(f)
	}
}

type hints map[string][]hint

// gatherHints reads the views, routines and triggers that are left.
func gatherHints(p *review.Pass) *hints {
	all := hints{}
	for v := range p.Final().Views() {
		all.read(p.Engine, v.Name.String(), v.Span)
	}
	for r := range p.Final().Routines() {
		all.read(p.Engine, r.Name.String(), r.Span)
	}
	for t := range p.Final().Triggers() {
		all.read(p.Engine, t.Name.String(), t.Span)
	}
	return &all
}

// read finds USE, FORCE and IGNORE INDEX behind a table's name.
func (h hints) read(e ddlparse.Engine, by string, body ddlparse.Span) {
	if !mentions(body.Text(), "index") && !mentions(body.Text(), "key") {
		return
	}
	tokens := codeTokens(body, e)
	for i := 1; i+2 < len(tokens); i++ {
		if !isWord(tokens[i], "USE", "FORCE", "IGNORE") || !isWord(tokens[i+1], "INDEX", "KEY") {
			continue
		}
		list := i + 2
		for list < len(tokens) && isWord(tokens[list], "FOR", "JOIN", "ORDER", "GROUP", "BY") {
			list++
		}
		if list >= len(tokens) || !isMark(tokens[list], "(") {
			continue
		}
		for _, item := range splitList(tokens[list+1:], func(t ddlparse.Token) bool { return isMark(t, ")") }) {
			if len(item) != 1 || !isName(item[0]) {
				continue
			}
			for _, table := range namesBefore(tokens[:i]) {
				key := hintKey(table, nameOf(item[0]))
				h[key] = append(h[key], hint{by, item[0].Span})
			}
		}
	}
}

// namesBefore are the names that may be the table's in front of a hint: it may have an alias, and AS before that.
func namesBefore(tokens []ddlparse.Token) []string {
	var names []string
	for i := len(tokens) - 1; i >= 0 && len(names) < 3; i-- {
		switch {
		case isWord(tokens[i], "AS"):
			continue
		case isWord(tokens[i], "FROM", "JOIN", "UPDATE", "INTO"), !isName(tokens[i]) && !isMark(tokens[i], "."):
			return names
		case isName(tokens[i]):
			names = append(names, nameOf(tokens[i]))
		}
	}
	return names
}
