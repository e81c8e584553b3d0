package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// alterSystemVersionedTable: MariaDB's manual, "System-Versioned Tables", on system_versioning_alter_history.
var alterSystemVersionedTable = &review.Rule{
	ID: "alter-system-versioned-table", Title: "Table with row history is changed", Category: review.Locking, Severity: review.Error,
	Engines: review.On(ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		keep := map[*ddlparse.Migration]bool{}
		said := map[*ddlparse.Step]bool{}
		for _, s := range p.Steps() {
			for _, c := range s.Changes {
				if v, ok := c.(*ddlparse.SetVariable); ok && v.Name == "system_versioning_alter_history" {
					keep[s.Migration] = strings.EqualFold(v.Value, "KEEP") || v.Value == "1"
				}
				if !said[s] && versioned(c.At().Before) {
					said[s] = reportVersioned(p, s, c, keep[s.Migration])
				}
			}
		}
	},
}

// versioned reports whether the table was made WITH SYSTEM VERSIONING.
func versioned(t *ddlparse.Table) bool {
	if t == nil {
		return false
	}
	_, ok := t.Options.Other["WITH SYSTEM"]
	return ok
}

func reportVersioned(p *review.Pass, s *ddlparse.Step, c ddlparse.Change, keep bool) bool {
	f := review.Finding{Object: c.At().Table.String(), Span: c.At().Span}
	switch c := c.(type) {
	case *ddlparse.AlterMode:
		if c.Option != "SYSTEM VERSIONING" || !strings.HasPrefix(strings.ToUpper(c.Span.Text()), "DROP") {
			return false
		}
		f.Problem = review.Msg("DROP SYSTEM VERSIONING deletes all former versions of the rows of `%s` for good.", c.Table.String())
		f.Advice = review.Msg("Copy the history first: `SELECT * FROM %s FOR SYSTEM_TIME ALL` finds it.", sqlTable(c.Table))
	case *ddlparse.AddColumn, *ddlparse.DropColumn, *ddlparse.ModifyColumn:
		if m, ok := c.(*ddlparse.ModifyColumn); keep || ok && (m.Old == nil || m.New == nil || sameType(m.Old.Type, m.New.Type) && m.Old.NotNull == m.New.NotNull) {
			return false
		}
		f.Problem = review.Msg("%s refuses to change the columns of `%s`, which keeps the history of its rows (error %s), unless the session says what becomes of that.", p.Engine.Title(), c.At().Table.String(), review.Errno(4119))
		f.Advice = review.Msg("Put `SET system_versioning_alter_history = KEEP` before it.")
		if takesNeighbours(s) {
			at := s.Statement.Span
			at.End = at.Start
			f.Fix = &review.Edit{Title: "Keep the history", Span: at, New: "SET system_versioning_alter_history = KEEP;\n"}
		}
	default:
		return false
	}
	p.Report(f)
	return true
}
