package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// addColumnWithUniqueAttribute speaks of unique columns that every row gets the same value in. Tried on MySQL
// 9.7 and MariaDB 10.11. TiDB takes no such column (tidb-unsupported-alter).
var addColumnWithUniqueAttribute = &review.Rule{
	ID:       "add-column-with-unique-attribute",
	Title:    "Unique column is added with one value for all rows",
	Category: review.DataDependent,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AddIndex](p) {
			if !constantKey(p, s, c) {
				continue
			}
			names := c.Index.Columns()
			f := review.Finding{
				Object:  objectOf(c.Table, names[0]),
				Span:    c.Index.Span,
				Problem: review.Msg("Every row of `%s` gets the same value in %s, which is to be unique: %s stops with error %s as soon as there are two rows.", c.Table.String(), partList(c.Index), p.Engine.Title(), review.Errno(1062)),
				Advice:  review.Msg("Add the column as NULL, which may repeat, fill it with a value of its own for each row, and add the key in a later migration."),
			}
			p.Report(f)
		}
	},
}

// constantKey reports whether all parts of a new unique key are columns that the same statement adds with
// one value for all rows.
func constantKey(p *review.Pass, s *ddlparse.Step, c *ddlparse.AddIndex) bool {
	if !c.Index.Unique() || p.Engine.IsTiDB() || len(c.Index.Parts) == 0 || !holdsRows(p, s, c.Before) {
		return false
	}
	for _, part := range c.Index.Parts {
		column := c.After.Column(part.Column)
		if part.Column == "" || column == nil || column.Origin != s.Number || !oneValue(c.Index, column) {
			return false
		}
	}
	return true
}

// oneValue reports whether every row that exists gets the same value, and not NULL.
func oneValue(x *ddlparse.Index, c *ddlparse.Column) bool {
	switch d := c.Default; {
	case c.AutoIncrement || c.Generated != nil || strings.EqualFold(c.Type.Name, "timestamp"):
		return false
	case d == nil || d.Kind == ddlparse.DefaultNull:
		return c.NotNull || x.Kind == ddlparse.Primary
	default:
		return d.Kind == ddlparse.DefaultString || d.Kind == ddlparse.DefaultNumber
	}
}

// addPrimaryKeyOnExistingColumns speaks of primary keys whose columns hold values that nothing kept unique,
// or NULLs.
var addPrimaryKeyOnExistingColumns = &review.Rule{
	ID:       "add-primary-key-on-existing-columns",
	Title:    "Primary key is added to existing data",
	Category: review.DataDependent,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AddIndex](p) {
			if c.Index.Kind != ddlparse.Primary || !c.Before.Known() || !holdsRows(p, s, c.Before) || constantKey(p, s, c) || correction(p, s, &c.Clause, c.Index.Columns()...) != nil {
				continue
			}
			if repeats := !keptUnique(p, s, c) && pastOf(p).mayRepeat(s, c); repeats {
				reportPrimary(p, c)
			}
		}
	},
}

func reportPrimary(p *review.Pass, c *ddlparse.AddIndex) {
	f := review.Finding{
		Object:  objectOf(c.Table, ddlparse.PrimaryName),
		Span:    c.Index.Span,
		Problem: review.Msg("The primary key covers values that `%s` holds already: %s stops with error %s if two rows are equal in %s.", c.Table.String(), p.Engine.Title(), review.Errno(1062), partList(c.Index)),
		Advice:  review.Msg("Remove duplicates in an earlier migration, and make sure that running code writes none."),
	}
	for _, name := range c.Index.Columns() {
		if old := c.Before.Column(name); old != nil && old.Nullable() {
			f.Problem = review.Msg("The primary key covers values that `%s` holds already: %s stops with error %s if two rows are equal in %s, and with error %s if `%s` is NULL in one.", c.Table.String(), p.Engine.Title(), review.Errno(1062), partList(c.Index), review.Errno(notNullNumber(p.Engine)), name)
			break
		}
	}
	if query := duplicateQuery(c); query != "" {
		f.Advice = review.Msg("Remove what `%s` finds in an earlier migration, and make sure that running code writes no duplicates.", query)
	}
	p.Report(f)
}

// uniqueIndexViaOSCTool speaks of tools that copy rows into a table with the new key and skip those that
// break it: gh-ost's doc/requirements-and-limitations.md, and pt-online-schema-change's --check-unique-key-change.
var uniqueIndexViaOSCTool = &review.Rule{
	ID:       "unique-index-via-osc-tool",
	Title:    "Unique key is added by a tool that drops duplicates",
	Category: review.DataDependent,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "osc_tool", Default: "", Doc: "The tool that changes tables, if there is one: gh-ost or pt-online-schema-change."},
	},
	Check: func(p *review.Pass) {
		tool := review.Value[string](p, "osc_tool")
		if tool != "gh-ost" && tool != "pt-online-schema-change" {
			return
		}
		for s, c := range review.Each[*ddlparse.AddIndex](p) {
			if !c.Index.Unique() || !holdsRows(p, s, c.Before) || keptUnique(p, s, c) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Index.Name),
				Span:    c.Index.Span,
				Problem: review.Msg("%s copies the rows of `%s` with INSERT IGNORE: of rows that are equal in %s it keeps one and drops the others, without an error.", tool, c.Table.String(), partList(c.Index)),
				Advice:  review.Msg("Make sure before that there are no duplicates and that running code writes none, or let the server add the key itself."),
			})
		}
	},
}
