package ddlparse

// partitionBy reads PARTITION BY … with its partition definitions.
func (r *reader) partitionBy() *Partitioning {
	from := r.i
	r.lax = true
	if !r.expect("PARTITION", "BY") {
		return nil
	}
	p := r.partitionMethod()
	if r.accept("PARTITIONS") {
		p.Count = r.integer()
	}
	if r.accept("SUBPARTITION", "BY") {
		p.Sub = r.partitionMethod()
		if r.accept("SUBPARTITIONS") {
			p.Sub.Count = r.integer()
		}
	}
	if r.isPunct("(") {
		p.Parts = r.partitions()
		p.Count = len(p.Parts)
	}
	p.Span = r.span(from)
	return p
}

func (r *reader) partitionMethod() *Partitioning {
	p := &Partitioning{}
	linear := ""
	if r.accept("LINEAR") {
		linear = "LINEAR "
	}
	switch {
	case r.accept("HASH"):
		p.Method = linear + "HASH"
	case r.accept("KEY"):
		p.Method = linear + "KEY"
		if r.accept("ALGORITHM") {
			r.expectPunct("=")
			r.integer()
		}
	case r.accept("RANGE"):
		p.Method = "RANGE"
	case r.accept("LIST"):
		p.Method = "LIST"
	case r.accept("SYSTEM_TIME"):
		p.Method = "SYSTEM_TIME"
		r.feature("system-versioning", r.i-1)
		for !r.end() && !r.isPunct("(") && !r.is("PARTITIONS") {
			r.i++
		}
		return p
	default:
		r.fail()
		return p
	}
	if r.accept("COLUMNS") {
		p.Method += " COLUMNS"
	}
	at := r.i
	inside := r.parens()
	if r.stuck {
		return p
	}
	p.Columns = exprColumns(r.src, r.toks[at+1:r.i-1])
	p.ColumnsSpan = r.span(at)
	if p.Method == "HASH" || p.Method == "LINEAR HASH" || p.Method == "RANGE" || p.Method == "LIST" {
		p.Expr = inside.Text()
	}
	return p
}

// partitions reads (PARTITION p0 VALUES …, …).
func (r *reader) partitions() []Partition {
	var parts []Partition
	r.expectPunct("(")
	for !r.stuck {
		parts = append(parts, r.partition())
		if !r.acceptPunct(",") {
			break
		}
	}
	r.expectPunct(")")
	return parts
}

func (r *reader) partition() Partition {
	from := r.i
	r.expect("PARTITION")
	p := Partition{Name: r.ident()}
	at := r.i
	switch {
	case r.accept("VALUES", "LESS", "THAN"):
		if !r.accept("MAXVALUE") {
			r.skipParens()
		}
		p.Values = r.span(at + 1).Text()
	case r.accept("VALUES", "IN"):
		r.skipParens()
		p.Values = r.span(at + 1).Text()
	case r.accept("DEFAULT"): // MariaDB and TiDB: PARTITION p DEFAULT
		p.Values = "DEFAULT"
		r.feature("partition-list-default", at)
	case r.accept("HISTORY"), r.accept("CURRENT"):
	}
	var o TableOptions
	r.tableOptions(&o)
	if r.isPunct("(") {
		r.skipParens() // subpartition names and options
	}
	p.Span = r.span(from)
	return p
}

// partitionNames reads p0, p1 or ALL.
func (r *reader) partitionNames() []string {
	if r.accept("ALL") {
		return []string{"ALL"}
	}
	var names []string
	for !r.stuck {
		names = append(names, r.ident())
		if !r.acceptPunct(",") {
			break
		}
	}
	return names
}
