package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropOrRenameBreaksView speaks of views that still name a table or column once the change set has taken
// it away. Servers look at a view only when it is read, and fail then. Tried on MySQL 9.7 and MariaDB 10.11.
var dropOrRenameBreaksView = &review.Rule{
	ID:       "drop-or-rename-breaks-view",
	Title:    "View uses what is dropped or renamed",
	Category: review.Destructive,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		users := viewsByTable(p)
		if len(users) == 0 {
			return
		}
		for s, c := range review.Each[*ddlparse.DropColumn](p) {
			reportViews(p, s, lostName{&c.Clause, c.Name}, users)
		}
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if c.Renamed() {
				reportViews(p, s, lostName{&c.Clause, c.Name}, users)
			}
		}
		for s, c := range review.Each[*ddlparse.DropTable](p) {
			if !c.Temporary {
				reportViews(p, s, lostName{&c.Clause, ""}, users)
			}
		}
		for s, c := range review.Each[*ddlparse.RenameTable](p) {
			reportViews(p, s, lostName{&c.Clause, ""}, users)
		}
	},
}

// viewsByTable gives the views of the final schema by the tables that they read, in lower case.
func viewsByTable(p *review.Pass) map[string][]*ddlparse.View {
	users := map[string][]*ddlparse.View{}
	for v := range p.Final().Views() {
		for _, n := range v.Tables {
			key := strings.ToLower(n.Name)
			if list := users[key]; len(list) == 0 || list[len(list)-1] != v {
				users[key] = append(list, v)
			}
		}
	}
	return users
}

// reportViews speaks of the views that were made before the clause ran, once for all of them.
func reportViews(p *review.Pass, s *ddlparse.Step, l lostName, byTable map[string][]*ddlparse.View) {
	list := byTable[strings.ToLower(l.at.Table.Name)]
	if len(list) == 0 || l.at.Before == nil || l.at.Before.Temporary || l.isBack(p) {
		return
	}
	var users []*ddlparse.View
	for _, v := range list {
		if v.Origin < s.Number && l.usedByView(p, v) {
			users = append(users, v)
		}
	}
	if len(users) == 0 {
		return
	}
	first := users[0].Name.String()
	f := review.Finding{
		Object:  l.object(),
		Span:    firstLine(l.at.Span),
		Problem: review.Msg("The view `%s` uses `%s`: %s accepts this, and then every query of the view fails (error %s).", first, l.object(), p.Engine.Title(), review.Errno(1356)),
		Advice:  review.Msg("Define the view `%s` without `%s` in an earlier statement: CREATE OR REPLACE VIEW.", first, l.object()),
	}
	for _, v := range users {
		f.Related = append(f.Related, review.Related{Span: firstLine(v.Span), Note: review.Msg("The view `%s` is defined here", v.Name.String())})
	}
	p.Report(f)
}

// usedByView reports whether the view surely means that name: a table that it reads; a column by the
// table's name, or by itself or as one of * where the view reads one table in one query.
func (l lostName) usedByView(p *review.Pass, v *ddlparse.View) bool {
	if !slices.ContainsFunc(v.Tables, func(n ddlparse.Name) bool { return p.Final().Same(n, l.at.Table) }) {
		return false
	}
	if l.column == "" {
		return true
	}
	text := strings.ToLower(v.Span.Text())
	single := len(v.Tables) == 1 && strings.Count(text, "select") == 1
	if single && selectsAll(text) {
		c := l.at.Before.Column(l.column)
		return c != nil && c.Origin <= v.Origin
	}
	return slices.ContainsFunc(v.References, func(r ddlparse.Reference) bool {
		if !strings.EqualFold(r.Name, l.column) {
			return false
		}
		return strings.EqualFold(r.Qualifier, l.at.Table.Name) || r.Qualifier == "" && single && !isAlias(r)
	})
}

// selectsAll reports whether the query, in lower case, starts with every column of its table.
func selectsAll(text string) bool {
	_, list, _ := strings.Cut(text, "select")
	return strings.HasPrefix(strings.TrimSpace(list), "*")
}

// isAlias reports whether the reference may be a name that the query gives to something: it stands behind
// AS, a name, a closing parenthesis or a literal.
func isAlias(r ddlparse.Reference) bool {
	before := strings.TrimRight(r.Span.Source.Text[:r.Span.Start], " \t\r\n")
	if before == "" {
		return false
	}
	if last := before[len(before)-1]; last != ')' && last != '`' && last != '\'' && last != '"' && !partOfWord(strings.ToLower(before[len(before)-1:]), 0) {
		return false
	}
	word := before[strings.LastIndexAny(before, " \t\r\n(,`.")+1:]
	switch strings.ToUpper(word) {
	case "SELECT", "DISTINCT", "WHERE", "AND", "OR", "NOT", "BY", "ON", "HAVING", "IN", "LIKE", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "IS", "DIV", "MOD", "INTERVAL":
		return false
	}
	return true
}
