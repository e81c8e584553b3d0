package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// replacement is a key that goes in one statement, and the clause of a later one that brings another in its place.
type replacement struct {
	dropStep, addStep *ddlparse.Step
	drop              *ddlparse.DropIndex
	add               *ddlparse.AddIndex
}

// eachReplacement pairs the keys of tables with rows that the change set drops with the first key that a later statement
// adds in their place.
func eachReplacement(p *review.Pass, replaces func(*ddlparse.DropIndex, *ddlparse.AddIndex) bool, found func(replacement)) {
	byTable := *review.Memo(p, gatherAdditions)
	for s, c := range review.Each[*ddlparse.DropIndex](p) {
		if c.Index == nil || c.Before == nil || c.After == nil || p.New(c.Index.Origin) || declarative(s) || !holdsRows(p, s, c.Before) {
			continue
		}
		for _, a := range byTable[strings.ToLower(c.After.Name.Name)] {
			if a.step.Number > s.Number && p.Final().Same(a.change.Table, c.After.Name) && replaces(c, a.change) {
				found(replacement{s, a.step, c, a.change})
				break
			}
		}
	}
}

type addition struct {
	step   *ddlparse.Step
	change *ddlparse.AddIndex
}

// additions are the clauses that add indexes, by folded table name.
type additions map[string][]addition

func gatherAdditions(p *review.Pass) *additions {
	all := additions{}
	for s, c := range review.Each[*ddlparse.AddIndex](p) {
		if c.Index != nil && !c.Skipped {
			key := strings.ToLower(c.Table.Name)
			all[key] = append(all[key], addition{s, c})
		}
	}
	return &all
}

// inOneStatement puts what the second statement adds into the first, where both are ALTER TABLE with one clause and
// nothing stands between them.
func (r replacement) inOneStatement(title string) *review.Edit {
	first, second := r.dropStep.Statement, r.addStep.Statement
	a, b := first.Span, second.Span
	if first.Verb != "ALTER TABLE" || second.Verb != "ALTER TABLE" || len(r.dropStep.Changes) != 1 || len(r.addStep.Changes) != 1 || a.Source != b.Source || !takesNeighbours(r.dropStep) {
		return nil
	}
	between, ok := strings.CutPrefix(strings.TrimSpace(a.Source.Text[a.End:b.Start]), ";")
	if !ok || strings.TrimSpace(between) != "" {
		return nil
	}
	whole := a
	whole.End = b.End
	return &review.Edit{Title: title, Span: whole, New: a.Text() + ", " + r.add.Span.Text()}
}

// replaceIndexGap speaks of indexes that are missing between two statements. What is left behind has no smaller index
// than before, so that drop-visible-index is silent.
var replaceIndexGap = &review.Rule{
	ID:       "replace-index-gap",
	Title:    "Index is dropped before its replacement is there",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		replaces := func(c *ddlparse.DropIndex, a *ddlparse.AddIndex) bool {
			return c.Index.Kind != ddlparse.Primary && indexType(a.Index) == indexType(c.Index) && sameStart(a.Index, c.Index)
		}
		eachReplacement(p, replaces, func(r replacement) {
			if !servedBy(r.drop.After, r.drop.Index) && !r.drop.Index.Implicit && !r.drop.Index.Invisible {
				reportGap(p, r)
			}
		})
	},
}

// sameStart reports whether queries that use the one index can use the other.
func sameStart(x, y *ddlparse.Index) bool {
	a, b := x.Columns(), y.Columns()
	return len(a) > 0 && len(b) > 0 && strings.EqualFold(a[0], b[0])
}

// servedBy reports whether the table has another index that begins in the same way.
func servedBy(t *ddlparse.Table, x *ddlparse.Index) bool {
	for _, y := range t.Indexes {
		if !y.Invisible && !strings.EqualFold(x.Name, y.Name) && sameStart(x, y) {
			return true
		}
	}
	return false
}

func reportGap(p *review.Pass, r replacement) {
	x := r.drop.Index
	f := review.Finding{
		Object: objectOf(r.drop.Table, x.Name), Span: r.drop.Span, Fix: r.inOneStatement("Replace the index in one statement"),
		Problem: review.Msg("Between this statement and the one that adds `%s`, no index of `%s` begins with `%s`: queries scan the table on %s while the new index is built.", r.add.Index.Name, r.drop.Table.String(), x.Columns()[0], p.Engine.Title()),
		Advice:  review.Msg("Drop `%s` and add `%s` in one ALTER TABLE, or add the new one first.", x.Name, r.add.Index.Name),
		Related: []review.Related{{Span: firstLine(r.add.Span), Note: review.Msg("`%s` is defined here", r.add.Index.Name)}},
	}
	if x.Unique() {
		f.Problem = review.Msg("Between this statement and the one that adds `%s`, nothing keeps duplicates out of `%s`: %s then refuses the new key if one came in (error %s).", r.add.Index.Name, r.drop.Table.String(), p.Engine.Title(), review.Errno(1062))
	}
	if y := r.add.Index; onlyRenamed(p.Engine, x, y) {
		f.Fix = nil
		f.Advice = review.Msg("Only the name is new: write `%s`, which builds nothing.", "ALTER TABLE "+sqlTable(r.drop.Table)+" RENAME INDEX "+sqlName(x.Name)+" TO "+sqlName(y.Name))
	}
	p.Report(f)
}

// onlyRenamed reports whether the new index is the old one under another name, on a server that can rename it.
func onlyRenamed(e ddlparse.Engine, x, y *ddlparse.Index) bool {
	return x.Unique() == y.Unique() && len(x.Parts) == len(y.Parts) && samePartsFrom(x, y) && !strings.EqualFold(x.Name, y.Name) && (e.MySQL(5, 7, 0) || e.MariaDB(10, 5, 2) || e.IsTiDB())
}

// primaryKeySplit speaks of primary keys that are replaced in two statements.
var primaryKeySplit = &review.Rule{
	ID:       "drop-and-add-primary-key-split",
	Title:    "Primary key is replaced in two statements",
	Category: review.PrimaryKeys,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		eachReplacement(p, replacesPrimaryKey, func(r replacement) {
			f := review.Finding{
				Object: r.drop.Table.String(), Span: r.drop.Span, Fix: r.inOneStatement("Replace the key in one statement"),
				Problem: review.Msg("`%s` has no primary key until a later statement adds the new one: %s copies the table twice, and refuses this one where sql_require_primary_key is on (error %s).", r.drop.Table.String(), p.Engine.Title(), review.Errno(3750)),
				Advice:  review.Msg("Write DROP PRIMARY KEY and ADD PRIMARY KEY in one ALTER TABLE."),
				Related: []review.Related{{Span: firstLine(r.add.Span), Note: review.Msg("`%s` is defined here", ddlparse.PrimaryName)}},
			}
			if !p.Engine.MySQL(8, 0, 13) {
				f.Problem = review.Msg("`%s` has no primary key until a later statement adds the new one: %s copies the table twice, and replicas scan the whole table for each row that changes in between.", r.drop.Table.String(), p.Engine.Title())
			}
			p.Report(f)
		})
	},
}

func replacesPrimaryKey(c *ddlparse.DropIndex, a *ddlparse.AddIndex) bool {
	return c.Index.Kind == ddlparse.Primary && a.Index.Kind == ddlparse.Primary
}

// splitKeys are the numbers of the steps that drop a primary key for a later one to bring another.
type splitKeys map[int]bool

func gatherSplitKeys(p *review.Pass) *splitKeys {
	steps := splitKeys{}
	eachReplacement(p, replacesPrimaryKey, func(r replacement) { steps[r.dropStep.Number] = true })
	return &steps
}
