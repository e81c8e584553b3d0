package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// mixedDDLAndDML speaks of migrations that change definitions and rows.
var mixedDDLAndDML = &review.Rule{
	ID:       "mixed-ddl-and-dml",
	Title:    "Migration changes both schema and data",
	Category: review.Hygiene,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "allow_dml_on_tables_created_in_file", Default: true, Doc: "Tables that the change set creates may be filled beside their definition."},
	},
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			ddl, write := firstOfBoth(p, steps)
			if ddl == nil || write == nil {
				continue
			}
			p.Report(review.Finding{
				Object:  write.Table.String(),
				Span:    writeHead(write),
				Problem: review.Msg("`%s` changes rows of `%s` beside definitions: %s commits at every %s, so a failure leaves one without the other, and %s has to be helped by hand.", ddl.Migration.Title, write.Table.String(), p.Engine.Title(), ddl.Statement.Verb, toolName(ddl.Migration.Tool)),
				Advice:  review.Msg("Move the %s of `%s` into a migration of its own.", write.Verb, write.Table.String()),
				Related: []review.Related{{Span: firstLine(ddl.Statement.Span), Note: review.Msg("This commits")}},
			})
		}
	},
}

// firstOfBoth finds the first statement that commits, and the first that changes rows of a table
// that was there before.
func firstOfBoth(p *review.Pass, steps []*ddlparse.Step) (ddl *ddlparse.Step, write *ddlparse.Write) {
	for _, s := range steps {
		if ddl == nil && commits(s) && changesTable(s) {
			ddl = s
		}
		for _, c := range s.Changes {
			w, ok := c.(*ddlparse.Write)
			if !ok || write != nil || w.Before.IsOpaque() || recordsVersion(w) {
				continue
			}
			if w.Before != nil && w.Before.Temporary || review.Value[bool](p, "allow_dml_on_tables_created_in_file") && ownRows(p, w) {
				continue
			}
			write = w
		}
	}
	return ddl, write
}

// recordsVersion reports whether the statement only notes, in one row, which version the schema has now. That
// belongs to the definitions that it is about.
func recordsVersion(w *ddlparse.Write) bool {
	switch {
	case w.Joined || w.Select:
		return false
	case w.Verb == "INSERT" || w.Verb == "REPLACE":
		return w.Rows == 1 && (namesVersions(w.Table.Name) || insertsVersion(w.Span.Text()))
	case w.Verb == "UPDATE", w.Verb == "DELETE":
		return namesVersions(w.Table.Name) || quotesVersion(w.Where.Text())
	}
	return false
}

// insertsVersion: VALUES ('common.schema.version', '6.2', 1), where the row's first value is the name.
func insertsVersion(statement string) bool {
	_, row, found := strings.Cut(strings.ToLower(statement), "values")
	row = strings.TrimLeft(row, " \t\r\n(")
	if !found || !strings.HasPrefix(row, "'") {
		return false
	}
	name, _, _ := strings.Cut(row[1:], "'")
	return strings.HasSuffix(name, "schema.version") || strings.HasSuffix(name, "schema_version")
}

// namesVersions: schema_version, schema_migrations, SCHEMA_LOG, Liquibase's DATABASECHANGELOG and its lock.
func namesVersions(table string) bool {
	name := strings.ToLower(table)
	about := strings.Contains(name, "schema") || strings.Contains(name, "db") || strings.Contains(name, "database")
	return strings.HasSuffix(name, "version") && (about || name == "version") ||
		about && (strings.HasSuffix(name, "versions") || strings.HasSuffix(name, "changeloglock") || strings.HasSuffix(name, "log") || strings.HasSuffix(name, "migrations"))
}

// quotesVersion: WHERE name = 'schema.version'.
func quotesVersion(where string) bool {
	_, value, quoted := strings.Cut(strings.TrimSpace(where), "'")
	return quoted && !strings.ContainsAny(strings.TrimSuffix(value, "'"), "' ") && strings.HasSuffix(strings.ToLower(value), "version'")
}

// changesTable leaves out views, triggers and routines, which can be made again at any time.
func changesTable(s *ddlparse.Step) bool {
	for _, c := range s.Changes {
		switch c.(type) {
		case *ddlparse.CreateView, *ddlparse.DropView, *ddlparse.CreateTrigger, *ddlparse.DropTrigger, *ddlparse.CreateRoutine, *ddlparse.DropRoutine, *ddlparse.Write:
			continue
		}
		if !c.At().Skipped {
			return true
		}
	}
	return false
}
