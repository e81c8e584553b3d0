package ddlparse

import "slices"

// alteration is one ALTER TABLE, CREATE INDEX or DROP INDEX at work. The server looks up what clauses
// drop, change or rename in the table as it was, then adds what they add: so does this.
type alteration struct {
	*applier
	old, new *Table
	renamed  map[string]string // folded old column name -> new name
	dropped  map[string]bool   // folded names of dropped columns
	replaced map[string]*ModifyColumn
	renameTo *RenameTable
}

// alter applies ALTER TABLE.
func (a *applier) alter(st *Statement) {
	a.alterTable(st.Table, st.ifExists, st.Span, st.Changes)
}

// alterOne applies CREATE INDEX or DROP INDEX, which are ALTER TABLEs by another name.
func (a *applier) alterOne(c Change) {
	a.alterTable(c.At().Table, false, c.At().Span, []Change{c})
}

func (a *applier) alterTable(name Name, ifExists bool, at Span, changes []Change) {
	t := a.table(name)
	if t == nil {
		if a.now.Gone(name) != nil && a.now.View(name) == nil {
			if !ifExists {
				a.problem(a.missing(name, 1146, at))
			}
			a.skipAll(changes)
			return
		}
		if a.now.View(name) != nil {
			return
		}
		t = a.external(name, at)
	}
	if t.tooLarge() {
		a.blur([]Name{name}, at)
		return
	}
	x := &alteration{applier: a, old: t, new: t.clone(), renamed: map[string]string{}, dropped: map[string]bool{}, replaced: map[string]*ModifyColumn{}}
	x.run(changes)
}

// tooLarge reports whether the table has grown beyond what any server takes.
func (t *Table) tooLarge() bool {
	return len(t.Columns) > mostColumns || len(t.Indexes) > mostKeys || len(t.Checks) > mostConstraints || len(t.ForeignKeys) > mostConstraints
}

func (a *applier) skipAll(changes []Change) {
	for _, c := range changes {
		c := clone(c)
		c.At().Skipped = true
		a.done(c)
	}
}

// run applies the clauses in the server's order, and records them in the author's.
func (x *alteration) run(written []Change) {
	changes := make([]Change, len(written))
	for i, c := range written {
		changes[i] = clone(c)
		changes[i].At().Before = x.old
	}
	keep := make([]bool, len(changes))
	for i, c := range changes {
		keep[i] = x.lookUp(c)
	}
	x.columns(changes, keep)
	x.carryKeys()
	for i, c := range changes {
		if keep[i] {
			x.addKeys(c)
		}
	}
	if x.touchesKeys(changes) {
		x.inlineForeignKeys(x.new)
		x.nameKeys(x.new, x.old)
	}
	if !x.old.External && len(x.new.Columns) == 0 && len(x.old.Columns) > 0 {
		x.problem(&Problem{Kind: DropAllColumns, Number: 1090, Object: x.old.Name.String(), Table: x.old.Name, Span: x.step.Statement.Span})
		return
	}
	if x.engine.IsTiDB() {
		x.problems(tidbUnsupported(x.old, changes))
	}
	x.put(x.new)
	x.finishTable(x.old, x.new)
	x.foreignKeysAllow(changes)
	if x.renameTo != nil {
		x.move(x.new, x.renameTo.To, x.renameTo.Span)
	}
	for i, c := range changes {
		if keep[i] {
			x.fill(c)
			x.done(c)
		}
	}
}

// touchesKeys reports whether a clause may change keys or constraints.
func (x *alteration) touchesKeys(changes []Change) bool {
	if len(x.renamed)+len(x.dropped)+len(x.replaced) > 0 {
		return true
	}
	for _, c := range changes {
		switch c.(type) {
		case *AddColumn, *AlterMode, *SetOptions, *AlterPartitions, *RenameTable:
		default:
			return true
		}
	}
	return x.converted
}

// fill points resolved changes at the effective definitions.
func (x *alteration) fill(c Change) {
	switch c := c.(type) {
	case *AddColumn:
		c.Column = x.new.Column(c.Column.Name)
	case *ModifyColumn:
		if n := x.new.Column(x.newName(c.Name)); n != nil {
			c.New = n
		}
	case *AddIndex:
		for _, n := range x.new.Indexes {
			if n.Span == c.Index.Span && n.Defined == x.step.Number {
				c.Index = n
			}
		}
	case *AddForeignKey:
		for _, n := range x.new.ForeignKeys {
			if n.Span == c.Key.Span {
				c.Key = n
			}
		}
	case *AddCheck:
		for _, n := range x.new.Checks {
			if n.Span == c.Check.Span {
				c.Check = n
			}
		}
	}
}

func (x *alteration) newName(old string) string {
	if n, ok := x.renamed[fold(old)]; ok {
		return n
	}
	return old
}

// lookUp finds what a clause refers to in the old table; false when the clause is refused or skipped.
func (x *alteration) lookUp(c Change) bool {
	switch c := c.(type) {
	case *DropColumn:
		return x.lookUpColumn(&c.Clause, c.Name, &c.Column, c.IfExists, 1091) && x.dropColumn(c)
	case *ModifyColumn:
		return x.lookUpColumn(&c.Clause, c.Name, &c.Old, c.IfExists, 1054) && x.modifyColumn(c)
	case *DropIndex:
		return x.dropIndex(c)
	case *ModifyIndex:
		return x.modifyIndex(c)
	case *DropForeignKey:
		c.Key = x.old.ForeignKey(c.Name)
		if c.Key == nil {
			return x.unknownConstraint(&c.Clause, c.Name, c.IfExists)
		}
		x.new.ForeignKeys = without(x.new.ForeignKeys, c.Key)
	case *DropCheck:
		c.Check = x.old.Check(c.Name)
		if c.Check == nil {
			return x.unknownCheck(c)
		}
		x.new.Checks = without(x.new.Checks, c.Check)
	case *ModifyCheck:
		return x.modifyCheck(c)
	case *SetOptions:
		x.setOptions(x.new, c)
	case *AlterPartitions:
		if !x.partitionsThere(c) || x.behindMaxvalue(c) {
			return false
		}
		x.partitions(c)
	case *RenameTable:
		return x.rename(c)
	}
	return true
}

func without[T any](list []*T, v *T) []*T {
	return slices.DeleteFunc(list, func(o *T) bool { return o == v })
}

// lookUpColumn finds a column of the old table. In a table that isn't wholly known a missing column is
// no problem.
func (x *alteration) lookUpColumn(at *Clause, name string, column **Column, ifExists bool, number int) bool {
	*column = x.old.Column(name)
	if *column != nil || !x.old.Known() {
		return true
	}
	if ifExists || x.quiet {
		return false
	}
	x.problem(&Problem{Kind: UnknownColumn, Number: number, Object: x.old.Name.String() + "." + name, Table: x.old.Name, Name: name, Other: x.old.Name.String(), Span: at.Span, Cause: x.old.NameSpan})
	return false
}

func (x *alteration) dropColumn(c *DropColumn) bool {
	x.dropped[fold(c.Name)] = true
	x.problems(x.dropRefused(c))
	return true
}

func (x *alteration) modifyColumn(c *ModifyColumn) bool {
	if c.Old != nil {
		c.Name = c.Old.Name
	}
	x.replaced[fold(c.Name)] = c
	if c.Restates() && x.engine.IsMariaDB() { // its check is part of the definition
		x.new.Checks = slices.DeleteFunc(x.new.Checks, func(k *Check) bool { return k.Column != "" && same(k.Column, c.Name) })
	}
	if c.Old == nil && c.alter != nil {
		c.New = nil
		return true
	}
	if c.alter != nil {
		n := *c.Old
		n.Defined = x.step.Number
		if prev := c.New; prev != nil {
			n = *prev
		}
		c.alter(&n)
		c.New = &n
	}
	if c.New != nil && c.New.Name != c.Name {
		x.renamed[fold(c.Name)] = c.New.Name
	}
	return true
}

// columns makes the new table's column list: what stays or changes in place first, then additions and
// moves in the order of the clauses.
func (x *alteration) columns(changes []Change, keep []bool) {
	if len(x.dropped) > 0 || len(x.replaced) > 0 {
		x.changeInPlace()
	}
	for i, c := range changes {
		if !keep[i] {
			continue
		}
		switch c := c.(type) {
		case *AddColumn:
			keep[i] = x.addColumn(c)
		case *ModifyColumn:
			if c.New != nil && (c.First || c.Behind != "" || c.Old == nil) {
				x.moveColumn(c)
			}
		}
	}
	if len(x.renamed) > 0 {
		x.duplicateNames()
	}
	x.implicitTimestamps(x.new)
}

// moveColumn puts a changed column where FIRST or AFTER says. Until its turn comes it stands at its old place,
// where other clauses may name it.
func (x *alteration) moveColumn(c *ModifyColumn) {
	i := slices.Index(x.new.Columns, c.New)
	if i < 0 {
		x.insert(x.redefined(c, c.Old), c.First, c.Behind, c.Span)
		return
	}
	x.new.Columns = slices.Delete(x.new.Columns, i, i+1)
	x.insert(c.New, c.First, c.Behind, c.Span)
}

// changeInPlace drops columns and changes those that stay, where they are.
func (x *alteration) changeInPlace() {
	list := x.new.Columns[:0:0]
	for _, c := range x.new.Columns {
		m := x.replaced[fold(c.Name)]
		switch {
		case x.dropped[fold(c.Name)]:
		case m == nil || m.New == nil:
			list = append(list, c)
		default:
			list = append(list, x.redefined(m, c))
		}
	}
	x.new.Columns = list
}

// redefined is the new definition of a column with its effective values. c is the column as the table has
// it now, which CONVERT TO may have changed in the same statement.
func (x *alteration) redefined(m *ModifyColumn, c *Column) *Column {
	n := m.New
	if m.Restates() {
		n = x.resolveColumn(x.new, n)
	} else {
		copied := *n
		if c != nil && c != m.Old {
			copied.Charset, copied.Collation, copied.Type = c.Charset, c.Collation, c.Type
		}
		n = &copied
	}
	n.Defined = x.step.Number
	n.Origin = n.Defined
	if m.Old != nil {
		n.Origin = m.Old.Origin
	} else {
		n.Origin = 0
	}
	m.New = n
	return n
}

func (x *alteration) addColumn(c *AddColumn) bool {
	if there := x.new.Column(c.Column.Name); there != nil {
		if c.IfNotExists || x.quiet || !x.old.Known() {
			c.Skipped = c.IfNotExists || x.quiet
			c.Column = there
			return true
		}
		x.problem(&Problem{Kind: ColumnExists, Number: 1060, Object: x.old.Name.String() + "." + c.Column.Name, Table: x.old.Name, Name: c.Column.Name, Span: c.Column.NameSpan, Cause: there.Span})
		return false
	}
	n := x.resolveColumn(x.new, c.Column)
	n.Origin = n.Defined
	c.Column = n
	x.insert(n, c.First, c.Behind, c.Span)
	return true
}

// insert puts a column in its place among the columns of the new table.
func (x *alteration) insert(c *Column, first bool, behind string, at Span) {
	switch {
	case first:
		x.new.Columns = slices.Insert(x.new.Columns, 0, c)
	case behind != "":
		i := slices.IndexFunc(x.new.Columns, func(o *Column) bool { return same(o.Name, behind) })
		if i < 0 {
			if x.old.Known() {
				x.problem(&Problem{Kind: UnknownColumn, Number: 1054, Object: x.old.Name.String() + "." + behind, Table: x.old.Name, Name: behind, Reason: "after", Other: x.old.Name.String(), Span: at, Cause: x.old.NameSpan})
			}
			i = len(x.new.Columns) - 1
		}
		x.new.Columns = slices.Insert(x.new.Columns, i+1, c)
	default:
		x.new.Columns = append(x.new.Columns, c)
	}
}

// duplicateNames finds columns that a rename gave the name of another.
func (x *alteration) duplicateNames() {
	if !x.old.Known() {
		return
	}
	seen := map[string]*Column{}
	for _, c := range x.new.Columns {
		if other := seen[fold(c.Name)]; other != nil && (c.Defined == x.step.Number || other.Defined == x.step.Number) {
			if c.Defined != x.step.Number {
				c, other = other, c
			}
			x.problem(&Problem{Kind: ColumnExists, Number: 1060, Object: x.old.Name.String() + "." + c.Name, Table: x.old.Name, Name: c.Name, Span: c.NameSpan, Cause: other.NameSpan})
		}
		seen[fold(c.Name)] = c
	}
}

// rename applies RENAME TO inside ALTER TABLE, once everything else is done.
func (x *alteration) rename(c *RenameTable) bool {
	if t := x.table(c.To); t.Known() && !x.now.Same(x.old.Name, c.To) {
		x.problem(&Problem{Kind: TableExists, Number: 1050, Object: c.To.String(), Table: c.To, Name: c.To.Name, Span: c.Span, Cause: t.NameSpan})
		return false
	}
	x.renameTo = c
	return true
}
