package rules

import (
	"slices"
	"strings"

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
		{Name: "tables", Default: []string{}, Doc: "Further tables in which a migration tool keeps what has run."},
		{Name: "allow", Default: []string{}, Doc: "Tables with the name of a tool's that mean something else here."},
	},
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			if s.Migration.Role == ddlparse.Declarative || s.Migration.Tool == ddlparse.RailsStruct {
				continue
			}
			for _, c := range s.Changes {
				if n := touched(p, s.Migration.Tool, c); n != "" {
					reportToolTable(p, s, c, n)
					break
				}
			}
		}
	},
}

// toolTables are the tables in which tools keep what has run, with the tools; none where it is not one that is known here.
var toolTables = map[string][]ddlparse.Tool{
	"schema_migrations":      {ddlparse.GolangMigrate, ddlparse.Dbmate, ddlparse.PlainSQL},
	"flyway_schema_history":  {ddlparse.Flyway, ddlparse.PlainSQL},
	"schema_version":         {ddlparse.Flyway},
	"goose_db_version":       {ddlparse.Goose, ddlparse.PlainSQL},
	"gorp_migrations":        {ddlparse.SQLMigrate, ddlparse.PlainSQL},
	"databasechangelog":      {ddlparse.Liquibase, ddlparse.PlainSQL},
	"databasechangeloglock":  {ddlparse.Liquibase, ddlparse.PlainSQL},
	"atlas_schema_revisions": {ddlparse.Atlas, ddlparse.PlainSQL},
	"_prisma_migrations":     {ddlparse.Prisma, ddlparse.PlainSQL},
	"django_migrations":      {ddlparse.PlainSQL},
	"ar_internal_metadata":   {ddlparse.PlainSQL},
	"alembic_version":        {ddlparse.PlainSQL},
	"knex_migrations":        {ddlparse.PlainSQL},
	"phinxlog":               {ddlparse.PlainSQL},
}

// touched is the tool's table that the change is about, "" for none. A table of another tool is
// a leftover; one that the migrations themselves make is
// one of the application, or of a tool of its own.
func touched(p *review.Pass, tool ddlparse.Tool, c ddlparse.Change) string {
	at := c.At()
	n := at.Table
	known := slices.Contains(toolTables[strings.ToLower(n.Name)], tool) || named(review.Value[[]string](p, "tables"), n.Name)
	if !known || named(review.Value[[]string](p, "allow"), n.Name) {
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
