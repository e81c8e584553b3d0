package ddlparse

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pingcap/tidb/pkg/parser/ast"
	"github.com/pingcap/tidb/pkg/parser/format"
)

// comparer compares what the reader made of statements with the TiDB parser's syntax trees, and counts.
type comparer struct {
	judge                               *judge
	text                                string // of the statement, as the judge sees it
	st                                  *Statement
	statements, parsed, elements, exact int
	misses                              []string
}

// statement compares one statement; those that the TiDB parser refuses prove nothing.
func (p *comparer) statement(st *Statement) {
	p.statements++
	src := st.Span.Source
	toks := tokenize(src, st.Span.Start, st.Span.End, p.judge.o)
	node, err := p.judge.parse(src, st.Span, toks, nil)
	if err != nil {
		return
	}
	p.parsed++
	p.text, _ = judged(src, st.Span, toks, nil)
	p.st = st
	if st.NotUnderstood != "" {
		p.element("statement", "not understood: "+st.NotUnderstood)
		return
	}
	switch n := node.(type) {
	case *ast.CreateTableStmt:
		p.createTable(n)
	case *ast.AlterTableStmt:
		p.alterTable(n)
	default:
		if want := digestStatement(node); want != "" {
			p.element("statement", unequal("changes", digestChanges(st.Changes), want))
		}
	}
}

// element counts a column, key, clause or option; each check is empty or says what is wrong.
func (p *comparer) element(what string, checks ...string) {
	p.elements++
	wrong := slices.DeleteFunc(checks, func(s string) bool { return s == "" })
	if len(wrong) == 0 {
		p.exact++
		return
	}
	p.misses = append(p.misses, fmt.Sprintf("%s: %s: %s\n\t%s", p.st.Span, what, strings.Join(wrong, "; "), firstBytes(p.st.Text(), 300)))
}

func firstBytes(s string, n int) string { return s[:min(len(s), n)] }

func unequal(what, got, want string) string {
	if got == want {
		return ""
	}
	return fmt.Sprintf("%s: got %s, want %s", what, got, want)
}

// same parses a span's text alone, in a frame, and compares what pick takes out of it.
func (p *comparer) same(what string, s Span, frame, want string, pick func(ast.StmtNode) string) string {
	if !p.st.Span.Contains(s) {
		return what + ": the span " + s.String() + " is not in the statement"
	}
	text := p.cut(s)
	nodes, err := p.judge.ask(strings.Replace(frame, "%s", text, 1))
	if err != nil || len(nodes) != 1 {
		return fmt.Sprintf("%s: %q doesn't parse alone: %v", what, text, err)
	}
	return unequal(what+" "+text, pick(nodes[0]), want)
}

// cut is the text of a span as the judge sees it.
func (p *comparer) cut(s Span) string {
	if s.IsZero() {
		return ""
	}
	return p.text[s.Start-p.st.Span.Start : s.End-p.st.Span.Start]
}

const restoreFlags = format.DefaultRestoreFlags | format.RestoreStringEscapeBackslash | format.RestoreStringWithoutDefaultCharset

func restore(n interface {
	Restore(*format.RestoreCtx) error
},
) string {
	var b strings.Builder
	if err := n.Restore(format.NewRestoreCtx(restoreFlags, &b)); err != nil {
		return err.Error()
	}
	return b.String()
}

func restoreAll[N interface {
	Restore(*format.RestoreCtx) error
}](list []N) string {
	var b []string
	for _, n := range list {
		b = append(b, restore(n))
	}
	return strings.Join(b, " | ")
}

func (p *comparer) createTable(n *ast.CreateTableStmt) {
	c, ok := soleChange[*CreateTable](p.st)
	if !ok {
		p.element("statement", "is no CreateTable")
		return
	}
	t := c.New
	if len(t.Columns) != len(n.Cols) {
		p.element("columns", fmt.Sprintf("got %d, want %d", len(t.Columns), len(n.Cols)))
		return
	}
	for i, d := range n.Cols {
		p.element("column "+d.Name.Name.O, p.column(t.Columns[i], d)...)
	}
	if wrong := unequal("inline", digestInline(t), digestInlineOptions(n.Cols)); wrong != "" {
		p.element("inline keys", wrong)
	}
	p.constraints(tableConstraints(t), n.Constraints)
	p.options(t.Options.Spans, n.Options)
	if n.Partition != nil && t.Partitions != nil {
		p.element("partitions", p.same("clause", t.Partitions.Span, "CREATE TABLE t (a int) %s", restore(n.Partition), func(s ast.StmtNode) string {
			return restore(s.(*ast.CreateTableStmt).Partition)
		}))
	} else if (n.Partition == nil) != (t.Partitions == nil) {
		p.element("partitions", "only one of both has them")
	}
}

func soleChange[C Change](st *Statement) (c C, ok bool) {
	if len(st.Changes) == 1 {
		c, ok = st.Changes[0].(C)
	}
	return c, ok
}

// column compares values and places of a column.
func (p *comparer) column(c *Column, d *ast.ColumnDef) []string {
	checks := []string{
		unequal("column", digestColumn(c), digestColumnDef(d)),
		unequal("name", unquote(c.NameSpan.Text(), false), d.Name.Name.O),
		p.same("definition", c.Span, "CREATE TABLE t (%s)", restore(d), func(s ast.StmtNode) string {
			return restoreAll(s.(*ast.CreateTableStmt).Cols)
		}),
		p.same("type", c.TypeSpan, "CREATE TABLE t (c %s "+p.cut(c.Attribute("CHARACTER SET"))+")", digestType(d.Tp), func(s ast.StmtNode) string {
			return digestType(s.(*ast.CreateTableStmt).Cols[0].Tp)
		}),
		p.attributes(c, d),
		p.covered(c),
	}
	if c.Default != nil {
		checks = append(checks, p.same("default", c.Default.Span, "CREATE TABLE t (c text DEFAULT %s)", restoreOption(d, ast.ColumnOptionDefaultValue), func(s ast.StmtNode) string {
			return restoreOption(s.(*ast.CreateTableStmt).Cols[0], ast.ColumnOptionDefaultValue)
		}))
	}
	return checks
}

func restoreOption(d *ast.ColumnDef, kind ast.ColumnOptionType) string {
	found := ""
	for _, o := range d.Options {
		if o.Tp == kind {
			found = restore(o) // the last one holds
		}
	}
	return found
}

// attributes parses each attribute alone: together they must give all options of the column.
func (p *comparer) attributes(c *Column, d *ast.ColumnDef) string {
	var got []string
	kind := p.cut(c.TypeSpan)
	if strings.EqualFold(kind, "SERIAL") {
		kind, got = "bigint", []string{"NOT NULL | AUTO_INCREMENT | UNIQUE KEY"}
	}
	for _, a := range c.Attributes {
		wrong := p.same(a.Keyword, a.Span, "CREATE TABLE t (c "+kind+" %s)", "", func(s ast.StmtNode) string {
			if options := restoreAll(s.(*ast.CreateTableStmt).Cols[0].Options); options != "" {
				got = append(got, options)
			}
			return ""
		})
		if wrong != "" {
			return wrong
		}
	}
	return unequal("attributes", strings.Join(got, " | "), restoreAll(d.Options))
}

// covered reports the first token of a column that doesn't belong to exactly one of its parts.
func (p *comparer) covered(c *Column) string {
	parts := []Span{c.NameSpan, c.TypeSpan}
	for _, a := range c.Attributes {
		parts = append(parts, a.Span)
	}
	for _, t := range tokenize(c.Span.Source, c.Span.Start, c.Span.End, p.judge.o) {
		if t.kind == comment || t.start < c.NameSpan.Start { // a qualified name
			continue
		}
		n := 0
		for _, s := range parts {
			if s.Start <= t.start && t.end <= s.End {
				n++
			}
		}
		if n != 1 {
			return fmt.Sprintf("%q belongs to %d parts", t.text(c.Span.Source), n)
		}
	}
	return ""
}

// item is a table item that is no column, or a clause of ALTER TABLE.
type item struct {
	span    Span
	column  *Column
	index   *Index
	foreign *ForeignKey
	check   *Check
	change  Change
	option  bool // one option of several
}

// tableConstraints are the keys and constraints that aren't part of a column, in the order of the source.
func tableConstraints(t *Table) []item {
	var items []item
	for _, x := range t.Indexes {
		if !x.Inline {
			items = append(items, item{span: x.Span, index: x})
		}
	}
	for _, f := range t.ForeignKeys {
		if !f.Inline {
			items = append(items, item{span: f.Span, foreign: f})
		}
	}
	for _, c := range t.Checks {
		if c.Column == "" {
			items = append(items, item{span: c.Span, check: c})
		}
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.span.Start, b.span.Start) })
	return items
}

func (p *comparer) constraints(got []item, want []*ast.Constraint) {
	if len(got) != len(want) {
		p.element("constraints", fmt.Sprintf("got %d, want %d", len(got), len(want)))
		return
	}
	for i, c := range want {
		checks := append(p.constraint(got[i], c), p.same("definition", got[i].span, "CREATE TABLE t (%s)", restore(c), func(s ast.StmtNode) string {
			return restoreAll(s.(*ast.CreateTableStmt).Constraints)
		}))
		p.element("constraint", checks...)
	}
}

// constraint compares the values of a constraint, and the places of its parts.
func (p *comparer) constraint(i item, c *ast.Constraint) []string {
	checks := []string{unequal("constraint", digestItem(i), digestConstraint(c))}
	if i.index != nil && len(i.index.Parts) == len(c.Keys) {
		checks = append(checks, p.parts(i.index, c.Keys)...)
	}
	if i.foreign != nil && c.Refer != nil {
		checks = append(checks, p.same("parent", i.foreign.ParentSpan, "CREATE TABLE t (c int %s)", restore(c.Refer), func(s ast.StmtNode) string {
			return restore(s.(*ast.CreateTableStmt).Cols[0].Options[0].Refer)
		}))
	}
	return checks
}

func (p *comparer) parts(x *Index, keys []*ast.IndexPartSpecification) []string {
	var checks []string
	for i, k := range keys {
		checks = append(checks, p.same("part", x.Parts[i].Span, "CREATE TABLE t (KEY (%s))", restore(k), func(s ast.StmtNode) string {
			return restoreAll(s.(*ast.CreateTableStmt).Constraints[0].Keys)
		}))
	}
	return checks
}

// options compares the options of CREATE TABLE; of an option that is written twice, the last counts.
func (p *comparer) options(spans map[string]Span, want []*ast.TableOption) {
	got := sortedSpans(spans)
	want = lastOptions(want)
	if len(got) != len(want) {
		p.element("options", fmt.Sprintf("got %d, want %d: %s", len(got), len(want), restoreAll(want)))
		return
	}
	for i, o := range want {
		p.element("option", p.same("option", got[i], "CREATE TABLE t (a int) %s", restore(o), func(s ast.StmtNode) string {
			return restoreAll(s.(*ast.CreateTableStmt).Options)
		}))
	}
}

func sortedSpans(spans map[string]Span) []Span {
	var list []Span
	for _, s := range spans {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

func lastOptions(all []*ast.TableOption) []*ast.TableOption {
	var list []*ast.TableOption
	for i, o := range all {
		if !slices.ContainsFunc(all[i+1:], func(later *ast.TableOption) bool { return later.Tp == o.Tp }) {
			list = append(list, o)
		}
	}
	return list
}

// alterTable pairs clauses with specifications: one to one, but for table options, which are paired
// each, and ADD (…), whose columns and constraints are.
func (p *comparer) alterTable(n *ast.AlterTableStmt) {
	clauses := alterItems(p.st.Changes)
	for _, spec := range n.Specs {
		count := 1
		switch {
		case spec.Tp == ast.AlterTableOption && !convertsCharset(spec):
			count = len(lastOptions(spec.Options))
		case spec.Tp == ast.AlterTableAddColumns:
			count = len(spec.NewColumns) + len(spec.NewConstraints)
		}
		if count > len(clauses) {
			p.element("clauses", fmt.Sprintf("none left for %s", restore(spec)))
			return
		}
		p.clause(clauses[:count], spec)
		clauses = clauses[count:]
	}
	if len(clauses) > 0 {
		p.element("clauses", fmt.Sprintf("%d more than specifications", len(clauses)))
	}
}

func convertsCharset(s *ast.AlterTableSpec) bool {
	return len(s.Options) > 0 && s.Options[0].UintValue == ast.TableOptionCharsetWithConvertTo
}

// alterItems are the clauses of ALTER TABLE: what stood in column definitions belongs to those.
func alterItems(changes []Change) []item {
	var items []item
	for _, c := range changes {
		i := item{span: c.At().Span, change: c}
		switch c := c.(type) {
		case *AddColumn:
			i.column = c.Column
		case *ModifyColumn:
			i.column = c.New
		case *AddIndex:
			i.index = c.Index
		case *AddForeignKey:
			i.foreign = c.Key
		case *AddCheck:
			i.check = c.Check
		case *SetOptions:
			if !c.Convert {
				for _, s := range sortedSpans(c.Options.Spans) {
					items = append(items, item{span: s, change: c, option: true})
				}
				continue
			}
		}
		if i.index != nil && i.index.Inline || i.foreign != nil && i.foreign.Inline || i.check != nil && i.check.Column != "" {
			continue
		}
		items = append(items, i)
	}
	return items
}

func (p *comparer) clause(got []item, spec *ast.AlterTableSpec) {
	if spec.Tp == ast.AlterTableAddColumns && !strings.EqualFold(firstBytes(got[0].span.Text(), 3), "ADD") {
		p.addList(got, spec)
		return
	}
	if got[0].option {
		for i, o := range lastOptions(spec.Options) {
			p.element("option", p.same("clause", got[i].span, "ALTER TABLE t %s", restore(o), func(s ast.StmtNode) string {
				return restoreAll(s.(*ast.AlterTableStmt).Specs[0].Options)
			}))
		}
		return
	}
	checks := []string{
		unequal("change", digestChange(got[0].change), digestSpec(spec)),
		p.same("clause", got[0].span, "ALTER TABLE t %s", restore(spec), func(s ast.StmtNode) string {
			return restoreAll(s.(*ast.AlterTableStmt).Specs)
		}),
	}
	if len(spec.NewColumns) == 1 && got[0].column != nil {
		checks = append(checks, p.column(got[0].column, spec.NewColumns[0])...)
	}
	if spec.Tp == ast.AlterTableAddConstraint {
		checks = append(checks, p.constraint(got[0], spec.Constraint)...)
	}
	p.element("clause", checks...)
}

// addList compares ADD (column, …, key, …), whose columns come first in the syntax tree.
func (p *comparer) addList(got []item, spec *ast.AlterTableSpec) {
	var columns, constraints []item
	for _, i := range got {
		if i.column != nil {
			columns = append(columns, i)
		} else {
			constraints = append(constraints, i)
		}
	}
	if len(columns) != len(spec.NewColumns) {
		p.element("columns", fmt.Sprintf("got %d, want %d", len(columns), len(spec.NewColumns)))
		return
	}
	for i, d := range spec.NewColumns {
		p.element("column "+d.Name.Name.O, p.column(columns[i].column, d)...)
	}
	slices.SortFunc(constraints, func(a, b item) int { return cmp.Compare(a.span.Start, b.span.Start) })
	p.constraints(constraints, spec.NewConstraints)
}
