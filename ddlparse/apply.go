package ddlparse

// Apply returns the step that the statement is on this schema: resolved changes, the schema behind it,
// and what the server would refuse. A refused clause is left out and the rest goes on, so that one
// mistake gives one problem. The schema itself is not changed.
func (s Schema) Apply(number int, m *Migration, st *Statement) *Step {
	return newSession().apply(s, number, m, st)
}

// session is what a connection remembers between the statements of one migration.
type session struct {
	foreignKeyChecks bool
	strict           bool
	temporary        []string        // keys of its temporary tables
	known            map[string]bool // prepared statements and user variables whose SQL text was read
	texts            []string        // what was assigned to user variables, of which SQL may be made
	goneDatabase     string          // the dropped database that was reported last
}

func newSession() *session {
	return &session{foreignKeyChecks: true, strict: true, known: map[string]bool{}}
}

// applier applies one statement.
type applier struct {
	*session
	engine Engine
	now    Schema // being built
	step   *Step
	quiet  bool // conditional statements raise no problems
	// converted: CONVERT TO changed the text columns, so that their keys must fit anew.
	converted bool
}

func (se *session) apply(s Schema, number int, m *Migration, st *Statement) *Step {
	a := &applier{session: se, engine: s.Engine(), now: s.next(), quiet: st.Conditional}
	a.step = &Step{Number: number, Migration: m, Statement: st, Before: s, NoForeignKeyChecks: !se.foreignKeyChecks}
	a.step.Problems = append(a.step.Problems, st.Problems...)
	a.unsupported()
	a.ambiguities(st)
	a.all(st)
	a.step.After = a.now
	a.fillAfter()
	return a.step
}

// all applies the changes of the statement, then those found inside it.
func (a *applier) all(st *Statement) {
	switch {
	case st.NotUnderstood != "":
		a.blur(st.Objects, st.Span)
	case st.Verb == "ALTER TABLE":
		a.alter(st)
	default:
		for _, c := range st.Changes {
			a.change(c)
		}
	}
	a.selectInto(st)
	for _, h := range st.Hidden {
		a.hidden(h)
	}
}

// hidden applies a statement that may or may not run.
func (a *applier) hidden(st *Statement) {
	was := a.quiet
	a.quiet = true
	a.all(st)
	a.quiet = was
}

// change applies a change that is a statement, or one name of a statement's list.
func (a *applier) change(c Change) {
	switch c := c.(type) {
	case *CreateTable:
		a.createTable(c)
	case *DropTable:
		a.dropTable(c)
	case *RenameTable:
		a.renameTable(c)
	case *TruncateTable:
		a.truncateTable(c)
	case *AddIndex, *DropIndex, *AlterMode:
		a.alterOne(c)
	case *Write:
		a.write(c)
	case *SetVariable:
		a.setVariable(c)
	default:
		a.object(c)
	}
}

// done records a resolved change.
func (a *applier) done(c Change) { a.step.Changes = append(a.step.Changes, c) }

// problem records what the server would refuse.
func (a *applier) problem(p *Problem) {
	if !a.quiet && p != nil && (a.strict || !strictOnly(p)) {
		a.within(p)
		a.step.Problems = append(a.step.Problems, p)
	}
}

// within moves a problem into the statement that brings it about, when what it is about was written earlier.
func (a *applier) within(p *Problem) {
	st := a.step.Statement
	if st.Span.Contains(p.Span) {
		return
	}
	if p.Cause.IsZero() {
		p.Cause = p.Span
	}
	p.Span = st.Span
	if len(st.Changes) == 1 {
		p.Span = st.Changes[0].At().Span
	}
}

// strictOnly reports whether the server refuses this in strict mode only (MySQL manual, "Server SQL Modes");
// a migration that sets another sql_mode for itself gets warnings.
func strictOnly(p *Problem) bool {
	switch p.Kind {
	case ZeroDateDefault, DuplicateEnumValue:
		return true
	case InvalidDefault:
		return p.Reason != "null"
	}
	return false
}

func (a *applier) problems(list []*Problem) {
	for _, p := range list {
		a.problem(p)
	}
}

// fillAfter gives each change the table as the whole statement leaves it.
func (a *applier) fillAfter() {
	for _, c := range a.step.Changes {
		at := c.At()
		name := at.Table
		if r, ok := c.(*RenameTable); ok {
			name = r.To
		}
		if !name.IsZero() {
			at.After = a.table(name)
		}
	}
}

// table looks a table up as the session sees it: temporary tables first.
func (a *applier) table(n Name) *Table {
	key := a.now.key(n)
	if len(a.temporary) > 0 {
		if t := a.now.store.tables.get(temporaryKey(key), a.now.at); t != nil {
			return t
		}
	}
	return a.now.store.tables.get(key, a.now.at)
}

func temporaryKey(key string) string { return "temporary " + key }

// put makes the table part of the schema.
func (a *applier) put(t *Table) {
	if db := a.now.fold(t.Name.Database); a.now.store.home == "" && db != "" && a.now.store.databases.last(db) == nil {
		a.now.store.home = db
	}
	key := a.now.key(t.Name)
	if t.Temporary {
		a.temporary = append(a.temporary, temporaryKey(key))
		key = temporaryKey(key)
	}
	a.now.store.tables.put(key, a.now.at, t)
	for _, f := range t.ForeignKeys {
		a.now.store.relate(parentOf, a.now.key(f.Parent), key)
	}
}

// remove takes the table out of the schema.
func (a *applier) remove(t *Table) {
	key := a.now.key(t.Name)
	if t.Temporary {
		key = temporaryKey(key)
	}
	a.now.store.tables.put(key, a.now.at, nil)
}

// endSession drops what a connection takes with it.
func (se *session) endSession(s Schema) Schema {
	if len(se.temporary) == 0 {
		return s
	}
	s = s.next()
	for _, key := range se.temporary {
		s.store.tables.put(key, s.at, nil)
	}
	return s
}

// blur marks the tables that a statement which was not understood names.
func (a *applier) blur(names []Name, why Span) {
	for _, n := range names {
		t := a.table(n)
		if t.IsOpaque() {
			continue
		}
		if t == nil {
			t = &Table{Name: n, External: true, Span: why}
		}
		t = t.clone()
		t.Opaque = why
		a.put(t)
	}
}

// external makes a table that the history never created part of the schema, so that what later
// statements add to it is known.
func (a *applier) external(n Name, at Span) *Table {
	t := &Table{Name: n, External: true, Span: at, NameSpan: at}
	t.Options.Engine = "InnoDB"
	t.Options.Charset, t.Options.Collation = a.databaseCharset(n.Database)
	return t
}

// missing gives the problem of a table that is not there: only what the history dropped or renamed
// away is known to be missing; a table it never made may be there all the same.
func (a *applier) missing(n Name, number int, at Span) *Problem {
	if number == 1146 && a.engine.IsMySQL() && a.databaseGone(n) {
		return a.unknownDatabase(n.Database, 1049, at)
	}
	gone := a.now.Gone(n)
	if gone == nil || a.now.View(n) != nil {
		return nil
	}
	return &Problem{Kind: UnknownTable, Number: number, Object: n.String(), Table: n, Name: n.Name, Reason: "dropped", Span: at, Cause: gone.NameSpan}
}

// unsupported checks the statement's syntax against the engine.
func (a *applier) unsupported() {
	for _, f := range a.step.Statement.Features {
		if !a.engine.Supports(f.Name) {
			a.step.Problems = append(a.step.Problems, &Problem{
				Kind: UnsupportedSyntax, Number: a.engine.refusalNumber(f.Name), Name: f.Name, Object: a.step.Statement.objectPath(), Span: f.Span,
			})
		}
	}
}

// objectPath is the object that a statement is about.
func (s *Statement) objectPath() string {
	if !s.Table.IsZero() {
		return s.Table.String()
	}
	for _, c := range s.Changes {
		if n := c.At().Table; !n.IsZero() {
			return n.String()
		}
	}
	return ""
}
