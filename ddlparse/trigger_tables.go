package ddlparse

// Tables lists the tables that the trigger's body reads and writes: those behind FROM, JOIN, INSERT
// INTO, REPLACE INTO and UPDATE.
func (t *Trigger) Tables() []Name {
	w := Write{Clause: Clause{Span: t.Body, Table: t.Table}}
	r := w.reread()
	var names []Name
	for !r.end() {
		switch last := r.lastKeyword(); {
		case r.accept("FROM"), r.accept("JOIN"), r.accept("STRAIGHT_JOIN"):
			names = r.tableReferences(names)
		case last != "KEY" && last != "FOR" && r.accept("UPDATE"):
			r.acceptAny("LOW_PRIORITY", "IGNORE")
			names = r.tableReferences(names)
		case r.acceptAny("INSERT", "REPLACE") != "" && !r.isPunct("("):
			for r.acceptAny("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO") != "" {
			}
			if r.isIdent() {
				names = appendName(names, r.name())
			}
		default:
			r.i++
		}
		r.stuck = false
	}
	return names
}

// lastKeyword is the word before the current token.
func (r *reader) lastKeyword() string {
	if r.i == 0 || r.toks[r.i-1].kind != word {
		return ""
	}
	return upperWord(r.text(r.i - 1))
}
