package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropThenAddColumn speaks of a column that is dropped where the change set adds one that looks like its
// successor: the same name, or the only one dropped and the only one added, of one type and with a word of its
// name. drop-column then leaves it to this rule.
var dropThenAddColumn = &review.Rule{
	ID:       "drop-then-add-column",
	Title:    "Column is dropped and added anew",
	Category: review.Destructive,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for c, heir := range *review.Memo(p, gatherHeirs) {
			reportHeir(p, c, heir)
		}
	},
}

// columnHeirs are the dropped columns whose successors the change set adds without carrying values over.
type columnHeirs map[*ddlparse.DropColumn]*ddlparse.AddColumn

// traffic is what a change set drops from a table and adds to it.
type traffic struct {
	dropped []*ddlparse.DropColumn
	added   []*ddlparse.AddColumn
}

func gatherHeirs(p *review.Pass) *columnHeirs {
	heirs := columnHeirs{}
	for _, t := range trafficByTable(p) {
		for _, d := range t.dropped {
			if heir := heirOf(t, d); heir != nil && !carriedOver(p, d, heir) {
				heirs[d] = heir
			}
		}
	}
	return &heirs
}

// trafficByTable looks at columns with values, of tables that were there before.
func trafficByTable(p *review.Pass) map[int]*traffic {
	tables := map[int]*traffic{}
	of := func(at *ddlparse.Clause) *traffic {
		if tables[at.Before.Origin] == nil {
			tables[at.Before.Origin] = &traffic{}
		}
		return tables[at.Before.Origin]
	}
	for _, c := range review.Each[*ddlparse.DropColumn](p) {
		if c.Before.Known() && !p.Created(c.Before) && c.Column != nil && !bornHere(p, c.Column) && c.Column.Generated == nil {
			of(&c.Clause).dropped = append(of(&c.Clause).dropped, c)
		}
	}
	if len(tables) == 0 {
		return nil
	}
	for _, c := range review.Each[*ddlparse.AddColumn](p) {
		if c.Before.Known() && !p.Created(c.Before) && c.Column.Generated == nil {
			of(&c.Clause).added = append(of(&c.Clause).added, c)
		}
	}
	return tables
}

func heirOf(t *traffic, d *ddlparse.DropColumn) *ddlparse.AddColumn {
	for _, a := range t.added {
		if strings.EqualFold(a.Column.Name, d.Name) {
			return a
		}
	}
	if len(t.dropped) == 1 && len(t.added) == 1 && strings.EqualFold(t.added[0].Column.Type.String(), d.Column.Type.String()) && shareWord(t.added[0].Column.Name, d.Name) {
		return t.added[0]
	}
	return nil
}

// shareWord reports whether two names have a word in common: name and full_name, buildPHID and targetPHID.
func shareWord(a, b string) bool {
	words := map[string]bool{}
	for _, w := range nameWords(a) {
		words[w] = true
	}
	return slices.ContainsFunc(nameWords(b), func(w string) bool { return words[w] })
}

// nameWords are the words of a name in lower case: between underscores, or from one capital to the next.
func nameWords(name string) []string {
	var spaced strings.Builder
	for i, c := range name {
		if i > 0 && c >= 'A' && c <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z' {
			spaced.WriteByte('_')
		}
		spaced.WriteRune(c)
	}
	return strings.FieldsFunc(strings.ToLower(spaced.String()), func(c rune) bool { return c == '_' || c == '-' || c == ' ' })
}

// carriedOver reports whether a statement of the change set writes to the old or the new column: then its
// author has thought of the values.
func carriedOver(p *review.Pass, d *ddlparse.DropColumn, heir *ddlparse.AddColumn) bool {
	for _, x := range pastOf(p).writes[strings.ToLower(d.Table.Name)] {
		if !writesTo(p, x.write, d.Table) {
			continue
		}
		for _, a := range x.write.Set {
			if strings.EqualFold(a.Column, heir.Column.Name) || mentions(a.Value, d.Name) {
				return true
			}
		}
	}
	return false
}

func reportHeir(p *review.Pass, d *ddlparse.DropColumn, heir *ddlparse.AddColumn) {
	old := objectOf(d.Table, d.Name)
	f := review.Finding{
		Object:  old,
		Span:    d.Span,
		Problem: review.Msg("`%s` is dropped and added anew: %s does not keep its values, every row gets the new column's default.", old, p.Engine.Title()),
		Advice:  review.Msg("Change the column with MODIFY COLUMN `%s`, which keeps the values.", d.Name),
		Related: []review.Related{{Span: heir.Column.Span, Note: review.Msg("`%s` is added here", heir.Column.Name)}},
	}
	if !strings.EqualFold(d.Name, heir.Column.Name) {
		f.Problem = review.Msg("`%s` is dropped and `%s` added with the same type: %s carries no value over, so those of `%s` are gone for good.", old, heir.Column.Name, p.Engine.Title(), d.Name)
		f.Advice = review.Msg("If `%s` takes its place, copy the values with UPDATE and drop `%s` in a later migration, once no code uses it.", heir.Column.Name, d.Name)
	}
	p.Report(f)
}
