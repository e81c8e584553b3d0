package ddlparse

// TableSpan is the place of the written table's name, zero where it isn't found.
func (w *Write) TableSpan() Span {
	r := w.reread()
	for !r.end() {
		if r.acceptAny("INSERT", "REPLACE", "UPDATE", "DELETE", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK", "IGNORE", "INTO", "FROM") != "" {
			continue
		}
		from := r.i
		r.name()
		if r.stuck || r.i == from {
			return Span{}
		}
		return r.span(from)
	}
	return Span{}
}

// Reads lists the tables that the query of INSERT … SELECT reads in its outermost FROM. Whole says
// that every row of theirs counts: there is no WHERE, LIMIT, HAVING or aggregate.
func (w *Write) Reads() (tables []Name, whole bool) {
	if !w.Select {
		return nil, false
	}
	r := w.reread()
	whole = w.Where.IsZero()
	for !r.end() && !r.is("ON", "DUPLICATE") {
		switch {
		case r.isPunct("("):
			whole = whole && !(r.i > 0 && isAggregate[upperWord(r.text(r.i-1))])
			r.skipParens()
		case r.accept("FROM"), r.accept("JOIN"), r.accept("STRAIGHT_JOIN"):
			if !r.isPunct("(") { // not a derived table
				tables = r.tableReferences(tables)
			}
		default:
			whole = whole && !limitsRows[r.keyword(0)]
			r.i++
		}
	}
	return tables, whole
}

var (
	isAggregate = wordSet("MAX MIN COUNT SUM AVG")
	limitsRows  = wordSet("LIMIT FETCH HAVING EXCEPT INTERSECT")
)

// reread gives a reader at the start of the statement. Names in it without a database are in the
// one that the table's name was read in.
func (w *Write) reread() *reader {
	var toks []token
	for _, t := range tokenize(w.Span.Source, w.Span.Start, w.Span.End, lexOptions{engine: DefaultEngine()}) {
		if t.kind != comment {
			toks = append(toks, t)
		}
	}
	return &reader{src: w.Span.Source, toks: toks, engine: DefaultEngine(), db: w.Table.Database, st: &Statement{Span: w.Span}}
}
