package onlineddl

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// facts are the preconditions that hold, named as in operations.txt.
type facts map[string]bool

func (f facts) set(name string, holds bool) {
	if holds {
		f[name] = true
	}
}

// unseen are the facts that no schema tells, and what is assumed instead.
var unseen = map[string]Assumption{
	"unchecked":        ForeignKeyChecksOn,
	"not strict":       StrictMode,
	"versions used up": FewRowVersions,
	"dropped fulltext": NoDroppedFulltext,
}

// holds reports whether all facts of the row hold for the operation. What is only assumed not to hold is noted.
func (x *statement) holds(r *row, op *operation, p *Prediction) bool {
	var assumed Assumption
	for _, name := range r.facts {
		want := !strings.HasPrefix(name, "!")
		name = strings.TrimPrefix(name, "!")
		if a, ok := unseen[name]; ok && !x.facts[name] && p != nil {
			assumed = a
			continue
		}
		if x.fact(name, op) != want {
			return false
		}
	}
	if assumed == "" {
		return true
	}
	if !slices.Contains(p.Assumptions, assumed) {
		p.Assumptions = append(p.Assumptions, assumed)
	}
	return slices.ContainsFunc(r.facts, func(name string) bool { return name == "!unchecked" || name == "!not strict" })
}

// fact reports whether one fact holds: of the operation, of the rest of the statement, or of the table.
func (x *statement) fact(name string, op *operation) bool {
	if other, ok := strings.CutPrefix(name, "with "); ok {
		return x.has(other, op)
	}
	return op.facts[name] || x.facts[name]
}

// has reports whether another operation of the statement has that name or belongs to that group.
func (x *statement) has(name string, but *operation) bool {
	for i := range x.operations {
		o := &x.operations[i]
		if o != but && o.name != but.name && (o.name == name || slices.Contains(known().groups[o.name], name)) {
			return true
		}
	}
	return false
}

// tableFacts are those of the table that the statement meets, and of the session.
func (x *statement) tableFacts() {
	x.facts = facts{}
	x.facts.set("unchecked", x.step.NoForeignKeyChecks)
	x.facts.set("alone", len(x.operations) == 1)
	x.facts.set("plain", x.plain())
	x.facts.set("numbers rows", x.numbersRows())
	x.facts.set("adds fulltext", count(x.operations, "add fulltext") > 0)
	x.facts.set("shifts virtual", x.shiftsVirtual())
	x.facts.set("indexes virtual", x.after != nil && slices.ContainsFunc(x.after.Columns, func(c *ddlparse.Column) bool {
		return virtual(c) && indexed(x.after, c.Name)
	}))
	x.facts.set("recodes", slices.ContainsFunc(x.operations, recodes))
	t := x.before
	if t == nil {
		return
	}
	x.facts.set("temporary", t.Temporary)
	x.facts.set("partitioned", t.Partitions != nil)
	x.facts.set("partitioned by value", t.Partitions != nil && !strings.HasSuffix(t.Partitions.Method, "KEY"))
	x.facts.set("not innodb", !innoDB(t))
	x.facts.set("compressed", rowFormat(t) == "COMPRESSED")
	x.facts.set("redundant", rowFormat(t) == "REDUNDANT")
	x.facts.set("fulltext", keepsIndex(t, x.after, ddlparse.Fulltext))
	x.facts.set("spatial", keepsIndex(t, x.after, ddlparse.Spatial))
	x.facts.set("had fulltext", hasIndex(t, ddlparse.Fulltext))
	x.facts.set("doc id", t.Column("FTS_DOC_ID") != nil)
	x.generatedFacts(t)
	x.keyFacts(t)
}

// plain reports whether all operations leave the stored table alone, whatever the storage engine.
func (x *statement) plain() bool {
	for i := range x.operations {
		if !slices.Contains(known().groups[x.operations[i].name], "plain") {
			return false
		}
	}
	return true
}

// recodes reports whether the operation gives a text column another character set or collation in place.
func recodes(op operation) bool {
	switch op.name {
	case "text to binary":
		return true
	case "utf8mb3 to utf8mb4", "change collation":
		return op.facts["not varchar"]
	}
	return false
}

// numbersRows reports whether the statement gives existing rows AUTO_INCREMENT values.
func (x *statement) numbersRows() bool {
	return slices.ContainsFunc(x.operations, func(op operation) bool {
		return op.name == "add auto increment" || op.facts["auto increment"] || op.name == "drop system versioning"
	})
}

func (x *statement) generatedFacts(t *ddlparse.Table) {
	for _, c := range t.Columns {
		if c.Generated == nil {
			continue
		}
		x.facts.set("stored column", c.Generated.Stored)
		x.facts.set("virtual column", !c.Generated.Stored)
		x.facts.set("indexed virtual column", !c.Generated.Stored && indexed(t, c.Name))
	}
	for _, i := range t.Indexes {
		x.facts.set("functional index", functional(i))
		x.facts.set("virtual column", functional(i)) // the expression is a hidden one
	}
}

func (x *statement) keyFacts(t *ddlparse.Table) {
	x.facts.set("no primary key", t.PrimaryKey() == nil)
	for child := range x.step.Before.Children(t.Name) {
		x.facts.set("parent", child != t && !x.dropsToo(child))
	}
	for _, f := range t.ForeignKeys {
		x.facts["child"] = true
		x.facts.set("cascades", cascades(f.OnDelete) || cascades(f.OnUpdate))
	}
}

// dropsToo reports whether the statement drops that table as well.
func (x *statement) dropsToo(t *ddlparse.Table) bool {
	return slices.ContainsFunc(x.step.Changes, func(c ddlparse.Change) bool {
		_, drops := c.(*ddlparse.DropTable)
		return drops && c.At().Before == t
	})
}

func cascades(action string) bool { return action == "CASCADE" || action == "SET NULL" }

func innoDB(t *ddlparse.Table) bool { return strings.EqualFold(t.Options.Engine, "InnoDB") }

// rowFormat is the row format that InnoDB uses: KEY_BLOCK_SIZE alone means COMPRESSED.
func rowFormat(t *ddlparse.Table) string {
	if size := t.Options.Other["KEY_BLOCK_SIZE"]; t.Options.RowFormat == "" && size != "" && size != "0" {
		return "COMPRESSED"
	}
	return t.Options.RowFormat
}

func hasIndex(t *ddlparse.Table, k ddlparse.IndexKind) bool {
	return t != nil && slices.ContainsFunc(t.Indexes, func(i *ddlparse.Index) bool { return i.Kind == k })
}

// keepsIndex reports whether an index of that kind is there before and behind the statement.
func keepsIndex(before, after *ddlparse.Table, k ddlparse.IndexKind) bool {
	return hasIndex(before, k) && (after == nil || hasIndex(after, k))
}

// indexed reports whether the column is part of an index.
func indexed(t *ddlparse.Table, column string) bool {
	return slices.ContainsFunc(t.Indexes, func(i *ddlparse.Index) bool { return partOf(i, column) })
}

func partOf(i *ddlparse.Index, column string) bool {
	return slices.ContainsFunc(i.Parts, func(p ddlparse.Part) bool { return strings.EqualFold(p.Column, column) })
}

// mentions reports whether a list of column names has that one.
func mentions(names []string, column string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, column) })
}
