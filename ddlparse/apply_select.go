package ddlparse

// selected gives a table the columns of CREATE TABLE … SELECT, behind those that it defines itself.
// Only lists of plain columns and * over known tables are followed; anything else leaves the table opaque.
func (a *applier) selected(t *Table, c *CreateTable) {
	toks := tokenize(c.Select.Source, c.Select.Start, c.Select.End, lexOptions{engine: a.engine})
	toks = withoutComments(toks)
	items, ok := selectList(c.Select.Source, toks)
	if !ok || len(c.SelectFrom) != 1 {
		t.Opaque = c.Span
		return
	}
	from := a.table(c.SelectFrom[0])
	if !from.Known() {
		a.problem(a.missing(c.SelectFrom[0], 1146, c.Span))
		t.Opaque = c.Span
		return
	}
	for _, item := range items {
		if item.star {
			for _, col := range from.Columns {
				t.addSelected(col, col.Name, c.Span)
			}
			continue
		}
		col := from.Column(item.column)
		if col == nil {
			t.Opaque = c.Span
			return
		}
		t.addSelected(col, item.name, c.Span)
	}
}

// addSelected adds a copy of a selected column: type, NULL, DEFAULT and comment, without keys, AUTO_INCREMENT and
// generation. A column that the table defines itself keeps its definition.
func (t *Table) addSelected(from *Column, name string, at Span) {
	if t.Column(name) != nil {
		return
	}
	n := *from
	n.Name, n.Span, n.NameSpan, n.TypeSpan = name, at, at, at
	n.Attributes = nil
	n.ExplicitCharset, n.ExplicitCollation = from.Charset, from.Collation
	n.Generated, n.Invisible = nil, false
	if n.AutoIncrement {
		n.AutoIncrement = false
		n.Default = &Default{Kind: DefaultNumber, Text: "0", Span: at, Implicit: true}
	}
	t.Columns = append(t.Columns, &n)
}

type selectItem struct {
	star         bool
	column, name string
}

// selectList reads SELECT a, t.b AS c, * FROM …; false for anything but plain columns.
func selectList(src *Source, toks []token) (items []selectItem, ok bool) {
	r := &reader{src: src, toks: toks, st: &Statement{}}
	r.acceptPunct("(")
	if !r.accept("SELECT") {
		return nil, false
	}
	for {
		item := selectItem{}
		if r.acceptPunct("*") {
			item.star = true
		} else {
			item.column = r.ident()
			for r.acceptPunct(".") {
				if r.acceptPunct("*") {
					item.star = true
					break
				}
				item.column = r.ident()
			}
			item.name = item.column
			if r.accept("AS") || r.isIdent() && !r.is("FROM") {
				item.name = r.ident()
			}
		}
		items = append(items, item)
		if !r.acceptPunct(",") {
			break
		}
	}
	return items, r.is("FROM") && !r.stuck && !r.hasAny(map[string]bool{"UNION": true, "JOIN": true, "GROUP": true})
}

func withoutComments(toks []token) []token {
	kept := toks[:0]
	for _, t := range toks {
		if t.kind != comment {
			kept = append(kept, t)
		}
	}
	return kept
}
