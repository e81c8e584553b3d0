package onlineddl

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// operation is one thing that a statement does, named as in operations.txt, with its clause.
type operation struct {
	name  string
	span  ddlparse.Span
	facts facts
}

// statement is a statement at work on one table.
type statement struct {
	step          *ddlparse.Step
	changes       []ddlparse.Change
	engine        ddlparse.Engine
	kind          ddlparse.Kind
	version       version
	before, after *ddlparse.Table
	operations    []operation
	facts         facts
	asked         asked
	renamed       map[string]string // lower-case name in after -> name in before
	added         map[string]*ddlparse.AddColumn
	strange       []string // operations without a row
}

func (x *statement) add(name string, span ddlparse.Span, fs ...string) {
	op := operation{name: name, span: span}
	if len(fs) > 0 {
		op.facts = facts{}
	}
	for _, f := range fs {
		op.facts[f] = true
	}
	x.operations = append(x.operations, op)
}

// unknown reports whether too little is known: a table that was never seen created, or that a statement
// which wasn't understood may have changed.
func (x *statement) unknown() bool {
	if x.step.Statement.NotUnderstood != "" || x.step.Statement.Conditional {
		return true
	}
	return !x.bare() && (x.before == nil || !x.before.Known())
}

// bare reports whether the statement does the same whatever the table is.
func (x *statement) bare() bool {
	for i := range x.operations {
		switch x.operations[i].name {
		case "create table", "create table select", "drop table", "truncate table", "rename table statement":
		default:
			return false
		}
	}
	return true
}

// collect gathers what the statement does; false when it is about no table's definition.
func (x *statement) collect() bool {
	switch c := x.changes[0].(type) {
	case *ddlparse.CreateTable:
		name := "create table"
		if !c.Select.IsZero() {
			name = "create table select"
		}
		x.add(name, c.Span)
	case *ddlparse.DropTable:
		x.add("drop table", c.Span)
	case *ddlparse.TruncateTable:
		x.add("truncate table", c.Span)
	case *ddlparse.RenameTable:
		if !strings.HasPrefix(x.step.Statement.Verb, "ALTER") {
			x.add("rename table statement", c.Span)
			break
		}
		x.alter()
	case *ddlparse.AddColumn, *ddlparse.DropColumn, *ddlparse.ModifyColumn, *ddlparse.AddIndex, *ddlparse.DropIndex,
		*ddlparse.ModifyIndex, *ddlparse.AddForeignKey, *ddlparse.DropForeignKey, *ddlparse.AddCheck, *ddlparse.DropCheck,
		*ddlparse.ModifyCheck, *ddlparse.SetOptions, *ddlparse.AlterMode, *ddlparse.AlterPartitions:
		x.alter()
	default:
		return false
	}
	x.tableFacts()
	return len(x.operations) > 0
}

// alter gathers the operations of an ALTER TABLE. Like the server it compares the table before with the one
// behind: what is only restated is no change.
func (x *statement) alter() {
	if x.before == nil || x.after == nil || !x.before.Known() {
		x.add("alter", x.step.Statement.Span)
		return
	}
	x.names()
	for _, c := range x.changes {
		if !c.At().Skipped {
			x.clause(c)
		}
	}
	x.columnOperations()
	x.indexOperations()
	if len(x.operations) == 0 {
		x.add("no change", x.step.Statement.Span)
	}
}

// names remembers which columns are new and what the others were called before.
func (x *statement) names() {
	x.renamed, x.added = map[string]string{}, map[string]*ddlparse.AddColumn{}
	for _, c := range x.changes {
		switch c := c.(type) {
		case *ddlparse.AddColumn:
			if !c.Skipped && c.Column != nil {
				x.added[strings.ToLower(c.Column.Name)] = c
			}
		case *ddlparse.ModifyColumn:
			if !c.Skipped && c.New != nil {
				x.renamed[strings.ToLower(c.New.Name)] = c.Name
			}
		}
	}
}

// clause adds the operations that the clause alone tells.
func (x *statement) clause(c ddlparse.Change) {
	span := c.At().Span
	switch c := c.(type) {
	case *ddlparse.AddForeignKey:
		x.foreignKey(c)
	case *ddlparse.DropForeignKey:
		x.add("drop foreign key", span)
	case *ddlparse.AddCheck:
		x.addCheck(c)
	case *ddlparse.DropCheck:
		x.add("drop check", span)
	case *ddlparse.ModifyCheck:
		name := "switch check off"
		if c.Enforced {
			name = "switch check on"
		}
		x.add(name, span)
	case *ddlparse.RenameTable:
		x.add("rename table", span)
	case *ddlparse.SetOptions:
		x.options(c)
	case *ddlparse.AlterMode:
		x.mode(c)
	case *ddlparse.AlterPartitions:
		x.add(partitionOperation(x.before, c), span)
	}
}

func (x *statement) addCheck(c *ddlparse.AddCheck) {
	switch {
	case c.Check != nil && !c.Check.Enforced && x.kind != ddlparse.MariaDB:
		x.add("add check not enforced", c.Span)
	case c.Check != nil && x.added[strings.ToLower(c.Check.Column)] != nil:
		x.add("add check", c.Span, "of new column")
	default:
		x.add("add check", c.Span)
	}
}

func (x *statement) foreignKey(c *ddlparse.AddForeignKey) {
	if c.Key != nil && c.Key.Inline && x.ignoresInline() {
		return
	}
	x.add("add foreign key", c.Span)
}

// ignoresInline reports whether the server reads REFERENCES in a column definition and forgets it.
func (x *statement) ignoresInline() bool {
	switch x.kind {
	case ddlparse.MySQL:
		return x.version.less(version{9, 0, 0})
	case ddlparse.MariaDB:
		return x.version.less(version{10, 5, 0})
	}
	return true
}

// mode adds the clauses that change no definition.
func (x *statement) mode(c *ddlparse.AlterMode) {
	switch c.Option {
	case "ALGORITHM":
		x.asked.algorithm, x.asked.span = c.Value, c.Span
	case "LOCK":
		x.asked.lock, x.asked.span = c.Value, c.Span
	case "SYSTEM VERSIONING":
		verb, _, _ := strings.Cut(c.Span.Text(), " ")
		x.add(strings.ToLower(verb)+" system versioning", c.Span)
	case "ENABLE KEYS", "DISABLE KEYS":
		x.add("enable or disable keys", c.Span)
	case "WITHOUT VALIDATION":
	default:
		x.add(strings.ToLower(c.Option), c.Span)
	}
}

// partitionOperation names a change of the partitioning.
func partitionOperation(t *ddlparse.Table, c *ddlparse.AlterPartitions) string {
	name := strings.ToLower(c.Action)
	if name == "exchange partition" && strings.Contains(strings.ToUpper(c.Span.Text()), "WITHOUT VALIDATION") {
		return name + " without validation"
	}
	if p := t.Partitions; name == "add partition" && p != nil && (strings.HasSuffix(p.Method, "HASH") || strings.HasSuffix(p.Method, "KEY")) {
		return "add hash partition"
	}
	return name
}
