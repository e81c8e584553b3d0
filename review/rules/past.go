package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// past is what a change set does to rows and names, found by table, so that rules which look back from
// many statements don't walk all steps for each. All rules share one.
type past struct {
	p       *review.Pass
	writes  map[string][]written  // by folded table name
	emptied map[string][]occasion // TRUNCATE, and DELETE of all rows
	created map[string][]occasion
	named   map[string][]occasion // by the new name of RENAME TABLE
	columns map[string][]renaming
	keys    map[int][]droppedKey // unique keys that were dropped, by the Origin of their table
}

// occasion is a table's name at a step.
type occasion struct {
	number int
	table  ddlparse.Name
}

type written struct {
	number int
	write  *ddlparse.Write
}

type droppedKey struct {
	number int
	index  *ddlparse.Index
}

type renaming struct {
	number int
	change *ddlparse.ModifyColumn
}

// pastOf gives the change set's past.
func pastOf(p *review.Pass) *past { return review.Memo(p, gatherPast) }

func gatherPast(p *review.Pass) *past {
	// Of the pass only the plan: parameters are those of one rule.
	h := &past{&review.Pass{Engine: p.Engine, Plan: p.Plan}, map[string][]written{}, map[string][]occasion{}, map[string][]occasion{}, map[string][]occasion{}, map[string][]renaming{}, map[int][]droppedKey{}}
	for _, s := range p.Steps() {
		for _, c := range s.Changes {
			h.add(s.Number, c)
		}
	}
	return h
}

func (h *past) add(number int, c ddlparse.Change) {
	switch c := c.(type) {
	case *ddlparse.TruncateTable:
		note(h.emptied, number, c.Table)
	case *ddlparse.CreateTable:
		note(h.created, number, c.Table)
	case *ddlparse.RenameTable:
		note(h.named, number, c.To)
	case *ddlparse.DropIndex:
		if x := c.Index; x != nil && x.Unique() && c.Before != nil && c.Before.Origin > 0 {
			h.keys[c.Before.Origin] = append(h.keys[c.Before.Origin], droppedKey{number, x})
		}
	case *ddlparse.ModifyColumn:
		if to := renamedTo(c); to != "" {
			h.columns[strings.ToLower(to)] = append(h.columns[strings.ToLower(to)], renaming{number, c})
		}
	case *ddlparse.Write:
		if c.Verb == "DELETE" && c.Where.IsZero() && !c.Limit && !comparesRows(c) {
			note(h.emptied, number, c.Table)
		}
		for _, n := range c.Tables {
			h.writes[strings.ToLower(n.Name)] = append(h.writes[strings.ToLower(n.Name)], written{number, c})
		}
	}
}

func note(m map[string][]occasion, number int, table ddlparse.Name) {
	key := strings.ToLower(table.Name)
	if list := m[key]; len(list) > 1 && list[len(list)-1].table == table && list[0].table == table {
		list[len(list)-1].number = number // the first and the last are all that is asked for
		return
	}
	m[key] = append(m[key], occasion{number, table})
}

// before reports whether the list has the table at an earlier step, after at a later one.
func (h *past) before(m map[string][]occasion, s *ddlparse.Step, table ddlparse.Name) bool {
	return slices.ContainsFunc(m[strings.ToLower(table.Name)], func(x occasion) bool { return x.number < s.Number && h.p.Start().Same(x.table, table) })
}

func (h *past) after(m map[string][]occasion, s *ddlparse.Step, table ddlparse.Name) bool {
	return slices.ContainsFunc(m[strings.ToLower(table.Name)], func(x occasion) bool { return x.number > s.Number && h.p.Start().Same(x.table, table) })
}

// comparesRows reports whether a DELETE joins: other tables, or the table with itself.
func comparesRows(w *ddlparse.Write) bool {
	return w.Joined || mentions(w.Span.Text(), "join") || mentions(w.Span.Text(), "using")
}
