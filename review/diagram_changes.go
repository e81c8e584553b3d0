package review

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// tableChange is what becomes of a table. before is nil for a new one, after for one that is dropped.
type tableChange struct {
	before, after *ddlparse.Table
	created       bool              // the change set creates it, perhaps after dropping one of that name
	renamed       map[string]string // columns that have another name now: new, in lower case -> old
}

// table is the table as it ends up.
func (c tableChange) table() *ddlparse.Table {
	if c.after != nil {
		return c.after
	}
	return c.before
}

// tableChanges are the tables that the plan creates or changes, in order, and behind them those that it drops.
func tableChanges(p *Plan) []tableChange {
	renamed := renamedColumns(p)
	kept := map[*ddlparse.Table]bool{}
	var changes []tableChange
	for _, after := range p.Touched {
		before := formerTable(p, after)
		kept[before] = true
		if after.Temporary || after == before {
			continue
		}
		created := !after.External && after.Origin >= p.FirstStep
		changes = append(changes, tableChange{before, after, created, renamed[identity(after)]})
	}
	for before := range p.Start.Tables() {
		if !kept[before] && p.Final.Table(before.Name) == nil && !before.Temporary {
			changes = append(changes, tableChange{before: before})
		}
	}
	return changes
}

// formerTable is the table before the plan, which may have had another name.
func formerTable(p *Plan, after *ddlparse.Table) *ddlparse.Table {
	same := p.Start.Table(after.Name)
	if same != nil && same.Origin == after.Origin || after.External || after.Origin >= p.FirstStep {
		return same
	}
	for t := range p.Start.Tables() {
		if t.Origin == after.Origin && p.Final.Table(t.Name) == nil {
			return t
		}
	}
	return same
}

// identity stays the same when a table is renamed, where that is known.
func identity(t *ddlparse.Table) any {
	if t.External {
		return t.Name
	}
	return t.Origin
}

// renamedColumns are the columns that have another name behind the plan, by table.
func renamedColumns(p *Plan) map[any]map[string]string {
	all := map[any]map[string]string{}
	for _, step := range p.Steps {
		for _, c := range step.Changes {
			m, ok := c.(*ddlparse.ModifyColumn)
			if !ok || m.Skipped || m.After == nil || !m.Renamed() {
				continue
			}
			of := all[identity(m.After)]
			if of == nil {
				of = map[string]string{}
				all[identity(m.After)] = of
			}
			old := m.Name
			if first, again := of[strings.ToLower(old)]; again {
				delete(of, strings.ToLower(old))
				old = first
			}
			of[strings.ToLower(m.New.Name)] = old
		}
	}
	return all
}

// columnChange is what becomes of a column.
type columnChange struct{ before, after *ddlparse.Column }

func (c columnChange) changed() bool { return c.before != c.after }

// columnChanges are a table's columns as they end up, and behind them those that are dropped.
func columnChanges(c tableChange) []columnChange {
	var changes []columnChange
	kept := map[*ddlparse.Column]bool{}
	for _, after := range c.after.Columns {
		before := formerColumn(c, after)
		kept[before] = true
		changes = append(changes, columnChange{before, after})
	}
	if c.before == nil || c.created {
		return changes
	}
	for _, before := range c.before.Columns {
		if !kept[before] {
			changes = append(changes, columnChange{before: before})
		}
	}
	return changes
}

func formerColumn(c tableChange, after *ddlparse.Column) *ddlparse.Column {
	if old, ok := c.renamed[strings.ToLower(after.Name)]; ok {
		return c.before.Column(old)
	}
	before := c.before.Column(after.Name)
	if before != nil && before.Origin != after.Origin {
		return nil // dropped, and another one added under its name
	}
	return before
}

// shownColumns are those that the diagram shows: what changes, the keys, then the others in order.
func shownColumns(c tableChange, columns []columnChange) map[int]bool {
	shown := map[int]bool{}
	choose := func(worthy func(columnChange) bool) {
		for i, column := range columns {
			if len(shown) < diagramColumns && worthy(column) {
				shown[i] = true
			}
		}
	}
	choose(func(x columnChange) bool { return !c.created && x.changed() })
	choose(func(x columnChange) bool { return x.after != nil && len(keysOf(c.after, x.after.Name)) > 0 })
	choose(func(columnChange) bool { return true })
	return shown
}
