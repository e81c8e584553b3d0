package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropDatabase speaks of databases that the change set didn't create.
var dropDatabase = &review.Rule{
	ID:       "drop-database",
	Title:    "Database is dropped",
	Category: review.Destructive,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_if_empty", Default: false, Doc: "A database that the migrations created, and that holds no table any more, may be dropped."},
	},
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.DropDatabase](p) {
			before := s.Before.Database(c.Name)
			if before != nil && p.New(before.Origin) || before == nil && c.IfExists && createdDatabaseLater(p, s, c.Name) {
				continue
			}
			if before != nil && c.Tables == 0 && review.Value[bool](p, "allow_if_empty") {
				continue
			}
			f := review.Finding{Object: c.Name, Span: c.Span}
			f.Problem = review.Msg("%s drops `%s` with everything in it, and nothing rolls that back.", p.Engine.Title(), c.Name)
			if c.Tables > 1 {
				f.Problem = review.Msg("%s drops `%s` with everything in it, %d tables that the migrations know among them, and nothing rolls that back.", p.Engine.Title(), c.Name, c.Tables)
			}
			f.Advice = review.Msg("Leave it out of the migrations: take a backup, revoke access to `%s`, and drop it by hand once nobody misses it.", c.Name)
			p.Report(f)
		}
	},
}

// createdDatabaseLater reports whether the change set makes the database after the step: DROP … IF EXISTS
// then only clears the way for the first run.
func createdDatabaseLater(p *review.Pass, s *ddlparse.Step, name string) bool {
	for step, c := range review.Each[*ddlparse.CreateDatabase](p) {
		if step.Number > s.Number && c.Database.Name == name {
			return true
		}
	}
	return false
}
