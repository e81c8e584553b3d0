package ddlparse

import (
	"slices"
	"strings"
)

// dropIndex looks up DROP INDEX, DROP PRIMARY KEY and DROP CONSTRAINT.
func (x *alteration) dropIndex(c *DropIndex) bool {
	c.Index = x.old.Index(c.Name)
	if c.AnyConstraint {
		if f := x.old.ForeignKey(c.Name); f != nil && c.Index == nil || f != nil && c.Index.Implicit {
			x.new.ForeignKeys = without(x.new.ForeignKeys, f)
			c.Index = nil
			return true
		}
		if k := x.old.Check(c.Name); k != nil && c.Index == nil {
			x.new.Checks = without(x.new.Checks, k)
			return true
		}
	}
	if c.Index != nil {
		x.new.Indexes = without(x.new.Indexes, c.Index)
		return true
	}
	if !x.old.Known() {
		return true
	}
	if c.IfExists || x.quiet {
		c.Skipped = true
		return false
	}
	p := &Problem{Kind: UnknownIndex, Number: 1091, Object: x.old.Name.String() + "." + c.Name, Table: x.old.Name, Name: c.Name, Other: x.old.Name.String(), Span: c.Span, Cause: x.old.NameSpan}
	switch {
	case c.AnyConstraint:
		p.Kind, p.Number = UnknownConstraint, x.unknownConstraintNumber()
	case c.Name == PrimaryName:
		p.Kind, p.Object = DropMissingPrimaryKey, x.old.Name.String()
	}
	x.problem(p)
	return false
}

func (x *alteration) unknownConstraintNumber() int {
	if x.engine.IsMySQL() {
		return 3940
	}
	return 1091
}

func (x *alteration) unknownConstraint(at *Clause, name string, ifExists bool) bool {
	if !x.old.Known() {
		return true
	}
	if !ifExists && !x.quiet {
		x.problem(&Problem{Kind: UnknownConstraint, Number: 1091, Object: x.old.Name.String() + "." + name, Table: x.old.Name, Name: name, Reason: "foreign key", Other: x.old.Name.String(), Span: at.Span, Cause: x.old.NameSpan})
	}
	return false
}

func (x *alteration) unknownCheck(c *DropCheck) bool {
	if !x.old.Known() || !x.checksCount() {
		return true
	}
	if !c.IfExists && !x.quiet {
		x.problem(&Problem{Kind: UnknownConstraint, Number: 3821, Object: x.old.Name.String() + "." + c.Name, Table: x.old.Name, Name: c.Name, Reason: "check", Other: x.old.Name.String(), Span: c.Span, Cause: x.old.NameSpan})
	}
	return false
}

func (x *alteration) modifyCheck(c *ModifyCheck) bool {
	c.Old = x.old.Check(c.Name)
	if c.Old == nil {
		if x.old.Known() && x.checksCount() {
			x.problem(&Problem{Kind: UnknownConstraint, Number: 3821, Object: x.old.Name.String() + "." + c.Name, Table: x.old.Name, Name: c.Name, Reason: "check", Other: x.old.Name.String(), Span: c.Span, Cause: x.old.NameSpan})
		}
		return !x.old.Known()
	}
	n := *c.Old
	n.Enforced, n.Defined = c.Enforced, x.step.Number
	c.New = &n
	replace(x.new.Checks, c.Old, &n)
	return true
}

func replace[T any](list []*T, old, with *T) {
	if i := slices.Index(list, old); i >= 0 {
		list[i] = with
	}
}

// modifyIndex renames an index or changes its visibility.
func (x *alteration) modifyIndex(c *ModifyIndex) bool {
	c.Old = x.old.Index(c.Name)
	if c.Old == nil {
		if !x.old.Known() {
			return true
		}
		if !c.IfExists && !x.quiet {
			x.problem(&Problem{Kind: UnknownIndex, Number: 1176, Object: x.old.Name.String() + "." + c.Name, Table: x.old.Name, Name: c.Name, Other: x.old.Name.String(), Span: c.Span, Cause: x.old.NameSpan})
		}
		return false
	}
	n := *c.Old
	if c.To == "" {
		n.Invisible = c.Invisible
	} else {
		if other := x.old.Index(c.To); other != nil && other != c.Old {
			x.problem(&Problem{Kind: DuplicateIndexName, Number: 1061, Object: x.old.Name.String() + "." + c.To, Table: x.old.Name, Name: c.To, Span: c.Span, Cause: other.Span})
			return false
		}
		n.Name, n.Named, n.Implicit = c.To, true, false
		n.NameSpan = c.Span
	}
	n.Defined = x.step.Number
	c.New = &n
	replace(x.new.Indexes, c.Old, &n)
	return true
}

// carryKeys lets keys and constraints follow what happened to their columns: renamed columns are renamed in
// them, dropped ones leave their indexes, and an index without parts is gone.
func (x *alteration) carryKeys() {
	if len(x.renamed) == 0 && len(x.dropped) == 0 {
		return
	}
	kept := x.new.Indexes[:0:0]
	for _, old := range x.new.Indexes {
		if n := x.carryIndex(old); n != nil {
			kept = append(kept, n)
		}
	}
	x.new.Indexes = kept
	for i, f := range x.new.ForeignKeys {
		n := *f
		n.Columns = x.newNames(f.Columns)
		if x.now.Same(f.Parent, x.old.Name) {
			n.ParentColumns = x.newNames(f.ParentColumns)
		}
		x.new.ForeignKeys[i] = &n
	}
	x.carryChecks()
	x.carryPartitions()
	x.carryChildren()
}

// carryPartitions tells the partitioning about renamed columns: MariaDB lets them go on, MySQL refuses to rename them.
func (x *alteration) carryPartitions() {
	old := x.new.Partitions
	if old == nil || len(x.renamed) == 0 || !x.engine.IsMariaDB() {
		return
	}
	n := *old
	n.Columns = x.newNames(old.Columns)
	if len(old.Columns) == 1 && strings.EqualFold(strings.Trim(old.Expr, "` "), old.Columns[0]) {
		n.Expr = n.Columns[0]
	}
	x.new.Partitions = &n
}

func (x *alteration) carryIndex(old *Index) *Index {
	n := *old
	n.Parts = nil
	for _, p := range old.Parts {
		if p.Column != "" && x.dropped[fold(p.Column)] {
			continue
		}
		p.Column = x.newName(p.Column)
		n.Parts = append(n.Parts, p)
	}
	if len(n.Parts) == 0 {
		return nil
	}
	if slices.EqualFunc(n.Parts, old.Parts, func(a, b Part) bool { return a.Column == b.Column && a.Expr == b.Expr }) {
		return old
	}
	return &n
}

func (x *alteration) newNames(names []string) []string {
	renamed := make([]string, len(names))
	for i, n := range names {
		renamed[i] = x.newName(n)
	}
	return renamed
}

// carryChecks drops the checks whose only column is dropped.
func (x *alteration) carryChecks() {
	x.new.Checks = slices.DeleteFunc(x.new.Checks, func(k *Check) bool {
		gone := 0
		for _, c := range k.Columns {
			if x.dropped[fold(c)] {
				gone++
			}
		}
		return gone > 0 && gone == len(k.Columns)
	})
}

// carryChildren tells the foreign keys of other tables about renamed columns.
func (x *alteration) carryChildren() {
	if len(x.renamed) == 0 {
		return
	}
	var children []*Table
	for child := range x.now.Children(x.old.Name) {
		if !x.now.Same(child.Name, x.old.Name) && !slices.Contains(children, child) {
			children = append(children, child)
		}
	}
	for _, child := range children {
		n := child.clone()
		for i, f := range n.ForeignKeys {
			if x.now.Same(f.Parent, x.old.Name) {
				g := *f
				g.ParentColumns = x.newNames(f.ParentColumns)
				n.ForeignKeys[i] = &g
			}
		}
		x.put(n)
	}
}

// addKeys adds what the clause adds; names and dates come later, for all at once.
func (x *alteration) addKeys(c Change) {
	switch c := c.(type) {
	case *AddIndex:
		if (c.IfNotExists || x.quiet) && c.Index.Name != "" && x.new.Index(c.Index.Name) != nil {
			c.Skipped = true
			return
		}
		if old := x.new.Index(c.Index.Name); c.OrReplace && old != nil {
			x.new.Indexes = without(x.new.Indexes, old)
		}
		x.new.Indexes = append(x.new.Indexes, c.Index)
	case *AddForeignKey:
		if (c.IfNotExists || x.quiet) && c.Key.Name != "" && x.new.ForeignKey(c.Key.Name) != nil {
			c.Skipped = true
			return
		}
		x.new.ForeignKeys = append(x.new.ForeignKeys, c.Key)
	case *AddCheck:
		if (c.IfNotExists || x.quiet) && c.Check.Name != "" && x.new.Check(c.Check.Name) != nil {
			c.Skipped = true
			return
		}
		x.new.Checks = append(x.new.Checks, c.Check)
	}
}

// dropRefused says what keeps a column from being dropped: a foreign key (1828, 1829 when it is the
// parent), a generated column (3108), a functional index (3837), a check with another column (3959), the
// partitioning (3855).
func (x *alteration) dropRefused(c *DropColumn) []*Problem {
	if c.Column == nil {
		return nil
	}
	return dropColumnRefused(x.now, x.old, x.step.Statement, c)
}
