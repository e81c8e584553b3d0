package review

import (
	"iter"
	"reflect"
	"sync"

	"github.com/schema-review/schema-review/ddlparse"
)

// Pass is one rule's look at a change set: everything it may ask, and where it reports.
//
// There are two ways to look. Each walks the changes, for rules about what a statement does (drops,
// renames, data). Tables, Columns, Indexes, ForeignKeys and Checks walk what the change set leaves
// behind, for rules about how things are defined: CREATE and ALTER look the same there, and what a
// later statement mends is not seen. Both leave out opaque tables.
type Pass struct {
	Rule   *Rule
	Engine ddlparse.Engine
	Plan   *Plan
	// Language of the report, for rules whose words are not in the catalogue of translations.
	Language string

	params map[string]any

	severity   Severity // of the rule here
	configured bool     // the configuration names it
	report     func(Finding)
	fail       func(error)
}

// Steps are the steps of the change set, in order.
func (p *Pass) Steps() []*ddlparse.Step { return p.Plan.Steps }

// Problems are what the server would refuse of the change set, for one kind of reason: in the steps,
// in down sections, and in the new text of edited migrations.
func (p *Pass) Problems(kind ddlparse.ProblemKind) []*ddlparse.Problem { return p.Plan.problems[kind] }

// Start is the schema before the change set, Final the one behind it.
func (p *Pass) Start() ddlparse.Schema { return p.Plan.Start }

// Final is the schema behind the change set.
func (p *Pass) Final() ddlparse.Schema { return p.Plan.Final }

// New reports whether the object with that Origin (or Defined) number was made by the change set.
func (p *Pass) New(number int) bool { return number >= p.Plan.FirstStep && number > 0 }

// Created reports whether the table was born in the change set: nothing reads it yet, it has no rows.
func (p *Pass) Created(t *ddlparse.Table) bool { return t != nil && !t.External && p.New(t.Origin) }

// Each yields the changes of one type, with their steps.
func Each[C ddlparse.Change](p *Pass) iter.Seq2[*ddlparse.Step, C] {
	return func(yield func(*ddlparse.Step, C) bool) {
		for _, s := range p.Plan.Steps {
			for _, c := range s.Changes {
				want, ok := c.(C)
				if !ok {
					continue
				}
				at := c.At()
				if at.Skipped || at.Before.IsOpaque() || at.After.IsOpaque() {
					continue
				}
				if !yield(s, want) {
					return
				}
			}
		}
	}
}

// Tables yields the tables of the final schema that the change set created or changed, in the order of first touch.
func (p *Pass) Tables() iter.Seq[*ddlparse.Table] {
	return func(yield func(*ddlparse.Table) bool) {
		for _, t := range p.Plan.Touched {
			if !t.IsOpaque() && !yield(t) {
				return
			}
		}
	}
}

// CreatedTables yields the tables of the final schema that the change set created.
func (p *Pass) CreatedTables() iter.Seq[*ddlparse.Table] {
	return func(yield func(*ddlparse.Table) bool) {
		for t := range p.Tables() {
			if p.Created(t) && !yield(t) {
				return
			}
		}
	}
}

// Columns yields the columns of the final schema whose definition the change set wrote.
func (p *Pass) Columns() iter.Seq2[*ddlparse.Table, *ddlparse.Column] {
	return func(yield func(*ddlparse.Table, *ddlparse.Column) bool) {
		for t := range p.Tables() {
			for _, c := range t.Columns {
				if p.New(c.Defined) && !yield(t, c) {
					return
				}
			}
		}
	}
}

// Indexes yields the indexes and keys of the final schema whose definition the change set wrote; not
// those that the server makes for foreign keys.
func (p *Pass) Indexes() iter.Seq2[*ddlparse.Table, *ddlparse.Index] {
	return func(yield func(*ddlparse.Table, *ddlparse.Index) bool) {
		for t := range p.Tables() {
			for _, x := range t.Indexes {
				if !x.Implicit && p.New(x.Defined) && !yield(t, x) {
					return
				}
			}
		}
	}
}

// ForeignKeys yields the foreign keys of the final schema whose definition the change set wrote.
func (p *Pass) ForeignKeys() iter.Seq2[*ddlparse.Table, *ddlparse.ForeignKey] {
	return func(yield func(*ddlparse.Table, *ddlparse.ForeignKey) bool) {
		for t := range p.Tables() {
			for _, f := range t.ForeignKeys {
				if p.New(f.Defined) && !yield(t, f) {
					return
				}
			}
		}
	}
}

// Checks yields the check constraints of the final schema whose definition the change set wrote.
func (p *Pass) Checks() iter.Seq2[*ddlparse.Table, *ddlparse.Check] {
	return func(yield func(*ddlparse.Table, *ddlparse.Check) bool) {
		for t := range p.Tables() {
			for _, c := range t.Checks {
				if p.New(c.Defined) && !yield(t, c) {
					return
				}
			}
		}
	}
}

// Value returns a parameter's value; its type is that of the parameter's default.
func Value[T any](p *Pass, name string) T {
	return p.params[name].(T)
}

// Memo returns what make derives from the plan: made once, for all rules that ask for that type.
func Memo[T any](p *Pass, make func(*Pass) *T) *T {
	entry, _ := p.Plan.memo.LoadOrStore(reflect.TypeFor[T](), sync.OnceValue(func() *T { return make(p) }))
	return entry.(func() *T)()
}

// Params are the rule's settings by name.
func (p *Pass) Params() map[string]any { return p.params }

// Fail says that the rule could not do its work; the report tells.
func (p *Pass) Fail(err error) { p.fail(err) }

// Report adds a finding. Rule, Severity (unless set) and Statement (from the span) are filled in.
func (p *Pass) Report(f Finding) {
	f.Rule = p.Rule.ID
	p.report(f)
}
