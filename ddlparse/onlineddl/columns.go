package onlineddl

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// columnOperations compares the columns before and behind the statement.
func (x *statement) columnOperations() {
	for i, c := range x.after.Columns {
		if add := x.added[strings.ToLower(c.Name)]; add != nil {
			x.addColumn(add, c, i)
			continue
		}
		if old := x.before.Column(x.oldName(c.Name)); old != nil {
			x.compareColumn(old, c)
		}
	}
	for _, c := range x.changes {
		if d, ok := c.(*ddlparse.DropColumn); ok && !d.Skipped && d.Column != nil {
			x.dropColumn(d)
		}
	}
	x.order()
}

func (x *statement) addColumn(a *ddlparse.AddColumn, c *ddlparse.Column, place int) {
	var fs []string
	if x.positioned(place) {
		fs = append(fs, "not last")
	}
	if g := c.Generated; g != nil {
		if x.beforeVirtual(place) {
			fs = append(fs, "before a virtual column")
		}
		name := "add virtual column"
		if g.Stored {
			name = "add stored generated column"
		}
		x.add(name, a.Span, fs...)
		return
	}
	if d := c.Default; d != nil && d.Kind == ddlparse.DefaultExpression {
		fs = append(fs, "expression default")
		if readsRow(x.after, d.Text) {
			fs = append(fs, "default differs by row")
		}
	}
	if c.AutoIncrement {
		fs = append(fs, "auto increment")
	}
	if zeroDate(c) {
		fs = append(fs, "zero date")
	}
	x.add("add column", a.Span, fs...)
}

// positioned reports whether a column that was there before stands behind the place.
func (x *statement) positioned(place int) bool {
	return slices.ContainsFunc(x.after.Columns[place+1:], func(c *ddlparse.Column) bool { return x.added[strings.ToLower(c.Name)] == nil })
}

// beforeVirtual reports whether a virtual column that was there before stands behind the place.
func (x *statement) beforeVirtual(place int) bool {
	return slices.ContainsFunc(x.after.Columns[place+1:], func(c *ddlparse.Column) bool {
		return virtual(c) && x.added[strings.ToLower(c.Name)] == nil
	})
}

func virtual(c *ddlparse.Column) bool { return c.Generated != nil && !c.Generated.Stored }

// changing are functions whose value is another one for each row.
var changing = []string{"uuid(", "uuid_short(", "rand(", "sys_guid(", "random_bytes(", "nextval", "next value", "uuid_to_bin(", "sysdate(", "last_insert_id("}

// readsRow reports whether a default's expression may give each row another value: it names a column, or
// calls such a function.
func readsRow(t *ddlparse.Table, expr string) bool {
	lower := strings.ToLower(expr)
	if slices.ContainsFunc(changing, func(f string) bool { return strings.Contains(lower, f) }) {
		return true
	}
	words := strings.FieldsFunc(lower, func(r rune) bool { return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') })
	return slices.ContainsFunc(words, func(w string) bool { return t.Column(w) != nil })
}

// zeroDate reports whether existing rows would get the zero date, which NO_ZERO_DATE refuses.
func zeroDate(c *ddlparse.Column) bool {
	return c.NotNull && c.Default == nil && (c.Type.Name == "date" || c.Type.Name == "datetime" || c.Type.Name == "timestamp")
}

func (x *statement) dropColumn(d *ddlparse.DropColumn) {
	if virtual(d.Column) {
		x.add("drop virtual column", d.Span)
		return
	}
	var fs []string
	if indexed(x.before, d.Column.Name) {
		fs = append(fs, "indexed")
	}
	if k := x.before.PrimaryKey(); k != nil && partOf(k, d.Column.Name) {
		fs = append(fs, "in primary key")
	}
	x.add("drop column", d.Span, fs...)
}

// compareColumn adds what happens to a column that stays.
func (x *statement) compareColumn(old, now *ddlparse.Column) {
	span := x.columnSpan(now)
	fs := x.columnFacts(old, now)
	if !strings.EqualFold(old.Name, now.Name) {
		x.add("rename column", span, fs...)
	}
	n := len(x.operations)
	x.generated(old, now, span, fs)
	if len(x.operations) == n {
		for _, op := range x.typeOperations(old, now) {
			if now.Generated != nil {
				op = "change type of generated column"
			}
			x.add(op, orElse(now.TypeSpan, span), fs...)
		}
	}
	x.nullability(old, now, span, fs)
	if old.AutoIncrement != now.AutoIncrement {
		x.add(pick(now.AutoIncrement, "add auto increment", "drop auto increment"), span, fs...)
	}
	if metadataDiffers(old, now) {
		x.add("change column metadata", span, fs...)
	}
	if len(x.operations) == n && strings.EqualFold(old.Name, now.Name) && x.restated(now) {
		x.add(pick(x.kind == ddlparse.MariaDB && now.Generated != nil, "restate generated column", "no change"), span, fs...)
	}
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// generated adds what happens to the generation clause.
func (x *statement) generated(old, now *ddlparse.Column, span ddlparse.Span, fs []string) {
	o, n := old.Generated, now.Generated
	switch {
	case o == nil && n == nil:
	case o == nil || n == nil || o.Stored != n.Stored:
		x.add(kindOf(old)+" to "+kindOf(now), span, fs...)
	case !sameText(o.Expr, n.Expr):
		x.add("change "+kindOf(now)+" expression", span, fs...)
	}
}

func kindOf(c *ddlparse.Column) string {
	switch {
	case c.Generated == nil:
		return "ordinary column"
	case c.Generated.Stored:
		return "stored column"
	}
	return "virtual column"
}

// sameText compares expressions without their white space and quotes.
func sameText(a, b string) bool {
	strip := strings.NewReplacer(" ", "", "\t", "", "\n", "", "\r", "", "`", "")
	return strings.EqualFold(strip.Replace(a), strip.Replace(b))
}

func (x *statement) nullability(old, now *ddlparse.Column, span ddlparse.Span, fs []string) {
	k := x.after.PrimaryKey()
	inKey := k != nil && partOf(k, now.Name)
	if old.NotNull == (now.NotNull || inKey) {
		return
	}
	name := pick(now.NotNull || inKey, "make not null", "make nullable")
	if virtual(now) {
		name += " virtual"
	}
	if inKey && now.Null == old.Null {
		span = orElse(k.Span, span) // the primary key does it
	}
	x.add(name, span, fs...)
}

// metadataDiffers reports whether something differs that is kept in the dictionary only.
func metadataDiffers(old, now *ddlparse.Column) bool {
	return old.Comment != now.Comment || old.Invisible != now.Invisible || old.OnUpdate != now.OnUpdate ||
		old.NoDefault != now.NoDefault || !sameDefault(old.Default, now.Default)
}

func sameDefault(a, b *ddlparse.Default) bool {
	if a == nil || b == nil {
		return a == b || (a == nil || a.Kind == ddlparse.DefaultNull) && (b == nil || b.Kind == ddlparse.DefaultNull)
	}
	return a.Kind == b.Kind && a.Text == b.Text
}

func (x *statement) columnFacts(old, now *ddlparse.Column) (fs []string) {
	add := func(name string, holds bool) {
		if holds {
			fs = append(fs, name)
		}
	}
	add("indexed", indexed(x.before, old.Name))
	add("up to 127 bytes", x.bytes(old) <= 127)
	add("in fulltext", slices.ContainsFunc(x.before.Indexes, func(i *ddlparse.Index) bool { return i.Kind == ddlparse.Fulltext && partOf(i, old.Name) }))
	add("not varchar", !isVar(old.Type) && old.Type.Name != "enum" && old.Type.Name != "set")
	add("other order", strings.TrimPrefix(old.Collation, old.Charset) != strings.TrimPrefix(now.Collation, now.Charset))
	add("fixed", isFixed(old.Type))
	add("in unique", slices.ContainsFunc(x.before.Indexes, func(i *ddlparse.Index) bool { return i.Unique() && partOf(i, old.Name) }))
	add("set null", slices.ContainsFunc(x.before.ForeignKeys, func(f *ddlparse.ForeignKey) bool {
		return mentions(f.Columns, old.Name) && (f.OnDelete == "SET NULL" || f.OnUpdate == "SET NULL")
	}))
	add("stored", old.Generated != nil && old.Generated.Stored)
	add("loses clustered key", x.losesClusteredKey(old))
	add("in expression index", slices.ContainsFunc(x.before.Indexes, func(i *ddlparse.Index) bool {
		return slices.ContainsFunc(i.Parts, func(p ddlparse.Part) bool { return p.Column == "" && mentions(p.Columns, old.Name) })
	}))
	add("partitioning", x.before.Partitions != nil && mentions(x.before.Partitions.Columns, old.Name))
	add("members", old.Type.Name == "enum" || old.Type.Name == "set")
	add("depended on", x.dependedOn(old.Name))
	add("in foreign key", x.inForeignKey(old.Name))
	add("referenced", x.referenced(old.Name))
	add("checked", slices.ContainsFunc(x.before.Checks, func(c *ddlparse.Check) bool {
		return mentions(c.Columns, old.Name) && x.after.Check(c.Name) != nil // one that goes is no hindrance
	}))
	return fs
}

// losesClusteredKey reports whether the rows are ordered by a unique key that the column belongs to, and by
// none behind the statement.
func (x *statement) losesClusteredKey(c *ddlparse.Column) bool {
	k := clusteredKey(x.before)
	return k != nil && k.Kind == ddlparse.Unique && partOf(k, c.Name) && clusteredKey(x.after) == nil
}

// clusteredKey is the key by which InnoDB orders rows: the primary key, or else the first unique key
// without columns that take NULL.
func clusteredKey(t *ddlparse.Table) *ddlparse.Index {
	if k := t.PrimaryKey(); k != nil {
		return k
	}
	for _, i := range t.Indexes {
		if i.Kind == ddlparse.Unique && !slices.ContainsFunc(i.Parts, func(p ddlparse.Part) bool {
			c := t.Column(p.Column)
			return c == nil || !c.NotNull || p.Prefix > 0
		}) {
			return i
		}
	}
	return nil
}

// dependedOn reports whether a generated column is computed from the column.
func (x *statement) dependedOn(name string) bool {
	return slices.ContainsFunc(x.before.Columns, func(c *ddlparse.Column) bool {
		return c.Generated != nil && mentions(c.Generated.Columns, name)
	})
}

func (x *statement) inForeignKey(name string) bool {
	return slices.ContainsFunc(x.before.ForeignKeys, func(f *ddlparse.ForeignKey) bool {
		return mentions(f.Columns, name) && x.after.ForeignKey(f.Name) != nil
	})
}

func (x *statement) referenced(name string) bool {
	for _, f := range x.step.Before.Children(x.before.Name) {
		if mentions(f.ParentColumns, name) {
			return true
		}
	}
	return false
}

// restated reports whether a clause gives the column's definition, be it the same.
func (x *statement) restated(now *ddlparse.Column) bool {
	return slices.ContainsFunc(x.changes, func(c ddlparse.Change) bool {
		m, ok := c.(*ddlparse.ModifyColumn)
		return ok && m.New != nil && strings.EqualFold(m.New.Name, now.Name)
	})
}

// columnSpan is the clause that changes the column.
func (x *statement) columnSpan(now *ddlparse.Column) ddlparse.Span {
	for _, c := range x.changes {
		switch c := c.(type) {
		case *ddlparse.ModifyColumn:
			if c.New != nil && strings.EqualFold(c.New.Name, now.Name) {
				return c.Span
			}
		case *ddlparse.SetOptions:
			if c.Convert {
				return c.Span
			}
		}
	}
	return x.step.Statement.Span
}

// order adds moves of columns that stay: of stored and of virtual ones among themselves.
func (x *statement) order() {
	stored := x.sequence(x.before, false, x.kept)
	if now := x.sequence(x.after, false, x.oldName); len(stored) == len(now) && !slices.Equal(stored, now) {
		name, span := x.moved()
		x.add(name, span)
	}
	between := x.sequence(x.before, true, x.kept)
	now := x.sequence(x.after, true, x.oldName)
	switch {
	case len(between) == len(now) && !slices.Equal(between, now):
		_, span := x.moved()
		x.add("move virtual column", span)
	case len(now) > 0:
		if name, span := x.moved(); name == "shift virtual column" {
			x.add(name, span)
		}
	}
}

// sequence lists the columns of one sort by the names they had before, without new and dropped ones.
func (x *statement) sequence(t *ddlparse.Table, v bool, name func(string) string) (names []string) {
	for _, c := range t.Columns {
		if n := name(c.Name); n != "" && virtual(c) == v {
			names = append(names, strings.ToLower(n))
		}
	}
	return names
}

// kept is the name of a column of the table before that isn't dropped, "" otherwise.
func (x *statement) kept(name string) string {
	for _, c := range x.changes {
		if d, ok := c.(*ddlparse.DropColumn); ok && !d.Skipped && strings.EqualFold(d.Name, name) {
			return ""
		}
	}
	return name
}

// shiftsVirtual reports whether a virtual column that stays gets another place among all columns.
func (x *statement) shiftsVirtual() bool {
	if x.before == nil || x.after == nil {
		return false
	}
	for now, c := range x.after.Columns {
		if !virtual(c) {
			continue
		}
		old := x.oldName(c.Name)
		was := slices.IndexFunc(x.before.Columns, func(o *ddlparse.Column) bool { return strings.EqualFold(o.Name, old) })
		if was >= 0 && was != now {
			return true
		}
	}
	return false
}

// moved names the move of the first clause with FIRST or AFTER, and gives its place.
func (x *statement) moved() (string, ddlparse.Span) {
	for _, c := range x.changes {
		m, ok := c.(*ddlparse.ModifyColumn)
		if !ok || m.New == nil || !m.First && m.Behind == "" {
			continue
		}
		switch {
		case virtual(m.New):
			return "shift virtual column", m.Span
		case m.New.Generated != nil:
			return "move stored column", m.Span
		}
		return "move column", m.Span
	}
	return "move column", x.step.Statement.Span
}
