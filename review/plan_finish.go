package review

import (
	"iter"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
)

// finish gathers what rules and the report ask of a plan, once for all of them.
func (p *Plan) finish() {
	p.Touched = touchedTables(p)
	p.gatherProblems()
	for _, m := range p.Migrations {
		p.NotReviewed = append(p.NotReviewed, notReviewed(m)...)
	}
}

// touchedTables lists the tables of the final schema that the steps created or changed.
func touchedTables(p *Plan) []*ddlparse.Table {
	var tables []*ddlparse.Table
	seen := map[*ddlparse.Table]bool{}
	for _, s := range p.Steps {
		for _, c := range s.Changes {
			at := c.At()
			if at.After == nil || at.Skipped || onlyRows(c) {
				continue
			}
			t := p.Final.Table(at.After.Name)
			if t != nil && !seen[t] {
				seen[t] = true
				tables = append(tables, t)
			}
		}
	}
	return tables
}

// onlyRows reports whether the change leaves definitions alone.
func onlyRows(c ddlparse.Change) bool {
	switch c.(type) {
	case *ddlparse.Write, *ddlparse.TruncateTable, *ddlparse.CreateTrigger, *ddlparse.DropTrigger, *ddlparse.Unanalyzable:
		return true
	}
	return false
}

// gatherProblems sorts the problems by kind. Of down sections and of edited files only the text is
// judged: they don't run forwards.
func (p *Plan) gatherProblems() {
	for _, s := range p.Steps {
		p.addProblems(s.Problems)
	}
	p.addProblems(ddlparse.CreatedLater(p.Start, p.Steps))
	for _, m := range p.Migrations {
		p.addTextProblems(m.Down)
	}
	for _, e := range p.Edited {
		if e.After != nil {
			p.addTextProblems(e.After.Statements)
			p.addTextProblems(e.After.Down)
		}
	}
}

func (p *Plan) addTextProblems(list []*ddlparse.Statement) {
	for _, s := range list {
		p.addProblems(s.Problems)
	}
}

func (p *Plan) addProblems(list []*ddlparse.Problem) {
	if p.problems == nil && len(list) > 0 {
		p.problems = map[ddlparse.ProblemKind][]*ddlparse.Problem{}
	}
	for _, pr := range list {
		p.problems[pr.Kind] = append(p.problems[pr.Kind], pr)
	}
}

// notReviewed lists what of a migration was not read or not understood.
func notReviewed(m *ddlparse.Migration) []NotReviewed {
	var list []NotReviewed
	for _, s := range m.Skipped {
		list = append(list, NotReviewed{Path: m.Path, Span: s.Span, Reason: ReasonOf(s.Reason)})
	}
	for _, s := range m.Statements {
		if s.NotUnderstood != "" {
			list = append(list, NotReviewed{Path: m.Path, Span: s.Span, What: what(s), Reason: ReasonOf(s.NotUnderstood), Statement: s})
		}
	}
	return list
}

// what names a statement for people: its verb and first object.
func what(s *ddlparse.Statement) string {
	if len(s.Objects) == 0 {
		return s.Verb
	}
	return s.Verb + " " + s.Objects[0].String()
}

// written yields every migration whose text stands in the change set, edited ones too.
func (p *Plan) written() iter.Seq[*ddlparse.Migration] {
	return func(yield func(*ddlparse.Migration) bool) {
		for _, m := range p.Migrations {
			if !yield(m) {
				return
			}
		}
		for _, e := range p.Edited {
			if e.After != nil && !yield(e.After) {
				return
			}
		}
	}
}

// sources lists the texts of the change set, each once.
func (p *Plan) sources() []*ddlparse.Source {
	var list []*ddlparse.Source
	for m := range p.written() {
		if !slices.Contains(list[max(0, len(list)-1):], m.Source) {
			list = append(list, m.Source)
		}
	}
	return list
}
