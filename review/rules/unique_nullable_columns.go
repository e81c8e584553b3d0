package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// uniqueNullableColumns speaks of new unique keys that let duplicates through. A nullable generated
// column is how uniqueness is limited to some of the rows, so it is meant.
var uniqueNullableColumns = &review.Rule{
	ID:       "unique-nullable-columns",
	Title:    "Unique key has a column that may be NULL",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for t, x := range p.Indexes() {
			if x.Kind != ddlparse.Unique || !p.New(x.Origin) {
				continue
			}
			nullable := nullableParts(t, x)
			if len(nullable) == 0 || restatesUnique(p, t, x) {
				continue
			}
			f := review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Span,
				Problem: review.Msg("`%s` lets any number of equal rows in as long as %s is NULL: NULL equals nothing in a unique key of %s.", objectOf(t.Name, x.Name), quoted(nullable), p.Engine.Title()),
				Advice:  review.Msg("Make %s NOT NULL if equal rows are to be refused then too.", quoted(nullable)),
			}
			if len(nullable) > 1 {
				f.Problem = review.Msg("`%s` lets any number of equal rows in as long as one of %s is NULL: NULL equals nothing in a unique key of %s.", objectOf(t.Name, x.Name), quoted(nullable), p.Engine.Title())
			}
			p.Report(f)
		}
	},
}

// nullableParts are the columns of the key that take NULL.
func nullableParts(t *ddlparse.Table, x *ddlparse.Index) []string {
	var names []string
	for _, part := range x.Parts {
		c := t.Column(part.Column)
		if c != nil && c.Generated != nil {
			return nil
		}
		if c != nil && c.Nullable() {
			names = append(names, c.Name)
		}
	}
	return names
}

// restatesUnique reports whether the table had a unique key of these parts before the change set.
func restatesUnique(p *review.Pass, t *ddlparse.Table, x *ddlparse.Index) bool {
	old := startTable(p, t)
	if old == nil {
		return false
	}
	for _, y := range old.Indexes {
		if y.Unique() && len(y.Parts) == len(x.Parts) && samePartsFrom(y, x) {
			return true
		}
	}
	return false
}
