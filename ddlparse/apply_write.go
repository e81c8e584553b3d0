package ddlparse

import "strings"

// write applies a statement that changes rows: the schema stays, but its names must exist.
func (a *applier) write(written *Write) {
	c := *written
	c.Before = a.table(c.Table)
	for _, n := range c.Tables {
		if a.table(n) == nil && a.now.View(n) == nil {
			a.problem(a.missing(n, 1146, c.Span))
		}
	}
	if c.Before.Known() && (c.Verb == "INSERT" || c.Verb == "REPLACE" || !c.Joined) {
		for i, name := range c.Columns {
			if c.Before.Column(name) == nil {
				a.problem(&Problem{Kind: UnknownColumn, Number: 1054, Object: c.Table.String() + "." + name, Table: c.Table, Name: name, Reason: "write", Other: c.Table.String(), Span: c.columnSpan(i), Cause: c.Before.NameSpan})
			}
		}
	}
	a.done(&c)
}

// columnSpan is the place of the i-th column in the statement's list or assignments.
func (c *Write) columnSpan(i int) Span {
	if i < len(c.ColumnSpans) {
		return c.ColumnSpans[i]
	}
	return c.Span
}

// setVariable follows the variables that change how later statements run.
func (a *applier) setVariable(c *SetVariable) {
	switch c.Name {
	case "foreign_key_checks":
		switch strings.ToLower(c.Value) {
		case "0", "off", "false":
			a.foreignKeyChecks = false
		default:
			a.foreignKeyChecks = true
		}
	case "sql_mode":
		mode := strings.ToUpper(c.Value)
		a.strict = strings.Contains(mode, "STRICT_") || strings.Contains(mode, "TRADITIONAL") || strings.HasPrefix(mode, "@")
	}
	if strings.HasPrefix(c.Name, "@") && !strings.HasPrefix(c.Name, "@@") {
		a.texts = append(a.texts, c.Value)
	}
	if strings.HasPrefix(c.Name, "@") {
		a.known[fold(c.Name)] = c.Literal || len(a.step.Statement.Hidden) > 0
	}
	a.done(c)
}

// selectInto notes the variables that a SELECT fills with SQL that was read.
func (a *applier) selectInto(st *Statement) {
	if st.Verb != "SELECT" || len(st.Hidden) == 0 {
		return
	}
	into := false
	for _, t := range tokenize(st.Span.Source, st.Span.Start, st.Span.End, lexOptions{engine: a.engine}) {
		into = into || t.is(st.Span.Source, "INTO")
		if name := t.text(st.Span.Source); into && t.kind == word && strings.HasPrefix(name, "@") {
			a.known[fold(name)] = true
		}
	}
}
