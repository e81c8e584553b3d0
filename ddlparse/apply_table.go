package ddlparse

import (
	"maps"
	"slices"
)

// createTable applies CREATE TABLE.
func (a *applier) createTable(written *CreateTable) {
	c := *written
	c.Before = a.table(c.Table)
	if c.Before != nil && c.Before.Temporary != c.New.Temporary {
		c.Before = nil // a temporary table hides the other one
	}
	if a.databaseGone(c.Table) {
		a.problem(a.unknownDatabase(c.Table.Database, 1049, c.New.NameSpan))
	}
	if a.nameTaken(&c) {
		return
	}
	if !a.checksCount() {
		c.Forgotten = c.New.Checks
	}
	t := a.newTable(&c)
	c.New = t
	if c.OrReplace && c.Before != nil {
		a.remove(c.Before)
	}
	a.put(t)
	a.finishTable(nil, t)
	a.done(&c)
}

// nameTaken deals with a table or view that has the name already.
func (a *applier) nameTaken(c *CreateTable) bool {
	taken := c.Before.Known() || c.Before.IsOpaque()
	var cause Span
	if taken {
		cause = c.Before.NameSpan
	} else if v := a.now.View(c.Table); v != nil && !c.New.Temporary {
		taken, cause = true, v.Span
	}
	if !taken || c.OrReplace || !c.IfNotExists && a.perhapsElsewhere(c.Before, c.Table) {
		return false
	}
	if c.IfNotExists {
		c.Skipped = true
		a.done(c)
		return true
	}
	a.problem(&Problem{Kind: TableExists, Number: 1050, Object: c.Table.String(), Table: c.Table, Name: c.Table.Name, Span: c.New.NameSpan, Cause: cause})
	if a.quiet {
		return true
	}
	// Taken from here on as the statement has it, so that later statements are judged by what the author sees.
	return false
}

// perhapsElsewhere reports whether a table may stand in another database than a name of which only one
// of the two says the database.
func (a *applier) perhapsElsewhere(t *Table, n Name) bool {
	return t != nil && a.now.fold(t.Name.Database) != a.now.fold(n.Database)
}

// newTable gives the written table its effective values.
func (a *applier) newTable(c *CreateTable) *Table {
	t := c.New.clone()
	t.Name = c.Table
	t.Origin = a.step.Number
	if !c.Like.IsZero() {
		a.like(t, c)
		return t
	}
	a.tableDefaults(t)
	if !c.Select.IsZero() {
		a.selected(t, c)
	}
	a.resolveColumns(t)
	a.inlineForeignKeys(t)
	a.nameKeys(t, nil)
	return t
}

// like copies the definition of another table: columns, keys and checks, but no foreign keys (MySQL
// manual, "CREATE TABLE ... LIKE").
func (a *applier) like(t *Table, c *CreateTable) {
	from := a.table(c.Like)
	if !from.Known() {
		a.problem(a.missing(c.Like, 1146, c.Span))
		t.Opaque = c.Span
		return
	}
	t.Options = from.Options
	t.Options.AutoIncrement = 0
	t.Options.Spans = nil
	t.Partitions = from.Partitions
	for _, col := range from.Columns {
		n := *col
		n.Origin, n.Defined = a.step.Number, a.step.Number
		t.Columns = append(t.Columns, &n)
	}
	for _, x := range from.Indexes {
		n := *x
		n.Origin, n.Defined, n.Implicit = a.step.Number, a.step.Number, false
		t.Indexes = append(t.Indexes, &n)
	}
	for _, k := range sortedChecks(from.Checks, a.engine) {
		n := *k
		n.Origin, n.Defined = a.step.Number, a.step.Number
		if a.engine.IsMySQL() { // check names are unique in a database, so MySQL makes new ones
			n.Name, n.Named = "", false
		}
		t.Checks = append(t.Checks, &n)
	}
	a.nameChecks(t, nil)
}

// dropTable applies one name of DROP TABLE.
func (a *applier) dropTable(written *DropTable) {
	c := *written
	c.Before = a.table(c.Table)
	if c.Before == nil {
		c.Skipped = c.IfExists && a.now.Gone(c.Table) != nil
		if !c.IfExists && !c.Temporary {
			a.problem(a.missing(c.Table, 1051, c.Span))
		}
		a.done(&c)
		return
	}
	a.remove(c.Before)
	for t := range a.now.TriggersOf(c.Table) {
		a.now.store.triggers.put(a.now.routineKey(t.Name), a.now.at, nil)
	}
	a.done(&c)
}

// renameTable applies RENAME TABLE and ALTER TABLE … RENAME.
func (a *applier) renameTable(written *RenameTable) {
	c := *written
	c.Before = a.table(c.Table)
	if c.Before == nil {
		if v := a.now.View(c.Table); v != nil {
			a.renameView(v, c.To)
			a.done(&c)
			return
		}
		if c.IfExists {
			c.Skipped = true
			a.done(&c)
			return
		}
		a.problem(a.missing(c.Table, 1146, c.Span))
		c.Before = a.external(c.Table, c.Span)
	}
	if t := a.table(c.To); t.Known() && !a.now.Same(c.Table, c.To) {
		a.problem(&Problem{Kind: TableExists, Number: 1050, Object: c.To.String(), Table: c.To, Name: c.To.Name, Span: c.Span, Cause: t.NameSpan})
		return
	}
	a.move(c.Before, c.To, c.Span)
	a.done(&c)
}

// move gives a table another name, and tells the foreign keys and triggers that know it.
func (a *applier) move(from *Table, to Name, at Span) {
	t := from.clone()
	t.Name, t.NameSpan = to, at
	for i, f := range t.ForeignKeys {
		n := *f
		n.Name = renamedConstraint(f.Name, from.Name.Name, to.Name, "_ibfk_")
		if a.now.Same(f.Parent, from.Name) {
			n.Parent = to
		}
		t.ForeignKeys[i] = &n
	}
	if a.engine.IsMySQL() {
		for i, k := range t.Checks {
			n := *k
			n.Name = renamedConstraint(k.Name, from.Name.Name, to.Name, "_chk_")
			t.Checks[i] = &n
		}
	}
	a.moveChildren(from.Name, to)
	for tr := range a.now.TriggersOf(from.Name) {
		n := *tr
		n.Table = to
		a.now.store.triggers.put(a.now.routineKey(n.Name), a.now.at, &n)
		a.now.store.relate(triggerOn, a.now.key(to), a.now.routineKey(n.Name))
	}
	a.remove(from)
	a.put(t)
}

// renamedConstraint renames the constraints whose names the server derived from the table's.
func renamedConstraint(name, from, to, infix string) string {
	prefix := from + infix
	if len(name) > len(prefix) && same(name[:len(prefix)], prefix) && isDigits(name[len(prefix):]) {
		return to + infix + name[len(prefix):]
	}
	return name
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// moveChildren lets the foreign keys of other tables follow a renamed parent.
func (a *applier) moveChildren(from, to Name) {
	var children []*Table
	for child := range a.now.Children(from) {
		if !a.now.Same(child.Name, from) && !slices.Contains(children, child) {
			children = append(children, child)
		}
	}
	for _, child := range children {
		n := child.clone()
		for i, f := range n.ForeignKeys {
			if a.now.Same(f.Parent, from) {
				g := *f
				g.Parent = to
				n.ForeignKeys[i] = &g
			}
		}
		a.put(n)
	}
}

func (a *applier) truncateTable(written *TruncateTable) {
	c := *written
	c.Before = a.table(c.Table)
	if c.Before == nil {
		a.problem(a.missing(c.Table, 1146, c.Span))
	}
	a.done(&c)
}

// finishTable validates what the statement made of the table. Only what is new or changed against
// the table before is looked at.
func (a *applier) finishTable(before, t *Table) {
	if a.quiet || t.IsOpaque() {
		return
	}
	number := a.step.Number
	for _, c := range t.Columns {
		if c.Defined == number {
			a.problems(a.freshColumn(before, t, c))
		}
	}
	for _, x := range t.Indexes {
		if x.Defined == number && !x.Implicit {
			a.problems(validateIndex(a.engine, t, x))
		}
	}
	for _, k := range t.Checks {
		if k.Defined == number {
			a.problems(validateCheck(a.engine, t, k))
		}
	}
	for _, f := range t.ForeignKeys {
		if f.Defined == number {
			a.problems(validateForeignKey(a.now, t, f, a.foreignKeyChecks))
		}
	}
	if !t.External && (before == nil || !slices.Equal(before.Columns, t.Columns) || !slices.Equal(before.Indexes, t.Indexes) || before.Partitions != t.Partitions || !maps.Equal(before.Options.Spans, t.Options.Spans)) {
		a.problems(a.freshTable(before, t))
	}
	if a.converted && before != nil {
		a.conversion(before, t)
	}
}
