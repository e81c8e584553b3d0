package ddlparse

import "strings"

// alterRest reads the clauses that start with an option's or partition operation's name.
func (r *reader) alterRest() {
	if r.alterPartition() || r.alterMode() {
		r.lax = r.lax || !r.plainMode()
		return
	}
	c := &SetOptions{}
	if !r.tableOptions(&c.Options) {
		r.fail()
		return
	}
	r.add(c)
}

// plainMode reports whether the last clause read was ALGORITHM or LOCK with a value that every server knows.
func (r *reader) plainMode() bool {
	m, ok := r.st.Changes[len(r.st.Changes)-1].(*AlterMode)
	return ok && plainModes[m.Value] && (m.Option == "ALGORITHM" || m.Option == "LOCK")
}

var plainModes = wordSet("DEFAULT INPLACE COPY NONE SHARED EXCLUSIVE")

// alterMode reads the clauses that change no definition.
func (r *reader) alterMode() bool {
	from := r.i
	switch k := r.keyword(0); k {
	case "ALGORITHM", "LOCK":
		r.i++
		r.acceptPunct("=")
		value := strings.ToUpper(r.ident())
		switch value {
		case "NOCOPY":
			r.feature("algorithm-nocopy", from)
		case "INSTANT":
			r.feature("algorithm-instant", from)
		}
		r.add(&AlterMode{Option: k, Value: value})
	case "FORCE":
		r.i++
		r.add(&AlterMode{Option: k})
	case "ENABLE", "DISABLE":
		r.i++
		r.expect("KEYS")
		r.add(&AlterMode{Option: k + " KEYS"})
	case "DISCARD", "IMPORT":
		r.i++
		if r.accept("PARTITION") {
			r.partitionNames()
		}
		r.expect("TABLESPACE")
		r.add(&AlterMode{Option: k + " TABLESPACE"})
	case "ORDER":
		r.orderBy()
	case "WITH", "WITHOUT":
		if !r.is(k, "VALIDATION") {
			return false
		}
		r.i += 2
		r.feature("with-validation", from)
		r.add(&AlterMode{Option: k + " VALIDATION"})
	case "SECONDARY_LOAD", "SECONDARY_UNLOAD":
		r.i++
		r.add(&AlterMode{Option: k})
	case "CACHE", "NOCACHE":
		r.i++
		r.add(&AlterMode{Option: k})
	case "SET":
		if !r.is("SET", "TIFLASH", "REPLICA") && !r.is("SET", "HYPO", "TIFLASH") {
			return false
		}
		r.i = len(r.toks)
		r.add(&AlterMode{Option: "TIFLASH REPLICA"})
	default:
		return false
	}
	return true
}

func (r *reader) orderBy() {
	r.i++
	r.expect("BY")
	for !r.stuck {
		r.columnName()
		r.acceptAny("ASC", "DESC")
		if !r.isPunct(",") {
			break
		}
		// The list goes on unless another clause starts behind the comma.
		if i := r.i + 2; i < len(r.toks) && r.toks[i].kind != punct && !r.isAt(2, "ASC") && !r.isAt(2, "DESC") {
			break
		}
		r.i++
	}
	r.add(&AlterMode{Option: "ORDER BY"})
}
