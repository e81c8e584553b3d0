package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// hardcodedDatabaseName speaks once per migration of objects that are changed in a database named in the text.
// Histories that name their databases all the time, or make them, mean it.
var hardcodedDatabaseName = &review.Rule{
	ID:       "hardcoded-database-name",
	Title:    "Migration names the database",
	Category: review.Naming,
	Severity: review.Notice,
	Params: []review.Param{
		{Name: "allow", Default: []string{}, Doc: "Databases that migrations may name."},
	},
	Check: func(p *review.Pass) {
		for _, steps := range stepsByMigration(p) {
			var named []namedDatabase
			for _, s := range steps {
				if n := databaseNamed(p, s); n.name != "" && (len(named) == 0 || named[0].name == n.name) {
					named = append(named, n)
				}
			}
			if len(named) > 0 && !namesItsDatabases(p) {
				reportDatabase(p, named)
			}
		}
	},
}

// namedDatabase is a statement that names a database.
type namedDatabase struct {
	name string
	at   ddlparse.Span
	use  bool
}

// databaseNamed is what the statement names, zero where that is allowed. Behind USE the names carry the database
// without its being written.
func databaseNamed(p *review.Pass, s *ddlparse.Step) namedDatabase {
	for _, c := range s.Changes {
		at := c.At()
		if u, ok := c.(*ddlparse.Use); ok && !allowedDatabase(p, u.Name) {
			return namedDatabase{u.Name, s.Statement.Span, true}
		}
		name := at.Table.Database
		if name == "" || allowedDatabase(p, name) || !qualifies(at.Span, s.Statement.Span, at.Table) {
			continue
		}
		return namedDatabase{name, firstLine(s.Statement.Span), false}
	}
	return namedDatabase{}
}

// qualifies reports whether the database is written before the name.
func qualifies(clause, statement ddlparse.Span, n ddlparse.Name) bool {
	for _, text := range []string{clause.Text(), statement.Text()} {
		head := text[:min(len(text), 400)]
		plain := strings.NewReplacer("`", "", " ", "").Replace(strings.ToLower(head))
		if strings.Contains(plain, strings.ToLower(n.Database+"."+n.Name)) {
			return true
		}
	}
	return false
}

// allowedDatabase leaves out the server's own databases, of which other rules speak, and placeholders.
func allowedDatabase(p *review.Pass, name string) bool {
	switch strings.ToLower(name) {
	case "mysql", "information_schema", "performance_schema", "sys":
		return true
	}
	return strings.ContainsAny(name, "${<%") || named(review.Value[[]string](p, "allow"), name)
}

// namesItsDatabases reports whether the history does so too, or the change set makes a database: that is how this
// repository works.
func namesItsDatabases(p *review.Pass) bool {
	for range review.Each[*ddlparse.CreateDatabase](p) {
		return true
	}
	for t := range p.Start().Tables() {
		if t.Name.Database != "" {
			return true
		}
	}
	return false
}

func reportDatabase(p *review.Pass, list []namedDatabase) {
	f := review.Finding{
		Object:  list[0].name,
		Span:    list[0].at,
		Problem: review.Msg("The migration names the database `%s`: where the database has another name, as in tests or a second environment, it fails or changes the wrong one.", list[0].name),
		Advice:  review.Msg("Leave the name out: the connection of the migration tool says which database is meant."),
	}
	if list[0].use {
		f.Problem = review.Msg("USE switches to the database `%s` for the rest of the connection: what follows, also what the migration tool records, goes there.", list[0].name)
	}
	for _, n := range list[1:] {
		f.Places = append(f.Places, n.at)
	}
	p.Report(f)
}
