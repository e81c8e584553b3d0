package custom

import (
	"iter"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// looker looks at one change.
type looker struct {
	pass  *review.Pass
	facts *tables
	step  *ddlparse.Step
	kind  string
}

// finish adds what is shown of every change.
func (l *looker) finish(s sight, c *ddlparse.Clause) sight {
	s.vars["statement"] = textOf(l.kind, l.step.Statement.Span)
	if _, has := s.vars["table"]; !has && s.words.Table != "" {
		s.vars["table"] = l.facts.of(c.After)
		if c.After == nil {
			s.vars["table"] = l.facts.of(c.Before)
		}
	}
	s.span = orSpan(s.span, c.Span)
	return s
}

// part is the sight of a part of a table.
func part(c *ddlparse.Clause, name string, w words, vars map[string]any) (sight, bool) {
	w.Table = c.Table.String()
	object := w.Table
	if name != "" {
		object += "." + name
	}
	return sight{vars: vars, words: w, object: object}, true
}

func tableChange[C ddlparse.Change](l *looker, change C) (sight, bool) {
	c := change.At()
	before := l.facts.of(c.Before)
	if !before.Exists && c.After == nil { // nothing is known of it but its name
		before.Name, before.Database = c.Table.Name, c.Table.Database
	}
	return part(c, "", words{}, map[string]any{"table": l.facts.of(c.After), "before": before})
}

// stays reports whether the change set leaves the column that a change made: a later statement may drop it again.
func (l *looker) stays(c *ddlparse.Clause, column string) (Column, bool) {
	final := l.pass.Final().Table(c.Table)
	if c.After != nil && final == nil {
		final = l.pass.Final().Table(c.After.Name)
	}
	facts := l.facts.columnOf(final, column)
	return facts, facts.Exists
}

func addColumn(l *looker, c *ddlparse.AddColumn) (sight, bool) {
	facts, stays := l.stays(&c.Clause, c.Column.Name)
	if !stays {
		return sight{}, false
	}
	return part(&c.Clause, c.Column.Name, words{Column: c.Column.Name}, map[string]any{"column": facts, "before": Column{}})
}

func modifyColumn(l *looker, c *ddlparse.ModifyColumn) (sight, bool) {
	if c.Renamed() {
		return sight{}, false
	}
	return l.modified(c)
}

func renameColumn(l *looker, c *ddlparse.ModifyColumn) (sight, bool) {
	if !c.Renamed() {
		return sight{}, false
	}
	return l.modified(c)
}

func (l *looker) modified(c *ddlparse.ModifyColumn) (sight, bool) {
	facts, stays := l.stays(&c.Clause, c.New.Name)
	if !stays {
		return sight{}, false
	}
	return part(&c.Clause, c.New.Name, words{Column: c.New.Name},
		map[string]any{"column": facts, "before": l.facts.columnOf(c.Before, c.Name)})
}

func dropColumn(l *looker, c *ddlparse.DropColumn) (sight, bool) {
	return part(&c.Clause, c.Name, words{Column: c.Name}, map[string]any{"column": Column{}, "before": l.facts.columnOf(c.Before, c.Name)})
}

func addIndex(_ *looker, c *ddlparse.AddIndex) (sight, bool) {
	return part(&c.Clause, c.Index.Name, words{Index: c.Index.Name}, map[string]any{"index": indexOf(c.Index), "before": Index{}})
}

func dropIndex(_ *looker, c *ddlparse.DropIndex) (sight, bool) {
	return part(&c.Clause, c.Name, words{Index: c.Name}, map[string]any{"index": Index{}, "before": indexOf(c.Index)})
}

func addForeignKey(l *looker, c *ddlparse.AddForeignKey) (sight, bool) {
	k := c.Key
	return part(&c.Clause, k.Name, words{ForeignKey: k.Name, Parent: k.Parent.String()},
		map[string]any{"foreign_key": foreignKeyOf(k), "parent": l.facts.of(l.step.After.Table(k.Parent))})
}

func addCheck(_ *looker, c *ddlparse.AddCheck) (sight, bool) {
	return part(&c.Clause, c.Check.Name, words{Check: c.Check.Name}, map[string]any{"check": checkOf(c.Check)})
}

func createView(_ *looker, c *ddlparse.CreateView) (sight, bool) { return object(c.View.Name) }

func createTrigger(_ *looker, c *ddlparse.CreateTrigger) (sight, bool) { return object(c.Trigger.Name) }

func createRoutine(_ *looker, c *ddlparse.CreateRoutine) (sight, bool) { return object(c.Routine.Name) }

func object(name ddlparse.Name) (sight, bool) {
	return sight{vars: map[string]any{"object": Object{Name: name.Name, Database: name.Database}}, object: name.String()}, true
}

func write(l *looker, c *ddlparse.Write) (sight, bool) {
	return sight{
		vars:   map[string]any{"write": writeOf(c), "table": l.facts.of(c.Before)},
		words:  words{Table: c.Table.String()},
		object: c.Table.String(), span: c.TableSpan(),
	}, true
}

// alteredTables shows a table that was there before once for each statement that changes its definition.
func alteredTables(p *review.Pass, word string) iter.Seq[sight] {
	return func(yield func(sight) bool) {
		for _, step := range p.Steps() {
			seen := map[ddlparse.Name]bool{}
			for _, change := range step.Changes {
				c := change.At()
				if !alters(p, change) || seen[c.Table] {
					continue
				}
				seen[c.Table] = true
				l := &looker{pass: p, facts: tablesOf(p), step: step, kind: word}
				s, _ := tableChange(l, change)
				if !yield(l.finish(s, c)) {
					return
				}
			}
		}
	}
}

// alters reports whether a change is one of a table that the change set didn't create.
func alters(p *review.Pass, change ddlparse.Change) bool {
	c := change.At()
	if c.Skipped || c.Before.IsOpaque() || c.After.IsOpaque() || p.Created(c.Before) {
		return false
	}
	switch change.(type) {
	case *ddlparse.AddColumn, *ddlparse.ModifyColumn, *ddlparse.DropColumn, *ddlparse.AddIndex, *ddlparse.ModifyIndex, *ddlparse.DropIndex,
		*ddlparse.AddForeignKey, *ddlparse.DropForeignKey, *ddlparse.AddCheck, *ddlparse.ModifyCheck, *ddlparse.DropCheck,
		*ddlparse.RenameTable, *ddlparse.DropTable, *ddlparse.SetOptions, *ddlparse.AlterPartitions, *ddlparse.AlterMode:
		return true
	}
	return false
}
