package ddlparse

// CreatedLater finds tables that the steps use before they create them. A table that is dropped or renamed in
// between, that the schema before the steps has seen, or that is used where it need not exist, is left out.
func CreatedLater(start Schema, steps []*Step) []*Problem {
	first := map[string]*Problem{}
	var found []*Problem
	for _, s := range steps {
		if len(s.Statement.Hidden) > 0 || s.Statement.NotUnderstood != "" {
			continue
		}
		for _, c := range s.Changes {
			if p := first[start.key(createdBy(c))]; p != nil && p.Name != "" {
				p.Cause = c.At().Span
				found = append(found, p)
			}
			for _, n := range uses(c) {
				if key := start.key(n); first[key] == nil || !needs(c, n) {
					first[key] = firstUse(start, s, c, n)
				}
			}
		}
	}
	return found
}

// createdBy is the table that a change creates for certain.
func createdBy(c Change) Name {
	t, ok := c.(*CreateTable)
	if !ok || t.IfNotExists || t.OrReplace || t.New.Temporary {
		return Name{}
	}
	return t.Table
}

// uses lists the tables that a change needs.
func uses(c Change) []Name {
	switch c := c.(type) {
	case *Write:
		return c.Tables
	case *CreateView:
		return c.View.Tables
	case *CreateTable:
		return append(c.SelectFrom, c.Like, c.Table)
	case *CreateTrigger:
		return []Name{c.Trigger.Table}
	}
	return []Name{c.At().Table}
}

// firstUse is the problem that a later CREATE TABLE would make of this use; one without a name where it makes
// none.
func firstUse(start Schema, s *Step, c Change, n Name) *Problem {
	seen := start.Table(n) != nil || start.Gone(n) != nil || start.View(n) != nil || s.Before.View(n) != nil
	if n.IsZero() || seen || s.Statement.ifExists || !needs(c, n) {
		return &Problem{}
	}
	return &Problem{Kind: UnknownTable, Number: 1146, Object: n.String(), Table: n, Name: n.Name, Reason: "created-later", Span: c.At().Span}
}

// needs reports whether the change fails without the table: not if it makes, drops or renames it.
func needs(c Change, n Name) bool {
	switch c := c.(type) {
	case *DropTable, *RenameTable, *DropView:
		return false
	case *CreateTable:
		return c.Table != n
	case *CreateView:
		return c.Table != n
	}
	return true
}
