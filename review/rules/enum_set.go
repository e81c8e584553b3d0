package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// relisted is a change of the members of an ENUM or SET column that was there before.
type relisted struct {
	step    *ddlparse.Step
	change  *ddlparse.ModifyColumn
	removed []string // members that the new list lacks
	moved   bool     // those that stay have another order
	early   []string // new members that stand before an old one
	order   []string // the old order, with the new members behind
	past    *past
}

// eachRelisted yields the changes of lists of members to found. What was there before the change set, and is
// there again, counts as the old list.
func eachRelisted(p *review.Pass, found func(relisted)) {
	h := pastOf(p)
	for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
		if !c.Restates() || c.Old == nil || c.New == nil || c.Old.Type.Name != c.New.Type.Name || c.New.Type.Members == nil {
			continue
		}
		if slices.Equal(c.Old.Type.Members, c.New.Type.Members) || bornHere(p, c.Old) || !h.holdsRows(s, c.Before) {
			continue
		}
		if start := h.startColumn(s, c.Before, c.Name); start != nil && slices.Equal(start.Type.Members, c.New.Type.Members) {
			continue
		}
		r := relist(p.Engine, s, c)
		r.past = h
		found(r)
	}
}

func relist(e ddlparse.Engine, s *ddlparse.Step, c *ddlparse.ModifyColumn) relisted {
	r := relisted{step: s, change: c}
	equal := func(a, b string) bool { return a == b }
	if e.IsCaseInsensitive(c.New.Collation) {
		equal = strings.EqualFold
	}
	index := func(list []string, m string) int {
		return slices.IndexFunc(list, func(o string) bool { return equal(o, m) })
	}
	last := -1
	for _, m := range c.Old.Type.Members {
		i := index(c.New.Type.Members, m)
		if i < 0 {
			r.removed = append(r.removed, m)
			continue
		}
		r.moved = r.moved || i < last
		last = max(last, i)
		r.order = append(r.order, c.New.Type.Members[i])
	}
	for i, m := range c.New.Type.Members {
		if index(c.Old.Type.Members, m) >= 0 {
			continue
		}
		if i < last {
			r.early = append(r.early, m)
		}
		r.order = append(r.order, m)
	}
	return r
}

func (r relisted) object() string { return objectOf(r.change.Table, r.change.New.Name) }

// keyword is ENUM or SET.
func (r relisted) keyword() string { return strings.ToUpper(r.change.New.Type.Name) }

// finding is a finding about the new list.
func (r relisted) finding() review.Finding {
	return review.Finding{Object: r.object(), Span: r.change.New.TypeSpan}
}

// appended writes the list in the old order with the new members at its end.
func (r relisted) appended() *review.Edit {
	at := r.change.New.TypeSpan
	if at.Source.Host != nil {
		return nil
	}
	list := make([]string, len(r.order))
	for i, m := range r.order {
		list[i] = sqlString(m)
	}
	keyword, _, _ := strings.Cut(at.Text(), "(")
	return &review.Edit{Title: "Keep the order and append", Span: at, New: keyword + "(" + strings.Join(list, ", ") + ")"}
}

// sqlString writes a string literal that every sql_mode reads alike.
func sqlString(text string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(text, "'", "''"), `\`, `\\`) + "'"
}

// memberList is a list of members for people.
func memberList(list []string) string {
	quoted := make([]string, len(list))
	for i, m := range list {
		quoted[i] = "'" + m + "'"
	}
	return strings.Join(quoted, ", ")
}

var enumSetValueRemoved = &review.Rule{
	ID:       "enum-set-value-removed",
	Title:    "ENUM or SET member is removed",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachRelisted(p, func(r relisted) {
			if len(r.removed) == 0 || len(respelled(r)) > 0 {
				return
			}
			f := r.finding()
			f.Problem = review.Msg("`%s` loses %s: %s stops with error %s at the first row that holds it.", r.object(), memberList(r.removed), p.Engine.Title(), review.Errno(1265))
			f.Advice = review.Msg("Keep it in the list; or release code that no longer writes it and change those rows in an earlier migration.")
			if movedAway(r) {
				f.Severity = review.Warning
				f.Problem = review.Msg("`%s` loses %s: code that is still running and writes it fails on %s (error %s), and rows that it writes meanwhile stop this statement.", r.object(), memberList(r.removed), p.Engine.Title(), review.Errno(1265))
				f.Advice = review.Msg("Remove it in a later migration, once no release writes it.")
			}
			p.Report(f)
		})
	},
}

// movedAway reports whether the change set changed or deleted the rows that hold the removed members.
func movedAway(r relisted) bool {
	for _, m := range r.removed {
		gone := false
		for w := range r.past.writesBefore(r.step, r.change.Table) {
			touches := assigns(w, r.change.Name) || w.Verb == "DELETE" && mentions(w.Where.Text(), r.change.Name)
			gone = gone || touches && (w.Where.IsZero() || mentions(w.Where.Text(), m)) || touches && mentions(setText(w), m)
		}
		if !gone {
			return false
		}
	}
	return true
}

// setText is what an UPDATE computes: CASE status WHEN 'old' THEN 'new' … names the member there.
func setText(w *ddlparse.Write) string {
	var b strings.Builder
	for _, a := range w.Set {
		b.WriteString(a.Value + " ")
	}
	return b.String()
}

var enumSetValueReordered = &review.Rule{
	ID:       "enum-set-value-reordered",
	Title:    "ENUM or SET members change their order",
	Category: review.DataDependent,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		eachRelisted(p, func(r relisted) {
			if len(r.removed) > 0 || !r.moved {
				return
			}
			f := r.finding()
			f.Problem = review.Msg("`%s` has its %s members in another order: %s rewrites the table to renumber every row, and ORDER BY and comparisons with numbers give other results from then on.", r.object(), r.keyword(), p.Engine.Title())
			f.Advice = review.Msg("Keep the order, append new members at the end, and sort with ORDER BY FIELD(%s, …) where another order is needed.", r.change.New.Name)
			f.Fix = r.appended()
			p.Report(f)
		})
	},
}

var enumSetValueInsertedMidList = &review.Rule{
	ID:       "enum-set-value-inserted-mid-list",
	Title:    "ENUM or SET member is inserted before others",
	Category: review.DataDependent,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		eachRelisted(p, func(r relisted) {
			if len(r.removed) > 0 || r.moved || len(r.early) == 0 {
				return
			}
			f := r.finding()
			f.Problem = review.Msg("`%s` gets %s before members that rows hold: %s rewrites the table to renumber them, where a member at the end costs nothing.", r.object(), memberList(r.early), p.Engine.Title())
			f.Advice = review.Msg("Append it at the end of the list.")
			f.Fix = r.appended()
			p.Report(f)
		})
	},
}
