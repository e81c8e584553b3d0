package ddlparse

import (
	"maps"
	"slices"
)

// Diff returns the steps that lead from one schema to the other, the first with the given number: what a
// declarative tool would run. Their places are those of the definitions in after. What stays the same
// keeps its Origin and Defined numbers of before. Renames can't be told from a drop and an addition.
func Diff(before, after Schema, first int) []*Step {
	d := differ{before: before, after: after, now: before, number: first, se: newSession()}
	d.se.foreignKeyChecks = false // the tool sorts out the order
	d.databases()
	for t := range after.Tables() {
		d.table(before.Table(t.Name), t)
	}
	for t := range before.Tables() {
		if after.Table(t.Name) == nil {
			d.step("DROP TABLE", t, t.NameSpan, &DropTable{Clause: Clause{Table: t.Name, Span: t.NameSpan}})
		}
	}
	d.objects()
	return d.steps
}

// databases come first: a table's name is in the one that the tool connects to unless its database is known.
func (d *differ) databases() {
	for db := range d.after.store.databases.all(d.after.at) {
		if db.Name != "" && d.before.Database(db.Name) == nil {
			d.step("CREATE DATABASE", nil, db.Span, &CreateDatabase{Clause: Clause{Span: db.Span}, Database: db, IfNotExists: true})
		}
	}
}

type differ struct {
	before, after, now Schema
	number             int
	se                 *session
	steps              []*Step
}

// step applies one statement of the tool.
func (d *differ) step(verb string, t *Table, at Span, changes ...Change) {
	if len(changes) == 0 {
		return
	}
	st := &Statement{Span: at, Verb: verb, Changes: changes}
	if t != nil {
		st.Table = t.Name
	}
	s := d.se.apply(d.now, d.number, nil, st)
	d.now = s.After
	d.number++
	d.steps = append(d.steps, s)
}

func (d *differ) table(old, t *Table) {
	if t.Opaque != (Span{}) || old.IsOpaque() {
		return
	}
	if old == nil {
		d.step("CREATE TABLE", t, t.Span, &CreateTable{Clause: Clause{Table: t.Name, Span: t.Span}, New: asWritten(t)})
		return
	}
	var changes []Change
	add := func(c Change) {
		c.At().Table = t.Name
		if c.At().Span.IsZero() {
			c.At().Span = t.NameSpan
		}
		changes = append(changes, c)
	}
	diffKeys(old, t, add)
	diffColumns(old, t, add)
	diffOptions(old, t, add)
	d.step("ALTER TABLE", t, t.Span, changes...)
}

// asWritten is a copy of the table whose parts have no numbers yet.
func asWritten(t *Table) *Table {
	n := t.clone()
	n.Origin = 0
	for i, c := range n.Columns {
		n.Columns[i] = unnumbered(c)
	}
	n.Indexes = n.Indexes[:0]
	for _, x := range t.Indexes {
		if !x.Implicit {
			n.Indexes = append(n.Indexes, unnumberedIndex(x))
		}
	}
	for i, f := range n.ForeignKeys {
		g := *f
		g.Origin, g.Defined = 0, 0
		n.ForeignKeys[i] = &g
	}
	for i, k := range n.Checks {
		c := *k
		c.Origin, c.Defined = 0, 0
		n.Checks[i] = &c
	}
	return n
}

func unnumbered(c *Column) *Column {
	n := *c
	n.Origin, n.Defined = 0, 0
	return &n
}

func unnumberedIndex(x *Index) *Index {
	n := *x
	n.Origin, n.Defined = 0, 0
	return &n
}

func diffColumns(old, t *Table, add func(Change)) {
	for _, c := range old.Columns {
		if t.Column(c.Name) == nil {
			add(&DropColumn{Name: c.Name})
		}
	}
	behind := ""
	for i, c := range t.Columns {
		switch was := old.Column(c.Name); {
		case was == nil:
			add(&AddColumn{Clause: Clause{Span: c.Span}, Column: unnumbered(c), First: i == 0, Behind: behind})
		case !sameColumn(was, c):
			add(&ModifyColumn{Clause: Clause{Span: c.Span}, Keyword: "MODIFY", Name: was.Name, New: unnumbered(c)})
		}
		behind = c.Name
	}
}

func sameColumn(a, b *Column) bool {
	return a.Name == b.Name && a.Type.String() == b.Type.String() && a.NotNull == b.NotNull && sameDefault(a.Default, b.Default) &&
		a.OnUpdate == b.OnUpdate && a.AutoIncrement == b.AutoIncrement && a.Comment == b.Comment && a.Invisible == b.Invisible &&
		a.Charset == b.Charset && a.Collation == b.Collation && a.SRID == b.SRID && sameGenerated(a.Generated, b.Generated)
}

// sameDefault takes DEFAULT NULL and no DEFAULT for the same.
func sameDefault(a, b *Default) bool {
	none := func(d *Default) bool { return d == nil || d.Kind == DefaultNull }
	if none(a) || none(b) {
		return none(a) == none(b)
	}
	return a.Kind == b.Kind && a.Text == b.Text
}

func sameGenerated(a, b *Generated) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Expr == b.Expr && a.Stored == b.Stored
}

// diffKeys drops first, so that a changed key can be added again under its name.
func diffKeys(old, t *Table, add func(Change)) {
	for _, f := range old.ForeignKeys {
		if g := t.ForeignKey(f.Name); g == nil || !sameForeignKey(f, g) {
			add(&DropForeignKey{Name: f.Name})
		}
	}
	for _, x := range old.Indexes {
		if y := t.Index(x.Name); !x.Implicit && (y == nil || !sameIndex(x, y)) {
			add(&DropIndex{Name: x.Name})
		}
	}
	for _, k := range old.Checks {
		if l := t.Check(k.Name); l == nil || k.Expr != l.Expr || k.Enforced != l.Enforced {
			add(&DropCheck{Name: k.Name})
		}
	}
	for _, x := range t.Indexes {
		if y := old.Index(x.Name); !x.Implicit && (y == nil || !sameIndex(x, y)) {
			add(&AddIndex{Clause: Clause{Span: x.Span}, Index: unnumberedIndex(x)})
		}
	}
	for _, f := range t.ForeignKeys {
		if g := old.ForeignKey(f.Name); g == nil || !sameForeignKey(f, g) {
			n := *f
			n.Origin, n.Defined = 0, 0
			add(&AddForeignKey{Clause: Clause{Span: f.Span}, Key: &n})
		}
	}
	for _, k := range t.Checks {
		if l := old.Check(k.Name); l == nil || k.Expr != l.Expr || k.Enforced != l.Enforced {
			n := *k
			n.Origin, n.Defined = 0, 0
			add(&AddCheck{Clause: Clause{Span: k.Span}, Check: &n})
		}
	}
}

func sameIndex(a, b *Index) bool {
	return a.Kind == b.Kind && a.Invisible == b.Invisible && a.Comment == b.Comment && a.Parser == b.Parser &&
		slices.EqualFunc(a.Parts, b.Parts, func(p, q Part) bool {
			return same(p.Column, q.Column) && p.Prefix == q.Prefix && p.Desc == q.Desc && p.Expr == q.Expr
		})
}

func sameForeignKey(a, b *ForeignKey) bool {
	return a.Parent == b.Parent && a.OnDelete == b.OnDelete && a.OnUpdate == b.OnUpdate &&
		slices.EqualFunc(a.Columns, b.Columns, same) && slices.EqualFunc(a.ParentColumns, b.ParentColumns, same)
}

func diffOptions(old, t *Table, add func(Change)) {
	c := &SetOptions{}
	set := func(name, was, is string) {
		if !same(was, is) || name == "COMMENT" && was != is {
			c.Options.set(name, is, t.Options.span(name, t.NameSpan))
		}
	}
	o, n := old.Options, t.Options
	set("ENGINE", o.Engine, n.Engine)
	set("CHARSET", o.Charset, n.Charset)
	set("COLLATE", o.Collation, n.Collation)
	set("COMMENT", o.Comment, n.Comment)
	set("ROW_FORMAT", o.RowFormat, n.RowFormat)
	for _, name := range slices.Sorted(maps.Keys(n.Other)) {
		set(name, o.Other[name], n.Other[name])
	}
	if len(c.Options.Spans) > 0 {
		add(c)
	}
}

// span is the place of an option, or instead where it isn't written.
func (o TableOptions) span(name string, instead Span) Span {
	if s, ok := o.Spans[name]; ok {
		return s
	}
	return instead
}

// objects compares views, triggers and routines by their text.
func (d *differ) objects() {
	for v := range d.after.Views() {
		if old := d.before.View(v.Name); old == nil || old.Span.Text() != v.Span.Text() {
			d.step("CREATE VIEW", nil, v.Span, &CreateView{Clause: Clause{Table: v.Name, Span: v.Span}, View: v, OrReplace: true})
		}
	}
	for v := range d.before.Views() {
		if d.after.View(v.Name) == nil {
			d.step("DROP VIEW", nil, v.Span, &DropView{Clause: Clause{Table: v.Name, Span: v.Span}})
		}
	}
	for t := range d.after.Triggers() {
		if old := d.before.Trigger(t.Name); old == nil || old.Span.Text() != t.Span.Text() {
			d.step("CREATE TRIGGER", nil, t.Span, &CreateTrigger{Clause: Clause{Table: t.Table, Span: t.Span}, Trigger: t, OrReplace: true})
		}
	}
	for r := range d.after.Routines() {
		if old := d.before.Routine(r.Kind, r.Name); old == nil || old.Span.Text() != r.Span.Text() {
			d.step("CREATE "+r.Kind, nil, r.Span, &CreateRoutine{Clause: Clause{Span: r.Span}, Routine: r, OrReplace: true})
		}
	}
}
