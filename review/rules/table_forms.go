package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// createTableLike speaks of what LIKE leaves behind. MySQL 8.4 manual, "CREATE TABLE ... LIKE Statement".
var createTableLike = &review.Rule{
	ID:       "create-table-like",
	Title:    "CREATE TABLE ... LIKE copies no foreign keys",
	Category: review.TableOptions,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.CreateTable](p) {
			from := s.Before.Table(c.Like)
			if c.Like.IsZero() || c.New.Temporary || !from.Known() || len(from.ForeignKeys) == 0 {
				continue
			}
			t := p.Final().Table(c.Table)
			if t == nil || len(t.ForeignKeys) > 0 {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    firstLine(c.Span),
				Related: []review.Related{{Span: from.ForeignKeys[0].Span, Note: review.Msg("This foreign key is not copied")}},
				Problem: review.Msg("`%s` has foreign keys, and LIKE copies none: `%s` has no foreign keys and triggers.", from.Name.String(), c.Table.String()),
				Advice:  review.Msg("Add the foreign keys that `%s` needs.", c.Table.String()),
			})
		}
	},
}

// temporaryTable speaks of temporary tables, once for each.
var temporaryTable = &review.Rule{
	ID:       "temporary-table-in-migration",
	Title:    "Temporary table in a migration",
	Category: review.TableOptions,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			for _, change := range s.Changes {
				if c, ok := change.(*ddlparse.CreateTable); ok && c.New.Temporary {
					p.Report(review.Finding{
						Object:  c.Table.String(),
						Span:    firstLine(c.Span),
						Problem: review.Msg("`%s` is gone with the connection, hides a table of its name, and replicas that start in between don't have it.", c.Table.String()),
						Advice:  review.Msg("Use a table that the migration drops at its end, or a subquery."),
					})
				}
			}
		}
	},
}

// disableKeys speaks of ENABLE KEYS and DISABLE KEYS where they do nothing. MySQL 8.4 manual, "ALTER TABLE Statement".
// Dumps write both inside comments that they call for every table.
var disableKeys = &review.Rule{
	ID:       "disable-keys-ineffective",
	Title:    "DISABLE KEYS does nothing to InnoDB",
	Category: review.TableOptions,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		said := map[string]bool{}
		for s, c := range review.Each[*ddlparse.AlterMode](p) {
			if c.Option != "DISABLE KEYS" || !c.Before.Known() || !strings.EqualFold(c.Before.Options.Engine, "InnoDB") || said[c.Table.String()] || strings.HasPrefix(s.Statement.Text(), "/*!") {
				continue
			}
			said[c.Table.String()] = true
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("`%s` is in InnoDB, which has no DISABLE KEYS: %s notes it and goes on, and the load is as slow as without.", c.Table.String(), p.Engine.Title()),
				Advice:  review.Msg("Leave DISABLE KEYS and ENABLE KEYS out."),
			})
		}
	},
}

// ifNotExistsHidesDrift speaks of CREATE TABLE IF NOT EXISTS of a table that is there with other columns.
var ifNotExistsHidesDrift = &review.Rule{
	ID:       "if-not-exists-hides-drift",
	Title:    "IF NOT EXISTS skips another definition of the table",
	Category: review.Hygiene,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			for _, change := range s.Changes {
				c, ok := change.(*ddlparse.CreateTable)
				if !ok || !c.Skipped || !c.IfNotExists || c.New.Temporary || len(s.Statement.Hidden) > 0 || s.Migration.Role == ddlparse.Declarative {
					continue
				}
				if name := otherColumn(s.Before.Table(c.Table), c.New); name != "" {
					reportSkipped(p, s, c, name)
				}
			}
		}
	},
}

// otherColumn is a column that the two definitions don't share, or have with different types.
func otherColumn(there, written *ddlparse.Table) string {
	if !there.Known() || len(written.Columns) == 0 {
		return ""
	}
	for _, c := range written.Columns {
		if old := there.Column(c.Name); old == nil || !sameType(old.Type, c.Type) {
			return c.Name
		}
	}
	return ""
}

func reportSkipped(p *review.Pass, s *ddlparse.Step, c *ddlparse.CreateTable, column string) {
	p.Report(review.Finding{
		Object:  c.Table.String(),
		Span:    firstLine(c.Span),
		Related: []review.Related{{Span: s.Before.Table(c.Table).NameSpan, Note: review.Msg("`%s` is defined here", c.Table.String())}},
		Problem: review.Msg("`%s` is there already, with another definition of `%s`: %s skips the statement with a note, and the table stays as it was.", c.Table.String(), column, p.Engine.Title()),
		Advice:  review.Msg("Write ALTER TABLE with what is to change."),
	})
}

// viewWithoutReplace speaks of CREATE VIEW that can't be run a second time.
var viewWithoutReplace = &review.Rule{
	ID:       "view-without-or-replace",
	Title:    "View is created without OR REPLACE",
	Category: review.Objects,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.CreateView](p) {
			if c.OrReplace || c.IfNotExists || s.Statement.Verb != "CREATE VIEW" {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    firstLine(c.Span),
				Fix:     orReplace(s.Statement),
				Problem: review.Msg("After a failure half way the migration can't be run again: %s refuses to create `%s` twice (error %s).", p.Engine.Title(), c.Table.String(), review.Errno(1050)),
				Advice:  review.Msg("Write CREATE OR REPLACE VIEW."),
			})
		}
	},
}

func orReplace(s *ddlparse.Statement) *review.Edit {
	at := s.Span
	if len(s.Text()) < len("CREATE") || !strings.EqualFold(s.Text()[:len("CREATE")], "CREATE") {
		return nil
	}
	at.Start += int32(len("CREATE"))
	at.End = at.Start
	return &review.Edit{Title: "Add OR REPLACE", Span: at, New: " OR REPLACE"}
}

// sqlSecurityDefiner speaks of views and routines whose callers get the rights of their definer.
var sqlSecurityDefiner = &review.Rule{
	ID:       "sql-security-definer",
	Title:    "View or routine runs with the rights of its definer",
	Category: review.Privileges,
	Severity: review.Off,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			for _, change := range s.Changes {
				name := ""
				switch c := change.(type) {
				case *ddlparse.CreateView:
					name = c.View.Name.String()
				case *ddlparse.CreateRoutine:
					if c.Routine.Kind == "PROCEDURE" || c.Routine.Kind == "FUNCTION" {
						name = c.Routine.Name.String()
					}
				}
				if name != "" && !strings.Contains(wordsOf(s.Statement.Text()), "SQL SECURITY INVOKER") {
					p.Report(review.Finding{
						Object:  name,
						Span:    firstLine(s.Statement.Span),
						Problem: review.Msg("Whoever may use `%s` gets the rights of its definer, as %s does unless SQL SECURITY INVOKER is written.", name, p.Engine.Title()),
						Advice:  review.Msg("Write SQL SECURITY INVOKER, unless lending the definer's rights is the purpose."),
					})
				}
			}
		}
	},
}
