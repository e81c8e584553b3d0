package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// columnUsedInExpression speaks of renames that MySQL refuses because an expression names the column, and
// of drops where another column's default does. Other drops are drop-column-used-in-index's. MariaDB
// rewrites the expressions of a renamed column. Tried on MySQL 9.7 and MariaDB 10.11.
var columnUsedInExpression = &review.Rule{
	ID:       "column-used-in-expression",
	Title:    "Renamed column is used in an expression",
	Category: review.Destructive,
	Severity: review.Error,
	Engines:  func(e ddlparse.Engine) bool { return e.MySQL(8, 0, 16) },
	Check: func(p *review.Pass) {
		for _, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if c.Renamed() && c.Before.Known() && c.After != nil && c.After.Column(c.Name) == nil {
				if users := usersOf(c.Before, c.After, c.Name); len(users) > 0 {
					reportUser(p, &c.Clause, c.Name, users[0])
				}
			}
		}
		for _, c := range review.Each[*ddlparse.DropColumn](p) {
			if c.Before.Known() && c.After != nil && c.After.Column(c.Name) == nil {
				if u, ok := defaultOf(c.Before, c.After, c.Name); ok {
					reportUser(p, &c.Clause, c.Name, u)
				}
			}
		}
	},
}

// expressionUser is what computes with a column, and the number of the refusal.
type expressionUser struct {
	number int
	kind   string
	name   string
	span   ddlparse.Span
}

// usersOf are the expressions with the column that the statement leaves as they were. One that it
// drops or defines anew does no harm.
func usersOf(before, after *ddlparse.Table, column string) []expressionUser {
	var users []expressionUser
	for _, g := range after.Columns {
		if old := before.Column(g.Name); g.Generated != nil && old != nil && old.Defined == g.Defined && named(g.Generated.Columns, column) {
			users = append(users, expressionUser{3108, "generated", g.Name, g.Span})
		}
	}
	if u, ok := defaultOf(before, after, column); ok {
		users = append(users, u)
	}
	for _, x := range after.Indexes {
		for _, part := range x.Parts {
			if old := before.Index(x.Name); part.Expr != "" && old != nil && old.Defined == x.Defined && named(part.Columns, column) {
				users = append(users, expressionUser{3837, "index", x.Name, x.Span})
			}
		}
	}
	for _, k := range after.Checks {
		if old := before.Check(k.Name); old != nil && old.Defined == k.Defined && named(k.Columns, column) {
			users = append(users, expressionUser{3959, "check", k.Name, k.Span})
		}
	}
	if t := after.Partitions; t != nil && t == before.Partitions && named(t.Columns, column) {
		users = append(users, expressionUser{3855, "partition", "", t.Span})
	}
	return users
}

// defaultOf is another column's default that names the column.
func defaultOf(before, after *ddlparse.Table, column string) (expressionUser, bool) {
	for _, d := range after.Columns {
		old := before.Column(d.Name)
		if old != nil && old.Defined == d.Defined && d.Default != nil && d.Default.Kind == ddlparse.DefaultExpression && !strings.EqualFold(d.Name, column) && mentions(d.Default.Text, column) {
			return expressionUser{3766, "default", d.Name, d.Span}, true
		}
	}
	return expressionUser{}, false
}

func reportUser(p *review.Pass, at *ddlparse.Clause, column string, u expressionUser) {
	object, engine, number := objectOf(at.Table, column), p.Engine.Title(), review.Errno(u.number)
	f := review.Finding{Object: object, Span: at.Span, Related: []review.Related{{Span: u.span, Note: review.Msg("`%s` is defined here", u.name)}}}
	switch u.kind {
	case "generated":
		f.Problem = review.Msg("The generated column `%s` is computed from `%s`: %s refuses to rename the column (error %s).", u.name, object, engine, number)
		f.Advice = review.Msg("Define `%s` anew with MODIFY in the same statement.", u.name)
	case "default":
		f.Problem = review.Msg("The default of `%s` is computed from `%s`: %s refuses to drop or rename the column (error %s).", u.name, object, engine, number)
		f.Advice = review.Msg("Take the default of `%s` away in the same statement, with ALTER COLUMN … DROP DEFAULT.", u.name)
	case "index":
		f.Problem = review.Msg("The index `%s` is computed from `%s`: %s refuses to rename the column (error %s).", u.name, object, engine, number)
		f.Advice = review.Msg("Drop `%s` in the same statement, and add it with the new name.", u.name)
	case "check":
		f.Problem = review.Msg("The check constraint `%s` uses `%s`: %s refuses to rename the column (error %s).", u.name, object, engine, number)
		f.Advice = review.Msg("Drop `%s` in the same statement, and add it with the new name.", u.name)
	default:
		f.Related = nil
		f.Problem = review.Msg("The table is partitioned by `%s`: %s refuses to rename the column (error %s).", object, engine, number)
		f.Advice = review.Msg("Keep the name; another one takes a new table, into which the rows are copied.")
	}
	p.Report(f)
}
