package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// addUniqueOnExistingColumns speaks of unique keys whose columns hold values that nothing kept unique so far.
var addUniqueOnExistingColumns = &review.Rule{
	ID:       "add-unique-on-existing-columns",
	Title:    "Unique key is added to existing data",
	Category: review.DataDependent,
	Severity: review.Warning,
	Params: []review.Param{
		{Name: "suggest_duplicate_query", Default: true, Doc: "The advice holds a query that finds the duplicates."},
	},
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AddIndex](p) {
			if c.Index.Kind != ddlparse.Unique || constantKey(p, s, c) || !holdsRows(p, s, c.Before) || keptUnique(p, s, c) || !pastOf(p).mayRepeat(s, c) || correction(p, s, &c.Clause, c.Index.Columns()...) != nil {
				continue
			}
			f := review.Finding{
				Object:  objectOf(c.Table, c.Index.Name),
				Span:    c.Index.Span,
				Problem: review.Msg("The unique key `%s` covers values that `%s` holds already: %s stops with error %s if two rows are equal in %s.", c.Index.Name, c.Table.String(), p.Engine.Title(), review.Errno(1062), partList(c.Index)),
				Advice:  review.Msg("Remove duplicates in an earlier migration, and make sure that running code writes none."),
			}
			if query := duplicateQuery(c); query != "" && review.Value[bool](p, "suggest_duplicate_query") {
				f.Advice = review.Msg("Remove what `%s` finds in an earlier migration, and make sure that running code writes no duplicates.", query)
			}
			p.Report(f)
		}
	},
}

// keptUnique reports whether a key that was there before the statement or before the change set makes
// duplicates impossible, or one that the change set dropped a moment ago: the new key repeats or widens it.
func keptUnique(p *review.Pass, s *ddlparse.Step, c *ddlparse.AddIndex) bool {
	implied := func(x *ddlparse.Index) bool { return implies(x, c.Index) }
	dropped := func(k droppedKey) bool { return k.number < s.Number && implied(k.index) }
	if slices.ContainsFunc(c.Before.Indexes, implied) || c.Before.Origin > 0 && lastFew(pastOf(p).keys[c.Before.Origin], dropped) {
		return true
	}
	start := startTable(p, c.Before)
	return start != nil && slices.ContainsFunc(start.Indexes, implied)
}

// lastFew looks at the newest keys only, however often a hostile file drops one.
func lastFew(keys []droppedKey, match func(droppedKey) bool) bool {
	return slices.ContainsFunc(keys[max(0, len(keys)-64):], match)
}

// implies reports whether rows that differ in old's parts always differ in the parts of x.
func implies(old, x *ddlparse.Index) bool {
	if !old.Unique() {
		return false
	}
	for _, o := range old.Parts {
		if !slices.ContainsFunc(x.Parts, func(part ddlparse.Part) bool { return tellsApart(part, o) }) {
			return false
		}
	}
	return true
}

// tellsApart reports whether values with different old parts have different new ones: the same
// column, or expression, with no shorter prefix.
func tellsApart(part, old ddlparse.Part) bool {
	if old.Column == "" {
		return part.Column == "" && part.Expr == old.Expr
	}
	return strings.EqualFold(part.Column, old.Column) && (part.Prefix == 0 || old.Prefix != 0 && part.Prefix >= old.Prefix)
}

// mayRepeat reports whether rows that exist can be equal in the key. A column that the statement or an
// earlier one adds is NULL or a new number in every row, unless something filled it: NULLs are never equal.
func (h *past) mayRepeat(s *ddlparse.Step, c *ddlparse.AddIndex) bool {
	columns := keyColumns(c.Index)
	for w := range h.writesBefore(s, c.Table) {
		if slices.ContainsFunc(columns, func(name string) bool { return removesDuplicates(w, name) }) {
			return false
		}
	}
	return !slices.ContainsFunc(columns, func(name string) bool { return tellsRowsApart(h.p, c.After.Column(name)) })
}

// removesDuplicates reports whether the statement deletes rows by comparing them, or by the column, or computes
// the column for each row: one literal for all makes no row unlike another.
func removesDuplicates(w *ddlparse.Write, column string) bool {
	if w.Verb == "DELETE" {
		return comparesRows(w) || mentions(w.Where.Text(), column)
	}
	return w.Verb == "UPDATE" && slices.ContainsFunc(w.Set, func(a ddlparse.Assignment) bool {
		return strings.EqualFold(a.Column, column) && (strings.ContainsAny(a.Value, "(@") || !startsWithLiteral(a.Value))
	})
}

// startsWithLiteral: 'x', 1 and -1, but not -id.
func startsWithLiteral(value string) bool {
	value = strings.TrimLeft(value, "-+ ")
	return value != "" && strings.IndexByte("'\"0123456789.", value[0]) >= 0
}

// tellsRowsApart reports whether a column of the change set has no equal values by itself.
func tellsRowsApart(p *review.Pass, c *ddlparse.Column) bool {
	if !bornHere(p, c) {
		return false
	}
	if c.Default != nil && c.Default.Kind != ddlparse.DefaultNull {
		return c.Default.Kind == ddlparse.DefaultExpression
	}
	return c.AutoIncrement || c.Generated == nil && c.Nullable()
}

// keyColumns are the columns that decide about the key, those inside expressions too.
func keyColumns(x *ddlparse.Index) []string {
	names := x.Columns()
	for _, part := range x.Parts {
		names = append(names, part.Columns...)
	}
	return names
}

// partList is the key's parts for people: (a, b).
func partList(x *ddlparse.Index) string {
	names := make([]string, len(x.Parts))
	for i, part := range x.Parts {
		names[i] = part.Column
		if part.Column == "" {
			names[i] = "(" + part.Expr + ")"
		}
	}
	return "(" + strings.Join(names, ", ") + ")"
}

// duplicateQuery finds the rows that the key would refuse, "" for keys of prefixes and for columns that
// aren't there yet.
func duplicateQuery(c *ddlparse.AddIndex) string {
	var names, filled []string
	for _, part := range c.Index.Parts {
		name := sqlName(part.Column)
		if part.Column == "" {
			name = part.Expr
		}
		column := c.Before.Column(part.Column)
		if part.Prefix > 0 || column == nil && (part.Column != "" || !allThere(c.Before, part.Columns)) && c.Before.Known() {
			return ""
		}
		names = append(names, name)
		if column == nil || column.Nullable() {
			filled = append(filled, name+" IS NOT NULL")
		}
	}
	query := "SELECT " + strings.Join(names, ", ") + ", COUNT(*) FROM " + sqlTable(c.Table)
	if len(filled) > 0 {
		query += " WHERE " + strings.Join(filled, " AND ")
	}
	return query + " GROUP BY " + strings.Join(names, ", ") + " HAVING COUNT(*) > 1"
}

func allThere(t *ddlparse.Table, columns []string) bool {
	return !slices.ContainsFunc(columns, func(name string) bool { return t.Column(name) == nil })
}
