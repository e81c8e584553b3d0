package ddlparse

// insert reads INSERT and REPLACE from behind that word. Rows of VALUES are counted, not read.
func (r *reader) insert(verb string) {
	w := &Write{Verb: verb}
	w.Span = r.st.Span
	for !r.end() {
		switch r.acceptAny("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO") {
		case "IGNORE":
			w.Ignore = true
			continue
		case "":
		default:
			continue
		}
		break
	}
	w.Table = r.name()
	w.Tables = []Name{w.Table}
	if r.accept("PARTITION") {
		r.skipParens()
	}
	if r.isPunct("(") && !r.isQuery() {
		w.ColumnList = true
		if !r.isPunctAt(1, ")") {
			w.Columns, w.ColumnSpans = r.insertColumns()
		} else {
			r.i += 2
		}
	}
	r.insertSource(w)
	r.add(w)
	r.i = len(r.toks)
}

// insertColumns reads the column list, whose names may be qualified.
func (r *reader) insertColumns() (names []string, at []Span) {
	r.expectPunct("(")
	for !r.stuck {
		from := r.i
		names = append(names, r.columnName())
		at = append(at, r.span(from))
		if !r.acceptPunct(",") {
			break
		}
	}
	r.expectPunct(")")
	return names, at
}

func (r *reader) insertSource(w *Write) {
	r.lax = r.lax || !r.is("VALUES")
	switch {
	case r.acceptAny("VALUES", "VALUE") != "":
		w.Rows = r.countRows()
	case r.accept("SET"):
		w.ColumnList, w.Rows = true, 1
		w.Set = r.assignments()
		for _, a := range w.Set {
			w.Columns = append(w.Columns, a.Column)
			w.ColumnSpans = append(w.ColumnSpans, a.Span)
		}
	case r.isQuery():
		w.Select = true
		for _, n := range fromTables(r, r.toks[r.i:]) {
			w.Tables = appendName(w.Tables, n)
		}
		w.Where = r.whereClause(r.i)
		r.skipTo("ON")
	default:
		r.fail()
	}
	r.lax = r.lax || !r.end()
	for ; !r.end(); r.i++ {
		if r.is("ON", "DUPLICATE", "KEY", "UPDATE") {
			w.Upsert = true
			return
		}
	}
}

// skipTo goes to the next token that is that word, outside parentheses, or to the end.
func (r *reader) skipTo(keyword string) {
	for !r.end() && !(r.is(keyword) && r.isAt(1, "DUPLICATE")) {
		if r.isPunct("(") {
			r.skipParens()
			continue
		}
		r.i++
	}
}

func (r *reader) countRows() int {
	n := 0
	for r.isPunct("(") || r.acceptRow() {
		n++
		from := r.i
		if !r.skipParens() {
			r.stuck = len(r.toks) < maxSeedTokens // of a longer seed no more is kept
			break
		}
		r.lax = r.lax || !plainList(r.src, r.toks[from+1:r.i-1])
		if !r.acceptPunct(",") {
			break
		}
	}
	return n
}

// acceptRow goes past the word in VALUES ROW(…).
func (r *reader) acceptRow() bool {
	r.lax = r.lax || r.is("ROW")
	return r.accept("ROW")
}

// assignments reads a = b, c = d up to WHERE, ORDER, LIMIT, ON or the end.
func (r *reader) assignments() []Assignment {
	var list []Assignment
	for !r.end() {
		from := r.i
		column := r.columnName()
		if !r.acceptPunct("=") && !r.acceptPunct(":=") {
			r.fail()
			return list
		}
		at := r.i
		r.skipAssigned(at)
		list = append(list, Assignment{column, r.span(at).Text(), r.span(from)})
		if !r.acceptPunct(",") {
			break
		}
	}
	return list
}

// skipAssigned goes past the value of an assignment.
func (r *reader) skipAssigned(at int) {
	for !r.end() && !r.isPunct(",") && !endsAssignment[r.keyword(0)] {
		if r.isPunct("(") {
			r.skipParens()
			continue
		}
		r.i++
	}
	r.lax = r.lax || !plainList(r.src, r.toks[at:r.i])
}

var endsAssignment = wordSet("WHERE ORDER LIMIT ON RETURNING")

// update reads UPDATE from behind that word.
func (r *reader) update() {
	w := &Write{Verb: "UPDATE"}
	w.Span = r.st.Span
	for {
		m := r.acceptAny("LOW_PRIORITY", "IGNORE")
		if m == "" {
			break
		}
		w.Ignore = w.Ignore || m == "IGNORE"
	}
	from := r.i
	for !r.end() && !r.is("SET") {
		if r.isPunct("(") {
			r.skipParens()
			continue
		}
		r.i++
	}
	refs := &reader{src: r.src, toks: r.toks[from:r.i], db: r.db, st: r.st}
	w.Tables = refs.tableReferences(nil)
	r.lax = r.lax || refs.i < len(refs.toks)
	for _, n := range fromTables(r, r.toks[from:r.i]) {
		w.Tables = appendName(w.Tables, n)
	}
	if len(w.Tables) == 0 {
		r.fail()
		return
	}
	w.Table, w.Joined = w.Tables[0], len(w.Tables) > 1
	r.expect("SET")
	w.Set = r.assignments()
	for _, a := range w.Set {
		w.Columns = append(w.Columns, a.Column)
		w.ColumnSpans = append(w.ColumnSpans, a.Span)
	}
	r.finishWrite(w)
}

// delete reads DELETE from behind that word.
func (r *reader) delete() {
	w := &Write{Verb: "DELETE"}
	w.Span = r.st.Span
	for {
		m := r.acceptAny("LOW_PRIORITY", "QUICK", "IGNORE")
		if m == "" {
			break
		}
		w.Ignore = w.Ignore || m == "IGNORE"
	}
	if !r.is("FROM") { // DELETE t1, t2 FROM …
		for !r.end() && !r.is("FROM") {
			r.i++
		}
	}
	r.expect("FROM")
	w.Tables = r.tableReferences(nil)
	for !r.end() && !endsDelete[r.keyword(0)] {
		if r.accept("USING") || r.accept("JOIN") {
			for _, n := range r.tableReferences(nil) {
				w.Tables = appendName(w.Tables, n)
			}
			continue
		}
		r.lax = true
		r.i++
	}
	if len(w.Tables) == 0 {
		r.fail()
		return
	}
	w.Table, w.Joined = w.Tables[0], len(w.Tables) > 1
	r.finishWrite(w)
}

var endsDelete = wordSet("WHERE ORDER LIMIT RETURNING")

// finishWrite reads WHERE, ORDER BY and LIMIT, and adds the change.
func (r *reader) finishWrite(w *Write) {
	w.Where = r.whereClause(r.i)
	r.lax = r.lax || w.Joined || !r.plainWhere()
	for i := r.i; i < len(r.toks); i++ {
		if r.toks[i].kind == word && foldedEqual(r.text(i), "LIMIT") {
			w.Limit = true
		}
	}
	r.i = len(r.toks)
	r.add(w)
}

// plainWhere reports whether nothing but WHERE and a plain condition is left.
func (r *reader) plainWhere() bool {
	return r.end() || r.is("WHERE") && plainList(r.src, r.toks[r.i+1:])
}

// whereClause finds the condition of the outermost WHERE at or behind the token, without moving.
func (r *reader) whereClause(from int) Span {
	depth := 0
	for i := from; i < len(r.toks); i++ {
		t := r.toks[i]
		if t.kind == punct {
			switch r.src.Text[t.start] {
			case '(':
				depth++
			case ')':
				depth--
			}
			continue
		}
		if depth > 0 || t.kind != word || !foldedEqual(r.text(i), "WHERE") || i+1 >= len(r.toks) {
			continue
		}
		end := i + 1
		for inner := 0; end < len(r.toks); end++ {
			if r.toks[end].kind == punct {
				switch r.src.Text[r.toks[end].start] {
				case '(':
					inner++
				case ')':
					inner--
				}
			}
			if inner == 0 && r.toks[end].kind == word && endsWhere[upperWord(r.text(end))] {
				break
			}
		}
		return Span{r.src, r.toks[i+1].start, r.toks[end-1].end}
	}
	return Span{}
}

var endsWhere = wordSet("ORDER LIMIT GROUP HAVING RETURNING WINDOW")

// load reads LOAD DATA.
func (r *reader) load() {
	w := &Write{Verb: "LOAD"}
	w.Span = r.st.Span
	for !r.end() && !r.is("INTO", "TABLE") {
		w.Ignore = w.Ignore || r.is("IGNORE")
		r.i++
	}
	r.expect("INTO", "TABLE")
	w.Table = r.name()
	w.Tables = []Name{w.Table}
	r.i = len(r.toks)
	if !r.stuck {
		r.add(w)
	}
}
