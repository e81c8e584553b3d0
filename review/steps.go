package review

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
)

// OnlineStep is one step of a way around a statement that blocks or takes long: what it is for, and its SQL.
type OnlineStep struct {
	Why Message
	SQL []string
}

// OnlineSteps are statements that lead to the same table without the long work, or with it apart from the rest: the
// statement split in two, or a new column beside the old one, filled in portions. Nil when none are known: they are
// replayed first, must be taken by the server, and must lead to the same table but for the order of its columns.
func (p *Plan) OnlineSteps(s *ddlparse.Step, o onlineddl.Prediction) []OnlineStep {
	if o.Unknown || o.Refused != 0 || s.Statement.Verb != "ALTER TABLE" || o.MetadataOnly && o.WritesGoOn || p.empty(s, o.Table) || p.Size(o.Table) == Small {
		return nil
	}
	for _, way := range []func(*ddlparse.Step, onlineddl.Prediction) []OnlineStep{splitSteps, expandSteps, laterDefaultSteps} {
		if steps := way(s, o); steps != nil && p.proves(s, o, steps) {
			return steps
		}
	}
	return nil
}

// splitSteps are the quick clauses of a statement, and then the others.
func splitSteps(s *ddlparse.Step, o onlineddl.Prediction) []OnlineStep {
	var quick, slow []string
	for _, c := range s.Changes {
		at := c.At()
		if _, mode := c.(*ddlparse.AlterMode); mode || !s.Statement.Span.Contains(at.Span) || at.Span == s.Statement.Span {
			return nil
		}
		if text := at.Span.Text(); costly(o, at.Span) {
			slow = appendNew(slow, text)
		} else {
			quick = appendNew(quick, text)
		}
	}
	if len(quick) == 0 || len(slow) == 0 {
		return nil
	}
	return []OnlineStep{
		{Msg("What takes a moment, as it is"), []string{alter(o.Table, quick...)}},
		{Msg("The rest, at a time of its own"), []string{alter(o.Table, slow...)}},
	}
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// costly reports whether one of the clause's operations takes long by itself.
func costly(o onlineddl.Prediction, clause ddlparse.Span) bool {
	return slices.ContainsFunc(o.Parts, func(part onlineddl.Part) bool {
		return part.Costly && (clause.Contains(part.Clause) || part.Clause.Contains(clause))
	})
}

// expandSteps change the type of one plain column by way of a new one. Values that may not fit stand against that,
// as every write would have to fit both.
func expandSteps(s *ddlparse.Step, o onlineddl.Prediction) []OnlineStep {
	m, ok := onlyChange[*ddlparse.ModifyColumn](s)
	if !ok || o.Validates || m.Old == nil || m.New == nil || m.Renamed() || m.Before == nil || m.After == nil || !plainColumn(s, m.Before, m.Old) {
		return nil
	}
	definition := definitionOf(m.After, m.New.Name, s.Before.Engine())
	next, last := m.New.Name+"_new", m.New.Name+"_old"
	if definition == "" || m.Before.Column(next) != nil || m.Before.Column(last) != nil {
		return nil
	}
	table, old, fresh := quotedTable(o.Table), quotedName(m.New.Name), quotedName(next)
	insert, update := quotedName(m.New.Name+"_on_insert"), quotedName(m.New.Name+"_on_update")
	return []OnlineStep{
		{Msg("Add the new column beside the old one"), []string{alter(o.Table, "ADD COLUMN "+fresh+" "+definition)}},
		{Msg("Let every write fill it, too"), []string{
			"CREATE TRIGGER " + insert + " BEFORE INSERT ON " + table + " FOR EACH ROW SET NEW." + fresh + " = NEW." + old,
			"CREATE TRIGGER " + update + " BEFORE UPDATE ON " + table + " FOR EACH ROW SET NEW." + fresh + " = NEW." + old,
		}},
		{Msg("Fill the rows that exist; repeat until no row is changed"), []string{
			"UPDATE " + table + " SET " + fresh + " = " + old + " WHERE NOT (" + fresh + " <=> " + old + ") LIMIT 10000",
		}},
		{Msg("Swap both columns; writes wait for a moment, so that none is lost"), []string{
			"LOCK TABLES " + table + " WRITE", "DROP TRIGGER " + insert, "DROP TRIGGER " + update,
			alter(o.Table, "RENAME COLUMN "+old+" TO "+quotedName(last), "RENAME COLUMN "+fresh+" TO "+old), "UNLOCK TABLES",
		}},
		{Msg("Drop the old column, once no code needs the way back"), []string{alter(o.Table, "DROP COLUMN "+quotedName(last))}},
	}
}

// onlyChange is the one change of a statement, if it has that type.
func onlyChange[C ddlparse.Change](s *ddlparse.Step) (c C, ok bool) {
	if len(s.Changes) != 1 {
		return c, false
	}
	c, ok = s.Changes[0].(C)
	return c, ok
}

// plainColumn reports whether nothing else of the schema hangs on the column, so that another can take its place.
func plainColumn(s *ddlparse.Step, t *ddlparse.Table, c *ddlparse.Column) bool {
	is := func(name string) bool { return strings.EqualFold(name, c.Name) }
	for range s.Before.TriggersOf(t.Name) {
		return false
	}
	switch {
	case c.Generated != nil || c.AutoIncrement || c.OnUpdate != "":
		return false
	case t.Partitions != nil && slices.ContainsFunc(t.Partitions.Columns, is):
		return false
	case slices.ContainsFunc(t.Indexes, func(x *ddlparse.Index) bool {
		return slices.ContainsFunc(x.Parts, func(part ddlparse.Part) bool { return is(part.Column) || slices.ContainsFunc(part.Columns, is) })
	}):
		return false
	case slices.ContainsFunc(t.Checks, func(k *ddlparse.Check) bool { return slices.ContainsFunc(k.Columns, is) }):
		return false
	}
	return !slices.ContainsFunc(t.Columns, func(other *ddlparse.Column) bool {
		return other.Generated != nil && slices.ContainsFunc(other.Generated.Columns, is)
	})
}

// laterDefaultSteps add a column that takes NULL, and then its default.
func laterDefaultSteps(s *ddlparse.Step, o onlineddl.Prediction) []OnlineStep {
	a, ok := onlyChange[*ddlparse.AddColumn](s)
	if !ok || a.Column == nil || a.After == nil || a.Column.NotNull || a.Column.Default == nil || a.Column.Default.Kind != ddlparse.DefaultExpression {
		return nil
	}
	value := "(" + a.Column.Default.Text + ")"
	definition := definitionOf(a.After, a.Column.Name, s.Before.Engine())
	bare, _, found := strings.Cut(definition, " DEFAULT ")
	if !found || a.Column.Comment != "" || a.First || a.Behind != "" {
		return nil
	}
	table, name := quotedTable(o.Table), quotedName(a.Column.Name)
	return []OnlineStep{
		{Msg("Add the column without its default"), []string{alter(o.Table, "ADD COLUMN "+name+" "+bare)}},
		{Msg("Give it the default, for new rows"), []string{alter(o.Table, "ALTER COLUMN "+name+" SET DEFAULT "+value)}},
		{Msg("Fill the rows that exist; repeat until no row is changed"), []string{"UPDATE " + table + " SET " + name + " = " + value + " WHERE " + name + " IS NULL LIMIT 10000"}},
	}
}

// definitionOf is the column's line in SHOW CREATE TABLE, behind its name.
func definitionOf(t *ddlparse.Table, column string, e ddlparse.Engine) string {
	for line := range strings.Lines(t.DDL(e)) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), quotedName(column)+" "); ok {
			return strings.TrimSuffix(rest, ",")
		}
	}
	return ""
}

func alter(table ddlparse.Name, clauses ...string) string {
	return "ALTER TABLE " + quotedTable(table) + "\n  " + strings.Join(clauses, ",\n  ")
}

func quotedTable(n ddlparse.Name) string {
	if n.Database == "" {
		return quotedName(n.Name)
	}
	return quotedName(n.Database) + "." + quotedName(n.Name)
}

func quotedName(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }
