package rules

import (
	"unicode/utf8"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// identifierTooLong speaks of names that the server refuses, names above a team's own limit, and
// names of tables that leave no room for what online schema change tools add.
var identifierTooLong = &review.Rule{
	ID:       string(ddlparse.IdentifierTooLong),
	Title:    "Name is too long",
	Category: review.Naming,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "max", Default: longestName, Doc: "The longest name that the team allows, in characters; every server's own limit is 64."},
		{Name: "osc_margin", Default: 8, Doc: "How many characters a table name must leave for the names that online schema change tools derive from it (_orders_chkpnt of Spirit has 8 more); 0 asks for none."},
	},
	Check: func(p *review.Pass) {
		refused(p)
		for t := range p.Tables() {
			reportLongTable(p, t)
			reportLongColumns(p, t)
			reportLongIndexes(p, t)
		}
	},
}

var refused = reportProblems(ddlparse.IdentifierTooLong, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	return review.Msg("The name `%s` has %d characters; %s takes at most %d (error %s).", pr.Name, utf8.RuneCountInString(pr.Name), p.Engine.Title(), longestName, review.Errno(pr.Number)),
		sayShorten(pr)
})

// sayShorten tells names that the server derived from those that somebody wrote.
func sayShorten(pr *ddlparse.Problem) review.Message {
	if (pr.Reason == "check" || pr.Reason == "foreign key") && !mentions(pr.Span.Text(), pr.Name) {
		return review.Msg("The server derives it from the table's name: give the constraint a name of its own, CONSTRAINT and at most %d characters.", longestName)
	}
	return review.Msg("Shorten the name to at most %d characters.", longestName)
}

func reportLongTable(p *review.Pass, t *ddlparse.Table) {
	length, margin := utf8.RuneCountInString(t.Name.Name), review.Value[int](p, "osc_margin")
	switch {
	case length > longestName || !tableNameIsNew(p, t):
	case length > review.Value[int](p, "max"):
		reportLong(p, t.Name.String(), t.Name.Name, t.NameSpan)
	case length+margin > longestName && !p.Engine.IsTiDB():
		p.Report(review.Finding{
			Object: t.Name.String(), Span: t.NameSpan, Severity: review.Notice,
			Problem: review.Msg("`%s` has %d characters: a tool for online schema changes that adds %d for its own tables goes over the %d that %s takes (error %s).", t.Name.Name, length, margin, longestName, p.Engine.Title(), review.Errno(1059)),
			Advice:  review.Msg("Keep table names at %d characters or fewer.", longestName-margin),
		})
	}
}

func reportLongColumns(p *review.Pass, t *ddlparse.Table) {
	for _, c := range newlyNamed(p, t) {
		if overTeamLimit(p, c.Name) {
			reportLong(p, objectOf(t.Name, c.Name), c.Name, columnNameSpan(c))
		}
	}
}

func reportLongIndexes(p *review.Pass, t *ddlparse.Table) {
	before := startTable(p, t)
	for _, x := range t.Indexes {
		if x.Named && p.New(x.Defined) && before.Index(x.Name) == nil && overTeamLimit(p, x.Name) {
			reportLong(p, objectOf(t.Name, x.Name), x.Name, indexNameSpan(x))
		}
	}
}

// overTeamLimit leaves names that no server takes to the server's own limit.
func overTeamLimit(p *review.Pass, name string) bool {
	length := utf8.RuneCountInString(name)
	return length > review.Value[int](p, "max") && length <= longestName
}

func reportLong(p *review.Pass, object, name string, at ddlparse.Span) {
	limit := review.Value[int](p, "max")
	p.Report(review.Finding{
		Object: object, Span: at,
		Problem: review.Msg("The name `%s` has %d characters; this repository allows %d.", name, utf8.RuneCountInString(name), limit),
		Advice:  review.Msg("Shorten the name to at most %d characters.", limit),
	})
}
