package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// crossDatabaseForeignKey speaks where both databases are known, and where the parent alone is qualified and no
// table of its name is in the default database.
var crossDatabaseForeignKey = &review.Rule{
	ID:       "cross-database-foreign-key",
	Title:    "Foreign key refers to another database",
	Category: review.ForeignKeys,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			from, to := t.Name.Database, f.Parent.Database
			if to == "" || strings.EqualFold(from, to) || !p.New(f.Origin) || foreignKeyIgnored(p.Engine, t, f) {
				continue
			}
			if from == "" && p.Final().Table(ddlparse.Name{Name: f.Parent.Name}) != nil {
				continue // the default database may be the very one
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, f.Name),
				Span:    f.ParentSpan,
				Problem: review.Msg("`%s` refers to `%s` in another database: %s then can't restore, move or drop either database without the other.", objectOf(t.Name, f.Name), f.Parent.String(), p.Engine.Title()),
				Advice:  review.Msg("Keep the two tables in one database, or the reference in the application."),
			})
		}
	},
}

// duplicateForeignKey compares the foreign keys that the change set adds with the others of their table.
var duplicateForeignKey = &review.Rule{
	ID:       "duplicate-foreign-key",
	Title:    "Two foreign keys say the same",
	Category: review.ForeignKeys,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for t, f := range p.ForeignKeys() {
			twin := twinForeignKey(p, t, f)
			if twin == nil || !p.New(f.Origin) || foreignKeyIgnored(p.Engine, t, f) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, f.Name),
				Span:    f.Span,
				Problem: review.Msg("`%s` has the same columns and parent as `%s`; %s keeps both and looks the parent up twice for every write.", objectOf(t.Name, f.Name), twin.Name, p.Engine.Title()),
				Advice:  review.Msg("Keep `%s` alone, or drop it in the same statement if this one replaces it.", twin.Name),
				Related: []review.Related{{Span: twin.Span, Note: review.Msg("`%s` is defined here", twin.Name)}},
			})
		}
	},
}

// twinForeignKey is the first foreign key of the table, before f, that has its columns and its parent's.
func twinForeignKey(p *review.Pass, t *ddlparse.Table, f *ddlparse.ForeignKey) *ddlparse.ForeignKey {
	for _, g := range t.ForeignKeys {
		switch {
		case g == f:
			return nil
		case p.Final().Same(f.Parent, g.Parent) && slices.EqualFunc(f.Columns, g.Columns, strings.EqualFold) && slices.EqualFunc(f.ParentColumns, g.ParentColumns, strings.EqualFold):
			return g
		}
	}
	return nil
}
