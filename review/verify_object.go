package review

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// claimed is what a claim is about: a table, or a column, index or constraint of one.
type claimed struct {
	path      string // canonical: "orders", "orders.user_id"
	table     *ddlparse.Table
	member    string        // "" for the table
	gone      bool          // the change set dropped it
	stored    ddlparse.Span // the definition of a view or trigger; then there is no table
	span      ddlparse.Span
	statement *ddlparse.Statement
	content   string
}

// exists finds the object in the schema after the change set, or among what it dropped.
func (v *verifier) exists(c *candidate) bool {
	o, ok := c.question.plan.standing(c.Object)
	c.object = o
	return ok && !o.table.IsOpaque()
}

// standing finds an object as the change set leaves it, or among what it dropped.
func (p *Plan) standing(path string) (claimed, bool) {
	o, ok := find(p.Final, path)
	if !ok {
		o, ok = find(p.Start, path)
		o.gone = ok
	}
	if ok && !o.table.IsOpaque() {
		o.content = o.hash(p.Engine)
	}
	return o, ok
}

// find resolves a path in a schema: "table", "table.member", "view" or "trigger", with or without a database.
func find(s ddlparse.Schema, path string) (claimed, bool) {
	parts := splitPath(path)
	if len(parts) <= 2 {
		if v := s.View(nameOfParts(parts)); v != nil {
			return claimed{path: v.Name.String(), stored: v.Span}, true
		}
	}
	if o, ok := findInTable(s, parts); ok {
		return o, true
	}
	if t := s.Trigger(nameOfParts(parts[max(0, len(parts)-2):])); t != nil {
		return claimed{path: t.Name.String(), stored: t.Span}, true
	}
	return claimed{}, false
}

func findInTable(s ddlparse.Schema, parts []string) (claimed, bool) {
	for n := min(len(parts), 2); n > 0; n-- { // of them name the table
		if len(parts)-n > 1 {
			continue
		}
		t := s.Table(nameOfParts(parts[:n]))
		if t == nil {
			continue
		}
		o := claimed{path: t.Name.String(), table: t}
		if len(parts) == n {
			return o, true
		}
		if name := memberName(t, parts[n]); name != "" {
			o.member, o.path = name, o.path+"."+name
			return o, true
		}
	}
	return claimed{}, false
}

// splitPath splits at the dots outside of backquotes.
func splitPath(path string) []string {
	var parts []string
	var b strings.Builder
	quoted := false
	for _, r := range strings.TrimSpace(path) {
		switch {
		case r == '`':
			quoted = !quoted
		case r == '.' && !quoted:
			parts = append(parts, b.String())
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	return append(parts, b.String())
}

func nameOfParts(parts []string) ddlparse.Name {
	if len(parts) == 1 {
		return ddlparse.Name{Name: parts[0]}
	}
	return ddlparse.Name{Database: parts[0], Name: parts[1]}
}

// memberName is the name of a table's column, index or constraint as it is defined, "" for none.
func memberName(t *ddlparse.Table, name string) string {
	if c := t.Column(name); c != nil {
		return c.Name
	}
	if x := t.Index(name); x != nil {
		return x.Name
	}
	if f := t.ForeignKey(name); f != nil {
		return f.Name
	}
	if c := t.Check(name); c != nil {
		return c.Name
	}
	return ""
}

// touched: the statement that the model names has to do with the object, which gives the claim its place.
func (v *verifier) touched(c *candidate) bool {
	span, ok := c.question.plan.touch(c.subject.step, &c.object)
	c.object.span, c.object.statement = span, c.subject.step.Statement
	return ok
}

// touch is where a step has to do with an object.
func (p *Plan) touch(s *ddlparse.Step, o *claimed) (ddlparse.Span, bool) {
	for _, change := range s.Changes {
		at := change.At()
		if at.Skipped || !concerns(p, at, o.table) && o.stored.IsZero() {
			continue
		}
		if span, ok := o.place(p, change); ok {
			return span, true
		}
	}
	return ddlparse.Span{}, false
}

// concerns reports whether a change is about the table, which may get another name later.
func concerns(p *Plan, at *ddlparse.Clause, t *ddlparse.Table) bool {
	same := func(o *ddlparse.Table) bool {
		return o != nil && t != nil && (o == t || o.Origin == t.Origin && o.Origin > 0 || p.Final.Same(o.Name, t.Name))
	}
	return same(at.After) || same(at.Before)
}

// place is where the object stands in a change: the object's own span where the change defines it, else the
// clause that touches it.
func (o *claimed) place(p *Plan, change ddlparse.Change) (ddlparse.Span, bool) {
	if !o.stored.IsZero() {
		return o.stored, change.At().Span == o.stored || change.At().Span.Contains(o.stored) || o.stored.Contains(change.At().Span)
	}
	if o.member == "" {
		return o.tablePlace(change), true
	}
	if o.gone {
		return change.At().Span, drops(change, o.member)
	}
	clause := change.At().Span
	for _, own := range o.definitions(p.FirstStep) {
		if clause.Contains(own) {
			return own, true
		}
	}
	return ddlparse.Span{}, false
}

// tablePlace is the name in CREATE TABLE, or the clause.
func (o *claimed) tablePlace(change ddlparse.Change) ddlparse.Span {
	if c, ok := change.(*ddlparse.CreateTable); ok && c.New != nil && !c.New.NameSpan.IsZero() {
		return c.New.NameSpan
	}
	return change.At().Span
}

// drops reports whether a change takes a member of its table away.
func drops(change ddlparse.Change, member string) bool {
	var name string
	switch c := change.(type) {
	case *ddlparse.DropColumn:
		name = c.Name
	case *ddlparse.DropIndex:
		name = c.Name
	case *ddlparse.DropForeignKey:
		name = c.Name
	case *ddlparse.DropCheck:
		name = c.Name
	case *ddlparse.ModifyColumn:
		name = c.Name
	case *ddlparse.DropTable:
		return true
	}
	return strings.EqualFold(name, member)
}

// definitions are the places where the change set wrote the member, or a key or check of it; the nearest first.
func (o *claimed) definitions(first int) []ddlparse.Span {
	t, name := o.table, o.member
	var spans []ddlparse.Span
	add := func(defined int, s ddlparse.Span) {
		if defined >= first && !s.IsZero() {
			spans = append(spans, s)
		}
	}
	named := func(list []string) bool {
		return slices.ContainsFunc(list, func(n string) bool { return strings.EqualFold(n, name) })
	}
	if c := t.Column(name); c != nil {
		add(c.Defined, c.Span)
	}
	for _, x := range t.Indexes {
		if strings.EqualFold(x.Name, name) || named(x.Columns()) {
			add(x.Defined, x.Span)
		}
	}
	for _, f := range t.ForeignKeys {
		if strings.EqualFold(f.Name, name) || named(f.Columns) {
			add(f.Defined, f.Span)
		}
	}
	for _, c := range t.Checks {
		if strings.EqualFold(c.Name, name) || named(c.Columns) {
			add(c.Defined, c.Span)
		}
	}
	return spans
}

// hash is of the object's definition: of a table all of it, of a column its own and that of the keys and
// checks that name it.
func (o *claimed) hash(e ddlparse.Engine) string {
	ddl := dense(o.stored.Text())
	if o.table != nil {
		ddl = o.table.DDL(e)
	}
	h := sha256.New()
	if o.gone {
		h.Write([]byte("dropped\n"))
	}
	quoted := "`" + strings.ReplaceAll(o.member, "`", "``") + "`"
	for line := range strings.Lines(ddl) {
		if o.member == "" || strings.Contains(line, quoted) {
			h.Write([]byte(strings.TrimRight(line, ",\n") + "\n"))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
