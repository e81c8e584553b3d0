package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// addNotNullColumnWithoutDefault speaks of columns that rows written by running code can't have a value for.
// ENUM is let off: its first member is a default even in strict mode (MySQL 8.4 manual, "Data Type Default Values").
var addNotNullColumnWithoutDefault = &review.Rule{
	ID:       "add-not-null-column-without-default",
	Title:    "NOT NULL column without a default is added to existing rows",
	Category: review.DataDependent,
	Severity: review.Error,
	Params:   []review.Param{exemptBackfilled},
	Check: func(p *review.Pass) {
		h := pastOf(p)
		for s, c := range review.Each[*ddlparse.AddColumn](p) {
			if !needsValue(c.Column) || !h.holdsRows(s, c.Before) {
				continue
			}
			final := finalColumn(p, &c.Clause, c.Column.Name)
			if final == nil || !needsValue(final) || review.Value[bool](p, "exempt_backfilled") && h.filledLater(s, c) {
				continue
			}
			f := review.Finding{Object: objectOf(c.Table, c.Column.Name), Span: c.Column.Span, Fix: asNullable(c.Column)}
			f.Problem = sayImplicitValue(p, c)
			f.Advice = review.Msg("Give `%s` a DEFAULT; or add it as NULL, release code that sets it, fill the rows, and make it NOT NULL in a later migration.", c.Column.Name)
			p.Report(f)
		}
	},
}

var exemptBackfilled = review.Param{Name: "exempt_backfilled", Default: true, Doc: "An UPDATE of the same change set that fills the column makes it right."}

// needsValue reports whether an INSERT must name the column.
func needsValue(c *ddlparse.Column) bool {
	return c.NotNull && c.Default == nil && !c.AutoIncrement && c.Generated == nil && c.Type.Name != "enum" &&
		c.Attribute("GENERATED").IsZero() && c.Attribute("AUTO_RANDOM").IsZero()
}

// filledLater reports whether a later statement of the change set sets the column.
func (h *past) filledLater(s *ddlparse.Step, c *ddlparse.AddColumn) bool {
	for _, w := range h.writes[strings.ToLower(c.Table.Name)] {
		if w.number > s.Number && assigns(w.write, c.Column.Name) && writesTo(h.p, w.write, c.Table) {
			return true
		}
	}
	return false
}

// sayImplicitValue tells what existing rows get. MySQL refuses zero dates, and has no geometry to give.
func sayImplicitValue(p *review.Pass, c *ddlparse.AddColumn) review.Message {
	object, engine := objectOf(c.Table, c.Column.Name), p.Engine.Title()
	inserts := review.Errno(1364)
	switch t := c.Column.Type; {
	case p.Engine.IsMySQL() && (t.Name == "date" || t.Name == "datetime"):
		return review.Msg("`%s` has no value for the rows that exist: %s stops at the zero date (error %s), and inserts that leave the column out fail (error %s).", object, engine, review.Errno(1292), inserts)
	case p.Engine.IsMySQL() && t.IsSpatial():
		return review.Msg("`%s` has no value for the rows that exist: %s stops at the first of them (error %s), and inserts that leave the column out fail (error %s).", object, engine, review.Errno(1138), inserts)
	case t.IsNumeric():
		return review.Msg("%s writes 0 into `%s` of every row that exists, and inserts of running code, which leave the column out, fail (error %s).", engine, object, inserts)
	case t.IsText() || t.IsBinary():
		return review.Msg("%s writes an empty string into `%s` of every row that exists, and inserts of running code, which leave the column out, fail (error %s).", engine, object, inserts)
	}
	return review.Msg("%s makes up a value of `%s` for every row that exists, and inserts of running code, which leave the column out, fail (error %s).", engine, object, inserts)
}

// asNullable takes the NOT NULL back. A primary key can't be NULL.
func asNullable(c *ddlparse.Column) *review.Edit {
	at := c.Attribute("NOT NULL")
	if at.IsZero() || at.Source.Host != nil || !c.Attribute("PRIMARY KEY").IsZero() || c.Type.Name == "timestamp" && c.Default != nil {
		return nil
	}
	return &review.Edit{Title: "Add it as nullable", Span: at, New: "NULL"}
}

// setNotNullOnNullableColumn speaks of columns that may hold NULLs when they become NOT NULL.
var setNotNullOnNullableColumn = &review.Rule{
	ID:       "set-not-null-on-nullable-column",
	Title:    "Nullable column becomes NOT NULL",
	Category: review.DataDependent,
	Severity: review.Warning,
	Params:   []review.Param{exemptBackfilled},
	Check: func(p *review.Pass) {
		h := pastOf(p)
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !c.Restates() || c.Old == nil || c.Old.NotNull || c.New == nil || !c.New.NotNull || c.New.Generated != nil || !h.holdsRows(s, c.Before) {
				continue
			}
			if (*review.Memo(p, gatherLaxSteps))[s.Number] || !h.mayBeNull(p, s, c) || correction(p, s, &c.Clause, c.Name, c.New.Name) != nil {
				continue // the first is for set-not-null-without-strict-mode to say, the last for constraint-before-data-fix
			}
			f := review.Finding{Object: objectOf(c.Table, c.New.Name), Span: notNullSpan(c), Fix: fillNulls(s, c)}
			number := review.Errno(1138)
			if p.Engine.IsMariaDB() {
				number = 1265
			}
			f.Problem = review.Msg("`%s` takes NULL until now: %s stops this statement with error %s at the first row that holds one, whatever DEFAULT it has.", objectOf(c.Table, c.New.Name), p.Engine.Title(), number)
			f.Advice = review.Msg("Release code that always sets it, then fill the rows that are left, with UPDATE … SET %s = … WHERE %s IS NULL, before this statement.", c.Name, c.Name)
			p.Report(f)
		}
	},
}

func notNullSpan(c *ddlparse.ModifyColumn) ddlparse.Span {
	if at := c.New.Attribute("NOT NULL"); !at.IsZero() {
		return at
	}
	return c.Span
}

// mayBeNull looks for what keeps NULLs out: a check, a value that the change set gave, or the table's start
// as NOT NULL.
func (h *past) mayBeNull(p *review.Pass, s *ddlparse.Step, c *ddlparse.ModifyColumn) bool {
	start := h.startColumn(s, c.Before, c.Name)
	if start != nil && start.NotNull || excludesNull(c.Before, c.Name) {
		return false
	}
	if start == nil && p.New(c.Old.Defined) && !bornHere(p, c.Old) {
		return false // the change set restated it before, and nobody knows what it was
	}
	if bornHere(p, c.Old) && (c.Old.Default != nil && c.Old.Default.Kind != ddlparse.DefaultNull || h.prepared(s, c.Table, c.Name)) {
		return false
	}
	if !review.Value[bool](p, "exempt_backfilled") {
		return true
	}
	for w := range h.writesBefore(s, c.Table) {
		if coversNulls(w, c.Name) {
			return false
		}
	}
	return true
}

// excludesNull reports whether an enforced check says that the column is not NULL.
func excludesNull(t *ddlparse.Table, column string) bool {
	for _, k := range t.Checks {
		if k.Enforced && len(k.Columns) == 1 && strings.EqualFold(k.Columns[0], column) && plainSQL(k.Expr) == strings.ToLower(column)+" is not null" {
			return true
		}
	}
	return false
}

// coversNulls reports whether the statement leaves no NULL in the column: an UPDATE, or DELETE, of all rows
// or of those WHERE column IS NULL.
func coversNulls(w *ddlparse.Write, column string) bool {
	if w.Limit || w.Joined || w.Verb != "DELETE" && !assigns(w, column) {
		return false
	}
	where := plainSQL(w.Where.Text())
	if where == "" {
		return true
	}
	for _, condition := range strings.Split(where, " or ") {
		condition = strings.Trim(condition, "() ")
		if i := strings.LastIndexByte(condition, '.'); i >= 0 {
			condition = condition[i+1:]
		}
		name := strings.ToLower(column)
		if condition == name+" is null" || condition == "isnull("+name || condition == name+" <=> null" {
			return !strings.Contains(where, " and ")
		}
	}
	return false
}

// plainSQL is an expression in lower case, with single spaces and without backquotes.
func plainSQL(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(text, "`", ""))), " ")
}

// fillNulls writes the UPDATE where the new definition says what to fill in.
func fillNulls(s *ddlparse.Step, c *ddlparse.ModifyColumn) *review.Edit {
	d := c.New.Default
	if d == nil || d.Implicit || d.Kind != ddlparse.DefaultString && d.Kind != ddlparse.DefaultNumber || !takesNeighbours(s) {
		return nil
	}
	at := s.Statement.Span
	at.End = at.Start
	name := sqlName(c.Name)
	return &review.Edit{
		Title: "Fill the NULLs first", Span: at,
		New: "UPDATE " + sqlTable(c.Table) + " SET " + name + " = " + d.Span.Text() + " WHERE " + name + " IS NULL;\n",
	}
}
