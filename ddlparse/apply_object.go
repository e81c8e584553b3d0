package ddlparse

import (
	"slices"
	"strings"
)

// object applies changes to databases, views, triggers and routines.
func (a *applier) object(c Change) {
	switch c := c.(type) {
	case *CreateDatabase:
		a.createDatabase(c)
	case *DropDatabase:
		a.dropDatabase(c)
	case *AlterDatabase:
		a.alterDatabase(c)
	case *Use:
		a.use(c)
	case *CreateView:
		a.createView(c)
	case *DropView:
		a.dropView(c)
	case *CreateTrigger:
		a.createTrigger(c)
	case *DropTrigger:
		a.now.store.triggers.put(a.now.routineKey(c.Name), a.now.at, nil)
		a.done(c)
	case *CreateRoutine:
		r := *c.Routine
		r.Origin = a.step.Number
		a.now.store.routines.put(r.Kind+" "+a.now.routineKey(r.Name), a.now.at, &r)
		a.done(c)
	case *DropRoutine:
		a.now.store.routines.put(c.Kind+" "+a.now.routineKey(c.Name), a.now.at, nil)
		a.done(c)
	case *Prepare:
		a.known[fold(c.Name)] = c.From == literalStatement || a.known[fold(c.From)]
	case *Unanalyzable:
		a.unanalyzable(c)
	default:
		a.done(c)
	}
}

func (a *applier) createDatabase(c *CreateDatabase) {
	d := *c.Database
	d.Origin = a.step.Number
	if a.now.Database(d.Name) != nil {
		if !c.IfNotExists {
			a.problem(&Problem{Kind: DatabaseExists, Number: 1007, Object: d.Name, Name: d.Name, Span: c.Span, Cause: a.now.Database(d.Name).Span})
			return
		}
		skipped := *c
		skipped.Skipped = true
		a.done(&skipped)
		return
	}
	a.problem(a.wrongDatabase(d.Name, c.Span))
	a.problem(a.unknownCharset(d.Name, d.Charset, d.Collation, c.Span))
	d.Charset, d.Collation = a.databaseDefaults(d.Charset, d.Collation)
	a.now.store.databases.put(a.now.fold(d.Name), a.now.at, &d)
	a.done(c)
}

func (a *applier) databaseDefaults(charset, collation string) (string, string) {
	if charset == "" && collation == "" {
		s := a.now.Settings()
		charset, collation = s.Charset, s.Collation
	}
	return a.charsetAndCollation(charset, collation)
}

func (a *applier) alterDatabase(c *AlterDatabase) {
	a.problem(a.unknownCharset(c.Name, c.Charset, c.Collation, c.Span))
	if d := a.now.Database(c.Name); d != nil && c.Charset+c.Collation != "" {
		n := *d
		n.Charset, n.Collation = a.charsetAndCollation(c.Charset, c.Collation)
		a.now.store.databases.put(a.now.fold(d.Name), a.now.at, &n)
	} else if c.Name == "" && c.Charset+c.Collation != "" {
		n := Database{Span: c.Span}
		n.Charset, n.Collation = a.charsetAndCollation(c.Charset, c.Collation)
		a.now.store.databases.put("", a.now.at, &n)
	}
	a.done(c)
}

func (a *applier) dropDatabase(written *DropDatabase) {
	c := *written
	d := a.now.Database(c.Name)
	if d == nil {
		if !c.IfExists && a.databaseGone(Name{Database: c.Name}) {
			a.problem(a.unknownDatabase(c.Name, 1008, c.Span))
		}
		c.Skipped = c.IfExists && a.now.store.databases.last(a.now.fold(c.Name)) != nil // one that the history never made may be there
		a.done(&c)
		return
	}
	var gone []*Table
	for t := range a.now.Tables() {
		if a.now.fold(t.Name.Database) == a.now.fold(c.Name) {
			gone = append(gone, t)
		}
	}
	for _, t := range gone {
		a.remove(t)
	}
	a.dropObjects(c.Name)
	c.Tables = len(gone)
	a.now.store.databases.put(a.now.fold(c.Name), a.now.at, nil)
	a.done(&c)
}

// dropObjects takes out what a dropped database holds beside tables.
func (a *applier) dropObjects(database string) {
	var views []*View
	for v := range a.now.Views() {
		if a.now.fold(v.Name.Database) == a.now.fold(database) {
			views = append(views, v)
		}
	}
	for _, v := range views {
		a.now.store.views.put(a.now.key(v.Name), a.now.at, nil)
	}
	var triggers []*Trigger
	for t := range a.now.Triggers() {
		if a.now.fold(t.Name.Database) == a.now.fold(database) {
			triggers = append(triggers, t)
		}
	}
	for _, t := range triggers {
		a.now.store.triggers.put(a.now.routineKey(t.Name), a.now.at, nil)
	}
}

// use reports USE of a database that the history dropped.
func (a *applier) use(c *Use) {
	if a.databaseGone(Name{Database: c.Name}) {
		a.problem(a.unknownDatabase(c.Name, 1049, c.Span))
	}
	a.done(c)
}

func (a *applier) createView(c *CreateView) {
	v := *c.View
	v.Origin = a.step.Number
	if t := a.table(v.Name); t.Known() {
		number := 1050
		if c.OrReplace {
			number = 1347 // 'orders' is not VIEW
		}
		a.problem(&Problem{Kind: TableExists, Number: number, Object: v.Name.String(), Table: v.Name, Name: v.Name.Name, Reason: "view", Span: c.Span, Cause: t.NameSpan})
		return
	}
	if old := a.now.View(v.Name); old != nil && !c.OrReplace {
		if !c.IfNotExists {
			a.problem(&Problem{Kind: TableExists, Number: 1050, Object: v.Name.String(), Table: v.Name, Name: v.Name.Name, Reason: "view", Span: c.Span, Cause: old.Span})
		}
		return
	}
	for _, n := range v.Tables {
		if a.table(n) == nil && a.now.View(n) == nil {
			a.problem(a.missing(n, 1146, c.Span))
		}
	}
	a.now.store.views.put(a.now.key(v.Name), a.now.at, &v)
	a.done(c)
}

func (a *applier) dropView(c *DropView) {
	a.now.store.views.put(a.now.key(c.Table), a.now.at, nil)
	a.done(c)
}

func (a *applier) renameView(v *View, to Name) {
	n := *v
	n.Name = to
	a.now.store.views.put(a.now.key(v.Name), a.now.at, nil)
	a.now.store.views.put(a.now.key(to), a.now.at, &n)
}

func (a *applier) createTrigger(written *CreateTrigger) {
	c := *written
	t := *c.Trigger
	t.Origin = a.step.Number
	c.Before = a.table(t.Table)
	if c.Before == nil {
		a.problem(a.missing(t.Table, 1146, c.Span))
	}
	a.now.store.triggers.put(a.now.routineKey(t.Name), a.now.at, &t)
	a.now.store.relate(triggerOn, a.now.key(t.Table), a.now.routineKey(t.Name))
	c.Trigger = &t
	a.done(&c)
}

// blurArguments marks the tables whose names a procedure gets that makes SQL of its arguments.
func (a *applier) blurArguments(c *Unanalyzable) {
	for _, arg := range c.Arguments {
		if n := (Name{Name: arg}); a.table(n) != nil {
			a.blur([]Name{n}, c.Span)
		}
	}
}

// unanalyzable leaves out the calls and executions whose text is known.
func (a *applier) unanalyzable(c *Unanalyzable) {
	if p := a.now.store.routines.last("PROCEDURE " + a.now.routineKey(Name{Name: c.Routine})); c.Routine != "" && p != nil {
		if !p.Dynamic || len(c.Arguments) == 0 {
			return // what its body does was applied with its definition
		}
		if a.call(c, p) {
			return
		}
		a.blurArguments(c)
	}
	if c.Statement == literalStatement || a.known[fold(c.Statement)] {
		return
	}
	if c.Routine == "" {
		a.blurTexts(c)
	}
	a.done(c)
}

// blurTexts marks the tables that are named in what the session assigned to variables before it executed
// SQL that is made of them.
func (a *applier) blurTexts(c *Unanalyzable) {
	var named []Name
	for t := range a.now.Tables() {
		if slices.ContainsFunc(a.texts, func(text string) bool { return hasWord(text, t.Name.Name) }) {
			named = append(named, t.Name)
		}
	}
	a.blur(named, c.Span)
}

// hasWord reports whether the text has the name as a word of its own, in any case.
func hasWord(text, name string) bool {
	for i := 0; i+len(name) <= len(text); i++ {
		end := i + len(name)
		if strings.EqualFold(text[i:end], name) && (i == 0 || !isIdent(text[i-1])) && (end == len(text) || !isIdent(text[end])) {
			return true
		}
	}
	return false
}
