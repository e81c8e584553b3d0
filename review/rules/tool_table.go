package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// toolTableTouched speaks of the tables in which migration tools keep what has run. To make one is harmless: a schema
// dump holds it too, and the rows in it.
var toolTableTouched = &review.Rule{
	ID:       "migration-tool-table-touched",
	Title:    "Bookkeeping of the migration tool is changed",
	Category: review.Hygiene,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "tables", Default: []string{"schema_migrations", "flyway_schema_history", "schema_version", "goose_db_version", "gorp_migrations", "databasechangelog", "databasechangeloglock", "atlas_schema_revisions", "django_migrations", "_prisma_migrations", "ar_internal_metadata", "alembic_version", "knex_migrations", "phinxlog"}, Doc: "The tables in which migration tools keep what has run."},
		{Name: "allow", Default: []string{}, Doc: "Tables of that list that this repository made for itself."},
	},
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			if s.Migration.Role == ddlparse.Declarative || s.Migration.Tool == ddlparse.RailsStruct {
				continue
			}
			for _, c := range s.Changes {
				if n := touched(p, c); n != "" {
					reportToolTable(p, s, c, n)
					break
				}
			}
		}
	},
}

// touched is the tool's table that the change is about, "" for none. A table that the migrations themselves make is
// one of the application, or of a tool of its own.
func touched(p *review.Pass, c ddlparse.Change) string {
	at := c.At()
	n := at.Table
	if !named(review.Value[[]string](p, "tables"), n.Name) || named(review.Value[[]string](p, "allow"), n.Name) {
		return ""
	}
	if at.Before != nil && !at.Before.External || p.Start().Table(n) != nil && !p.Start().Table(n).External {
		return ""
	}
	switch c := c.(type) {
	case *ddlparse.CreateTable, *ddlparse.CreateView, *ddlparse.CreateTrigger, *ddlparse.Transaction:
		return ""
	case *ddlparse.DropTable:
		if p.Created(p.Final().Table(n)) {
			return "" // a dump makes it anew
		}
	case *ddlparse.Write:
		if !p.Engine.IsTiDB() && len(c.Tables) > 0 && c.Tables[0] != n {
			return ""
		}
	}
	return n.Name
}

func reportToolTable(p *review.Pass, s *ddlparse.Step, c ddlparse.Change, table string) {
	p.Report(review.Finding{
		Object:  c.At().Table.String(),
		Span:    firstLine(c.At().Span),
		Problem: review.Msg("`%s` is where a migration tool keeps what has run: after this %s may run migrations a second time, or never.", table, toolName(s.Migration.Tool)),
		Advice:  review.Msg("Leave the table to the tool: its own commands repair, skip or mark migrations."),
	})
}
