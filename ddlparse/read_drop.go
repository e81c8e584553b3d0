package ddlparse

// dropTable reads the rest of DROP [TEMPORARY] TABLE.
func (r *reader) dropTables(temporary bool) {
	ifExists := r.ifExists("")
	for !r.stuck {
		from := r.i
		c := &DropTable{IfExists: ifExists, Temporary: temporary}
		c.Table = r.name()
		c.Span = r.listSpan(from)
		r.add(c)
		if !r.acceptPunct(",") {
			break
		}
	}
	r.acceptAny("RESTRICT", "CASCADE")
	r.waitClause("drop-table-wait")
}

// waitClause reads MariaDB's WAIT n and NOWAIT.
func (r *reader) waitClause(feature string) bool {
	from := r.i
	switch r.acceptAny("WAIT", "NOWAIT") {
	case "":
		return false
	case "WAIT":
		r.numberText()
	}
	r.feature(feature, from)
	return true
}

// listSpan is the statement for the first name of a list, the name itself for the others.
func (r *reader) listSpan(from int) Span {
	if len(r.st.Changes) == 0 {
		return r.st.Span
	}
	return r.span(from)
}

func (r *reader) dropViews() {
	ifExists := r.ifExists("")
	for !r.stuck {
		from := r.i
		c := &DropView{IfExists: ifExists}
		c.Table = r.name()
		c.Span = r.listSpan(from)
		r.add(c)
		if !r.acceptPunct(",") {
			break
		}
	}
	r.acceptAny("RESTRICT", "CASCADE")
}

// dropIndex reads DROP INDEX name ON table.
func (r *reader) dropIndex() {
	c := &DropIndex{IfExists: r.ifExists("drop-index-if-exists"), Name: r.ident()}
	c.Span = r.st.Span
	if !r.expect("ON") {
		return
	}
	c.Table = r.name()
	r.add(c)
	r.algorithmAndLock(c.Table)
}

// algorithmAndLock reads the options at the end of CREATE INDEX and DROP INDEX.
func (r *reader) algorithmAndLock(table Name) {
	for !r.end() {
		from := r.i
		before := len(r.st.Changes)
		if r.waitClause("wait-nowait") {
			continue
		}
		if !r.is("ALGORITHM") && !r.is("LOCK") || !r.alterMode() {
			r.fail()
			return
		}
		for _, c := range r.st.Changes[before:] {
			c.At().Span, c.At().Table = r.span(from), table
		}
	}
}

// renameTables reads RENAME TABLE a TO b, c TO d from behind TABLE.
func (r *reader) renameTables() {
	if r.i > 0 && foldedEqual(r.text(r.i-1), "TABLES") {
		r.feature("rename-tables", r.i-1)
	}
	ifExists := r.ifExists("rename-table-if-exists")
	for !r.stuck {
		from := r.i
		c := &RenameTable{IfExists: ifExists}
		c.Table = r.name()
		if r.accept("WAIT") {
			r.numberText()
		}
		r.expect("TO")
		c.To = r.name()
		c.Span = r.span(from)
		r.add(c)
		if !r.acceptPunct(",") {
			break
		}
	}
}

// createIndex reads CREATE [kind] INDEX from the word INDEX on.
func (r *reader) createIndex(kind IndexKind, orReplace bool) {
	r.expect("INDEX")
	c := &AddIndex{OrReplace: orReplace, IfNotExists: r.ifNotExists("create-index-if-not-exists")}
	x := &Index{Kind: kind, Name: r.newIdent(), Named: true}
	if r.stuck {
		return
	}
	x.NameSpan = r.tokenSpan(r.i - 1)
	r.indexType(x)
	r.expect("ON")
	c.Table = r.name()
	r.indexParts(x)
	r.indexOptions(x)
	x.Span, c.Span = r.st.Span, r.st.Span
	c.Index = x
	r.add(c)
	r.algorithmAndLock(c.Table)
}
