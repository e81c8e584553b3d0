package onlineddl

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// indexOperations compares the indexes before and behind the statement.
func (x *statement) indexOperations() {
	renamed := map[string]bool{}
	for _, c := range x.changes {
		if m, ok := c.(*ddlparse.ModifyIndex); ok && !m.Skipped {
			x.modifyIndex(m)
			renamed[strings.ToLower(m.To)], renamed[strings.ToLower(m.Name)] = true, true
		}
	}
	for _, i := range x.after.Indexes {
		if !renamed[strings.ToLower(i.Name)] {
			x.compareIndex(x.before.Index(i.Name), i)
		}
	}
	for _, i := range x.before.Indexes {
		if x.after.Index(i.Name) == nil && !renamed[strings.ToLower(i.Name)] {
			x.dropIndex(i, x.dropSpan(i))
		}
	}
}

func (x *statement) modifyIndex(m *ddlparse.ModifyIndex) {
	if m.To != "" {
		x.add("rename index", m.Span)
		return
	}
	if m.Old == nil || m.Old.Invisible != m.Invisible {
		x.add("change index visibility", m.Span)
		return
	}
	x.add("no change", m.Span)
}

func (x *statement) compareIndex(old, now *ddlparse.Index) {
	switch {
	case old != nil && x.kind == ddlparse.TiDB && x.drops(old):
		x.add("replace index", now.Span)
	case old == nil:
		x.addIndex(now)
	case !x.sameIndex(old, now):
		x.dropIndex(old, x.dropSpan(old))
		x.addIndex(now)
	case old.Comment != now.Comment:
		x.add("change index comment", now.Span)
	case old.Invisible != now.Invisible:
		x.add("change index visibility", now.Span)
	}
}

// sameIndex reports whether the server would keep the index: same kind and same parts, whatever the
// columns are called now.
func (x *statement) sameIndex(old, now *ddlparse.Index) bool {
	if old.Using != now.Using && (x.kind == ddlparse.MariaDB || x.kind == ddlparse.MySQL && x.version.less(version{8, 0, 12})) {
		return false
	}
	if old.Kind != now.Kind || old.Parser != now.Parser || len(old.Parts) != len(now.Parts) {
		return false
	}
	for i, o := range old.Parts {
		n := now.Parts[i]
		if o.Prefix != n.Prefix || o.Desc != n.Desc && x.kind != ddlparse.TiDB || (o.Column == "") != (n.Column == "") {
			return false
		}
		if !strings.EqualFold(o.Column, x.oldName(n.Column)) || o.Column == "" && o.Expr != n.Expr {
			return false
		}
	}
	return true
}

// oldName is what a column of the table behind was called before; "" for a new one.
func (x *statement) oldName(now string) string {
	if x.added[strings.ToLower(now)] != nil {
		return ""
	}
	if old, ok := x.renamed[strings.ToLower(now)]; ok {
		return old
	}
	return now
}

// functional reports whether a part of the index is an expression.
func functional(i *ddlparse.Index) bool {
	return slices.ContainsFunc(i.Parts, func(p ddlparse.Part) bool { return p.Column == "" })
}

func (x *statement) addIndex(i *ddlparse.Index) {
	name := map[ddlparse.IndexKind]string{
		ddlparse.Primary: "add primary key", ddlparse.Unique: "add unique", ddlparse.Fulltext: "add fulltext",
		ddlparse.Spatial: "add spatial", ddlparse.Vector: "add vector index",
	}[i.Kind]
	switch {
	case name == "" && functional(i):
		name = "add functional index"
	case name == "":
		name = "add index"
	}
	x.add(name, orElse(i.Span, x.step.Statement.Span), x.indexFacts(i)...)
}

func (x *statement) indexFacts(i *ddlparse.Index) (fs []string) {
	for _, p := range i.Parts {
		switch {
		case p.Column == "":
		case x.added[strings.ToLower(p.Column)] != nil:
			fs = append(fs, "on new column")
			if g := x.added[strings.ToLower(p.Column)].Column.Generated; g != nil && !g.Stored {
				fs = append(fs, "on new virtual column")
			}
		default:
			if c := x.before.Column(x.oldName(p.Column)); c != nil && !c.NotNull {
				fs = append(fs, "on nullable column")
			}
		}
	}
	if i.Kind == ddlparse.Fulltext && x.before.Column("FTS_DOC_ID") == nil && !hasIndex(x.before, ddlparse.Fulltext) {
		fs = append(fs, "first")
	}
	if i.Kind == ddlparse.Fulltext && count(x.operations, "add fulltext") > 0 {
		fs = append(fs, "second")
	}
	if k := clusteredKey(x.before); i.Kind == ddlparse.Primary && k != nil && k.Kind == ddlparse.Unique && slices.Equal(k.Columns(), i.Columns()) {
		fs = append(fs, "same order")
	}
	if i.Implicit {
		fs = append(fs, "implicit")
	}
	return fs
}

func count(ops []operation, name string) (n int) {
	for i := range ops {
		if ops[i].name == name {
			n++
		}
	}
	return n
}

func (x *statement) dropIndex(i *ddlparse.Index, span ddlparse.Span) {
	var fs []string
	if x.drops(i) && x.needed(i) {
		fs = append(fs, "needed")
	}
	if clusteredKey(x.before) == i {
		fs = append(fs, "clustered")
	}
	if clusteredKey(x.after) != nil {
		fs = append(fs, "keeps key")
	}
	switch {
	case i.Kind == ddlparse.Primary:
		x.add("drop primary key", span, fs...)
	case i.Unique():
		x.add("drop unique", span, fs...)
	case functional(i):
		x.add("drop functional index", span, fs...)
	default:
		x.add("drop index", span, fs...)
	}
}

// drops reports whether a clause of its own drops the index.
func (x *statement) drops(i *ddlparse.Index) bool {
	return slices.ContainsFunc(x.changes, func(c ddlparse.Change) bool {
		d, ok := c.(*ddlparse.DropIndex)
		return ok && strings.EqualFold(d.Name, i.Name)
	})
}

// needed reports whether a foreign key needs the index: no other one behind the statement begins with its columns.
func (x *statement) needed(i *ddlparse.Index) bool {
	for _, f := range x.after.ForeignKeys {
		if begins(i, f.Columns) && !x.begun(f.Columns) {
			return true
		}
	}
	for _, f := range x.step.Before.Children(x.before.Name) {
		if begins(i, f.ParentColumns) && !x.begun(f.ParentColumns) {
			return true
		}
	}
	return false
}

// begun reports whether an index behind the statement begins with the columns.
func (x *statement) begun(columns []string) bool {
	return slices.ContainsFunc(x.after.Indexes, func(i *ddlparse.Index) bool { return begins(i, columns) })
}

func begins(i *ddlparse.Index, columns []string) bool {
	if len(i.Parts) < len(columns) {
		return false
	}
	for n, c := range columns {
		if !strings.EqualFold(i.Parts[n].Column, c) {
			return false
		}
	}
	return true
}

// dropSpan is the clause that drops an index, or the statement when a dropped column takes it along.
func (x *statement) dropSpan(i *ddlparse.Index) ddlparse.Span {
	for _, c := range x.changes {
		if d, ok := c.(*ddlparse.DropIndex); ok && strings.EqualFold(d.Name, i.Name) {
			return d.Span
		}
	}
	for _, c := range x.changes {
		if d, ok := c.(*ddlparse.DropColumn); ok && partOf(i, d.Name) {
			return d.Span
		}
	}
	return x.step.Statement.Span
}
