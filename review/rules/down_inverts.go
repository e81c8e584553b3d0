package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// downInverts compares by name what a migration makes and takes away with what its way back does. A migration without
// a way back, and what was not understood on either way, is left alone.
var downInverts = &review.Rule{
	ID:       "down-does-not-invert-up",
	Title:    "Way back doesn't take back what the migration does",
	Category: review.Hygiene,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		var all moves // of all ways back: some undo what their neighbours do
		for _, m := range p.Plan.Migrations {
			other, _ := movesOf(changesOf(m.Down))
			all.made, all.gone = append(all.made, other.made...), append(all.gone, other.gone...)
		}
		for _, steps := range stepsByMigration(p) {
			m := steps[0].Migration
			back := wayBackOf(p, m)
			if len(back) == 0 || len(m.Skipped) > 0 || m.Role != ddlparse.Versioned {
				continue
			}
			up, okUp := movesOfSteps(steps)
			down, okDown := movesOf(changesOf(back))
			if okUp && okDown && wholeStatements(back) {
				compareWays(p, up, down, all)
			}
		}
	},
}

// wayBackOf are the statements of the down section, or of the down file beside the migration.
func wayBackOf(p *review.Pass, m *ddlparse.Migration) []*ddlparse.Statement {
	if len(m.Down) > 0 {
		return m.Down
	}
	return (*review.Memo(p, findDownFiles))[versionOf(m)]
}

// migrationVersion is what a migration and its down file have in common.
type migrationVersion struct {
	folder, version string
	tool            ddlparse.Tool
}

func versionOf(m *ddlparse.Migration) migrationVersion {
	return migrationVersion{path.Dir(m.Path), m.Version, m.Tool}
}

// downFiles are the statements of files that only lead back.
type downFiles map[migrationVersion][]*ddlparse.Statement

func findDownFiles(p *review.Pass) *downFiles {
	found := downFiles{}
	for _, m := range p.Plan.Migrations {
		if m.Version != "" && len(m.Statements) == 0 && len(m.Skipped) == 0 && len(m.Down) > 0 {
			found[versionOf(m)] = m.Down
		}
	}
	return &found
}

// moves are the objects that statements make, take away and define anew, by kind and name in lower case.
type moves struct {
	made, gone, changed []moved
	remade              []moved // dropped and made anew, so that nothing is known of what they had
}

// moved is an object at the clause that moves it.
type moved struct {
	kind, table, name string
	at                ddlparse.Span
}

func (x moved) path() string {
	if x.name == "" {
		return x.table
	}
	return x.table + "." + x.name
}

func (x moved) is(o moved) bool {
	return x.kind == o.kind && strings.EqualFold(x.table, o.table) && strings.EqualFold(x.name, o.name)
}

func wholeStatements(list []*ddlparse.Statement) bool {
	return !slices.ContainsFunc(list, func(s *ddlparse.Statement) bool { return s.NotUnderstood != "" || len(s.Hidden) > 0 })
}

func changesOf(list []*ddlparse.Statement) []ddlparse.Change {
	var all []ddlparse.Change
	for _, s := range list {
		all = append(all, s.Changes...)
	}
	return all
}

func movesOfSteps(steps []*ddlparse.Step) (moves, bool) {
	var all []ddlparse.Change
	for _, s := range steps {
		if s.Statement.NotUnderstood != "" || len(s.Statement.Hidden) > 0 {
			return moves{}, false
		}
		all = append(all, s.Changes...)
	}
	return movesOf(all)
}

// movesOf gathers the moves; false where names alone don't tell.
func movesOf(changes []ddlparse.Change) (m moves, ok bool) {
	for _, c := range changes {
		at := c.At()
		table := at.Table.Name
		if at.Skipped || at.Before.IsOpaque() || at.After.IsOpaque() {
			return m, false
		}
		switch c := c.(type) {
		case *ddlparse.CreateTable:
			if c.New.Temporary || at.Before != nil {
				return m, false
			}
			m.make(moved{"table", table, "", at.Span})
		case *ddlparse.DropTable:
			m.remove(moved{"table", table, "", at.Span})
		case *ddlparse.AddColumn:
			m.make(moved{"column", table, c.Column.Name, at.Span})
		case *ddlparse.DropColumn:
			m.remove(moved{"column", table, c.Name, at.Span})
		case *ddlparse.AddIndex:
			if c.Index.Named || c.Index.Kind == ddlparse.Primary {
				m.make(moved{"index", table, c.Index.Name, at.Span})
			}
		case *ddlparse.DropIndex:
			m.remove(moved{"index", table, c.Name, at.Span})
		case *ddlparse.ModifyColumn:
			m.modify(c, table)
		case *ddlparse.CreateView:
			m.make(moved{"view", table, "", at.Span})
		case *ddlparse.DropView:
			m.remove(moved{"view", table, "", at.Span})
		case *ddlparse.RenameTable, *ddlparse.ModifyIndex, *ddlparse.DropDatabase, *ddlparse.CreateDatabase, *ddlparse.Unanalyzable, *ddlparse.Use, *ddlparse.Prepare:
			return m, false
		}
	}
	return m, true
}

func (m *moves) modify(c *ddlparse.ModifyColumn, table string) {
	switch to := newName(c); {
	case !strings.EqualFold(to, c.Name):
		m.remove(moved{"column", table, c.Name, c.Span})
		m.make(moved{"column", table, to, c.Span})
	case c.Old == nil || c.New == nil || !sameType(c.Old.Type, c.New.Type):
		m.changed = append(m.changed, moved{"column", table, c.Name, c.Span})
	}
}

// newName is the column's name behind the clause. Of a clause as it is written, RENAME COLUMN names it last.
func newName(c *ddlparse.ModifyColumn) string {
	if c.New != nil {
		return c.New.Name
	}
	words := strings.Fields(c.Span.Text())
	if c.Keyword != "RENAME COLUMN" || len(words) == 0 {
		return c.Name
	}
	return strings.Trim(words[len(words)-1], "`;")
}

// make notes what is there behind the statements and was not before; remove the other way round.
func (m *moves) make(x moved) {
	if slices.ContainsFunc(m.gone, x.is) {
		m.remade = append(m.remade, x)
	}
	m.gone = moveTo(&m.made, m.gone, x)
}

func (m *moves) remove(x moved) {
	m.made = moveTo(&m.gone, m.made, x)
	if x.kind == "table" {
		m.made = slices.DeleteFunc(m.made, func(o moved) bool { return strings.EqualFold(o.table, x.table) })
	}
}

// moveTo adds to the one list what is not in the other, where it is taken out.
func moveTo(to *[]moved, from []moved, x moved) []moved {
	if i := slices.IndexFunc(from, x.is); i >= 0 {
		return slices.Delete(from, i, i+1)
	}
	*to = append(*to, x)
	return from
}

// has reports whether the list has the object, or the table that it is part of.
func has(list []moved, x moved) bool {
	return slices.ContainsFunc(list, func(o moved) bool {
		return o.is(x) || o.kind == "table" && x.kind != "view" && strings.EqualFold(o.table, x.table)
	})
}

// compareWays speaks once of a migration, of what comes first: what the way back leaves, doesn't bring back, leaves
// changed, or takes away beyond.
func compareWays(p *review.Pass, up, down, all moves) {
	remade := append(up.remade, down.remade...)
	for _, x := range up.made {
		if !has(all.gone, x) && !has(remade, x) && !keyGoesToo(x, all.gone) {
			reportWay(p, x, review.Msg("The way back leaves `%s`, which this makes: after it, running the migration again fails.", x.path()), review.Msg("Drop `%s` on the way back.", x.path()))
			return
		}
	}
	for _, x := range up.gone {
		if !has(all.made, x) && !has(remade, x) && (x.kind == "table" || x.kind == "column") && !has(up.made, x) {
			reportWay(p, x, review.Msg("The way back doesn't bring back `%s`, which this drops: after it, the schema is none that any version had.", x.path()), review.Msg("Define `%s` again on the way back, even if its values are gone.", x.path()))
			return
		}
	}
	for _, x := range up.changed {
		if !has(down.changed, x) && !has(all.gone, x) && !has(remade, x) && !has(up.made, x) {
			reportWay(p, x, review.Msg("The way back leaves `%s` with the type that this gives it: after it, the schema is none that any version had.", x.path()), review.Msg("Give `%s` its old type on the way back.", x.path()))
			return
		}
	}
	for _, x := range down.gone {
		if !has(up.made, x) && !has(remade, x) && wasThere(p.Start(), x) {
			reportWay(p, x, review.Msg("The way back drops `%s`, which was there before this migration.", x.path()), review.Msg("Drop on the way back only what the migration makes."))
			return
		}
	}
}

// keyGoesToo reports whether the way back drops a column, with which the keys over it go.
func keyGoesToo(x moved, gone []moved) bool {
	return x.kind == "index" && slices.ContainsFunc(gone, func(o moved) bool { return o.kind == "column" && strings.EqualFold(o.table, x.table) })
}

func wasThere(s ddlparse.Schema, x moved) bool {
	t := s.Table(ddlparse.Name{Name: x.table})
	switch x.kind {
	case "table":
		return t.Known()
	case "column":
		return t.Known() && t.Column(x.name) != nil
	}
	return false
}

func reportWay(p *review.Pass, x moved, problem, advice review.Message) {
	p.Report(review.Finding{Object: x.path(), Span: firstLine(x.at), Problem: problem, Advice: advice})
}
