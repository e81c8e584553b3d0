package ddlparse

// ambiguities reports names that mean two things in the queries of a statement: an alias given twice,
// and a column without a qualifier that two of the joined tables have. Tables whose columns are not
// known add none.
func (a *applier) ambiguities(st *Statement) {
	if st.queries == nil || a.quiet {
		return
	}
	a.viewColumns(st)
	for _, s := range st.queries.scopes {
		if !a.aliasTwice(st, s) {
			a.columnTwice(st, s)
		}
	}
}

func (a *applier) aliasTwice(st *Statement, s scope) bool {
	type name struct {
		alias, database string
		derived         bool
	}
	seen := make(map[name]bool, len(s.sources))
	for _, src := range s.sources {
		n := name{a.now.fold(src.alias), a.now.fold(src.table.Database), src.table.IsZero()}
		if src.alias != "" && seen[n] {
			a.ambiguous(st, &Problem{Number: 1066, Name: src.alias, Reason: "alias", Span: src.span})
			return true
		}
		seen[n] = true
	}
	return false
}

// mostJoined is how many tables a server joins at most (MySQL manual, "Limits on Joins").
const mostJoined = 61

func (a *applier) columnTwice(st *Statement, s scope) {
	if len(s.sources) > mostJoined {
		return
	}
	said := map[string]bool{}
	for _, c := range s.columns {
		var owners []string
		for _, src := range s.sources[c.from:c.to] {
			if a.hasColumn(src.table, c.name) {
				owners = append(owners, src.alias)
			}
		}
		if len(owners) > 1 && !said[fold(c.name)] {
			said[fold(c.name)] = true
			a.ambiguous(st, &Problem{Number: 1052, Name: c.name, Reason: "column", Value: owners[0], Other: owners[1], Span: c.span})
		}
	}
}

func (a *applier) hasColumn(n Name, column string) bool {
	if n.IsZero() {
		return false
	}
	t := a.table(n)
	return !t.IsOpaque() && t.Column(column) != nil
}

func (a *applier) ambiguous(st *Statement, p *Problem) {
	p.Kind, p.Object = AmbiguousReference, st.objectPath()
	a.problem(p)
}
