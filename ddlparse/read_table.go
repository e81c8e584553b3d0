package ddlparse

// createTable reads CREATE TABLE from behind the word TABLE.
func (r *reader) createTable(c *CreateTable) {
	c.IfNotExists = r.ifNotExists("")
	at := r.i
	c.Table = r.name()
	t := c.New
	t.Name = c.Table
	t.NameSpan = r.span(at)
	t.Span = r.st.Span
	switch {
	case r.accept("LIKE"):
		c.Like = r.name()
		return
	case r.isPunct("(") && r.isAt(1, "LIKE"):
		r.i += 2
		c.Like = r.name()
		r.expectPunct(")")
		return
	}
	if r.isPunct("(") && !r.isAt(1, "SELECT") && !r.isAt(1, "WITH") && !r.isPunctAt(1, "(") {
		r.tableItems(t)
	}
	r.tableOptions(&t.Options)
	if r.is("PARTITION", "BY") {
		t.Partitions = r.partitionBy()
	}
	r.tableSelect(c)
}

// tableItems reads the parenthesised list of columns, keys and constraints.
func (r *reader) tableItems(t *Table) {
	r.i++
	k := inlineKeys{}
	for !r.stuck {
		if r.isTableConstraint() {
			addConstraint(t, r.tableConstraint())
		} else {
			t.Columns = append(t.Columns, r.columnDefinition(&k))
		}
		if !r.acceptPunct(",") {
			break
		}
		r.limit(len(t.Columns), len(t.Indexes)+len(k.indexes), len(t.Checks)+len(t.ForeignKeys)+len(k.checks)+len(k.foreign))
	}
	r.expectPunct(")")
	// Keys in column definitions come first, as the servers number them.
	t.Indexes = append(k.indexes, t.Indexes...)
	t.ForeignKeys = append(k.foreign, t.ForeignKeys...)
	t.Checks = append(k.checks, t.Checks...)
}

func addConstraint(t *Table, c constraint) {
	switch {
	case c.index != nil:
		t.Indexes = append(t.Indexes, c.index)
	case c.foreign != nil:
		t.ForeignKeys = append(t.ForeignKeys, c.foreign)
	case c.check != nil:
		t.Checks = append(t.Checks, c.check)
	}
}

// tableSelect reads [IGNORE | REPLACE] [AS] query.
func (r *reader) tableSelect(c *CreateTable) {
	r.acceptAny("IGNORE", "REPLACE")
	r.accept("AS")
	if r.end() {
		return
	}
	if !r.isQuery() {
		r.fail()
		return
	}
	from := r.i
	c.SelectFrom = fromTables(r, r.toks[r.i:])
	r.i = len(r.toks)
	c.Select = r.span(from)
}

// isQuery reports whether a query is ahead.
func (r *reader) isQuery() bool {
	if r.isPunct("(") {
		i := 0
		for r.isPunctAt(i, "(") {
			i++
		}
		return r.isAt(i, "SELECT") || r.isAt(i, "WITH") || r.isAt(i, "TABLE") || r.isAt(i, "VALUES")
	}
	return r.is("SELECT") || r.is("WITH") || r.is("TABLE") || r.is("VALUES")
}
