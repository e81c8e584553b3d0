package ddlparse

// call applies the SQL that a procedure makes of the arguments of a call. It reports whether all of that
// SQL is known: parts that hang on something else leave the call unanalyzable.
func (a *applier) call(c *Unanalyzable, p *Routine) bool {
	o := lexOptions{engine: a.engine}
	src := p.Span.Source
	toks := tokenize(src, p.Span.Start, p.Span.End, o)
	h := hider{src: src, toks: toks, o: o, verb: -1, call: c.Span, texts: bind(parameters(src, toks), c.Arguments)}
	h.walk()
	f := &fileParser{src: c.Span.Source, options: ParseOptions{Engine: a.engine}, lex: o, db: p.Name.Database}
	known := false
	for _, piece := range h.found {
		if piece.bound { // the others were applied with the definition
			a.hidden(f.inner(piece))
			known = true
		}
	}
	return known && !h.unknown
}

// bind gives each parameter the text of its argument; those whose text isn't known are left out.
func bind(names, arguments []string) map[string]string {
	texts := map[string]string{}
	for i, name := range names[:min(len(names), len(arguments))] {
		if arguments[i] != "" {
			texts[fold(name)] = arguments[i]
		}
	}
	return texts
}

// parameters are the names of a procedure's parameters, in order.
func parameters(src *Source, toks []token) []string {
	var names []string
	depth, next := 0, false
	for _, t := range toks {
		switch {
		case t.isPunct(src, "("):
			depth++
			next = depth == 1
		case t.isPunct(src, ")"):
			if depth--; depth == 0 {
				return names
			}
		case t.isPunct(src, ","):
			next = depth == 1
		case next && (t.kind == word || t.kind == quoted) && !isOneOf(t.text(src), "IN", "OUT", "INOUT"):
			names = append(names, unquote(t.text(src), false))
			next = false
		}
	}
	return names
}
