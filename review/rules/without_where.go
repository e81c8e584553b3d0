package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// updateDeleteWithoutWhere speaks of statements that reach every row. Where an UPDATE only fills
// columns that the change set adds, that is meant: unbatched-backfill speaks of those.
var updateDeleteWithoutWhere = &review.Rule{
	ID:       "update-delete-without-where",
	Title:    "UPDATE or DELETE without WHERE",
	Category: review.Statements,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_tables_created_in_file", Default: true, Doc: "Tables that the change set itself creates may be changed as a whole."},
		{Name: "exempt_tables", Default: []string{"version", "schema_version", "schema_versions", "schema_info", "db_version", "db_schema"}, Doc: "Tables of a single row, which need no WHERE."},
	},
	Check: func(p *review.Pass) {
		for _, w := range review.Each[*ddlparse.Write](p) {
			if reachesAll(w) && !mayReachAll(p, w) && !fillsNewColumns(p, w) {
				reportNoWhere(p, w)
			}
		}
	},
}

// reachesAll reports whether an UPDATE or DELETE has no condition of its own.
func reachesAll(w *ddlparse.Write) bool {
	return (w.Verb == "UPDATE" || w.Verb == "DELETE") && alwaysTrue(w.Where.Text())
}

// alwaysTrue reports whether the condition is none.
func alwaysTrue(condition string) bool {
	condition = strings.ToUpper(strings.Trim(strings.ReplaceAll(condition, " ", ""), "()"))
	return slices.Contains([]string{"", "1", "TRUE", "1=1", "'1'='1'"}, condition)
}

func mayReachAll(p *review.Pass, w *ddlparse.Write) bool {
	if named(review.Value[[]string](p, "exempt_tables"), w.Table.Name) || w.Before != nil && w.Before.Temporary {
		return true
	}
	return review.Value[bool](p, "allow_tables_created_in_file") && p.Created(w.Before)
}

// fillsNewColumns reports whether an UPDATE assigns nothing but columns that the change set added, or defined
// anew and computes from what they held.
func fillsNewColumns(p *review.Pass, w *ddlparse.Write) bool {
	if w.Verb != "UPDATE" || len(w.Set) == 0 || w.Before == nil {
		return false
	}
	for _, a := range w.Set {
		if c := w.Before.Column(a.Column); c == nil || !bornHere(p, c) && (!p.New(c.Defined) || !mentions(a.Value, c.Name)) {
			return false
		}
	}
	return true
}

// reportNoWhere is calmer where a join or LIMIT leaves rows out.
func reportNoWhere(p *review.Pass, w *ddlparse.Write) {
	f := review.Finding{Object: w.Table.String(), Span: firstLine(w.Span)}
	switch {
	case w.Joined || w.Limit:
		f.Severity = review.Warning
		f.Problem = review.Msg("This %s of `%s` has no WHERE: only its join or LIMIT says which rows it reaches.", w.Verb, w.Table.String())
		f.Advice = review.Msg("Write the condition that the rows meet as WHERE.")
	case w.Verb == "DELETE":
		f.Problem = review.Msg("This DELETE has no WHERE: %s removes every row of `%s`, in one transaction.", p.Engine.Title(), w.Table.String())
		f.Advice = review.Msg("Add the WHERE that was meant; if all rows are to go, delete them in batches by primary key.")
	default:
		f.Problem = review.Msg("This UPDATE has no WHERE: %s overwrites %s in every row of `%s`, and the old values are gone.", p.Engine.Title(), quoted(w.Columns), w.Table.String())
		f.Advice = review.Msg("Add the WHERE that was meant; if all rows are, update them in batches by primary key.")
	}
	p.Report(f)
}
