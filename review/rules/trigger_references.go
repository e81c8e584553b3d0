package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// triggerReferencesChangedColumn speaks of columns and tables that a trigger still names once the
// change set has dropped or renamed them. Servers look at a trigger's body only when it runs.
var triggerReferencesChangedColumn = &review.Rule{
	ID:       "trigger-references-changed-column",
	Title:    "Trigger uses what is dropped or renamed",
	Category: review.Objects,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		users := triggersByName(p)
		if len(users) == 0 {
			return
		}
		for s, c := range review.Each[*ddlparse.DropColumn](p) {
			reportTriggers(p, s, lostName{&c.Clause, c.Name}, users)
		}
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if c.Renamed() {
				reportTriggers(p, s, lostName{&c.Clause, c.Name}, users)
			}
		}
		for s, c := range review.Each[*ddlparse.DropTable](p) {
			reportTriggers(p, s, lostName{&c.Clause, ""}, users)
		}
		for s, c := range review.Each[*ddlparse.RenameTable](p) {
			reportTriggers(p, s, lostName{&c.Clause, ""}, users)
		}
	},
}

// triggersByName gives the triggers of the final schema by the names that their bodies use, in lower case.
func triggersByName(p *review.Pass) map[string][]*ddlparse.Trigger {
	users := map[string][]*ddlparse.Trigger{}
	add := func(name string, t *ddlparse.Trigger) {
		key := strings.ToLower(name)
		if list := users[key]; len(list) == 0 || list[len(list)-1] != t {
			users[key] = append(list, t)
		}
	}
	for t := range p.Final().Triggers() {
		for _, r := range t.References {
			add(r.Name, t)
		}
		for _, n := range t.Tables() {
			add(n.Name, t)
		}
	}
	return users
}

// lostName is a name that a clause takes away: of a column, or of the table itself.
type lostName struct {
	at     *ddlparse.Clause
	column string
}

func (l lostName) object() string {
	if l.column == "" {
		return l.at.Table.String()
	}
	return objectOf(l.at.Table, l.column)
}

// isBack reports whether the change set leaves something under that name after all.
func (l lostName) isBack(p *review.Pass) bool {
	t := p.Final().Table(l.at.Table)
	if l.column == "" {
		return t != nil || p.Final().View(l.at.Table) != nil
	}
	if l.at.After != nil && p.Final().Table(l.at.After.Name) != nil {
		t = p.Final().Table(l.at.After.Name)
	}
	return t.Column(l.column) != nil || t.IsOpaque()
}

// reportTriggers speaks of the triggers of the final schema that were made before the clause ran.
func reportTriggers(p *review.Pass, s *ddlparse.Step, l lostName, byName map[string][]*ddlparse.Trigger) {
	if l.isBack(p) {
		return
	}
	var users []*ddlparse.Trigger
	for _, t := range byName[l.name()] {
		if t.Origin < s.Number && l.usedBy(p, t) {
			users = append(users, t)
		}
	}
	if len(users) == 0 {
		return
	}
	first := users[0]
	f := review.Finding{
		Object:  l.object(),
		Span:    firstLine(l.at.Span),
		Problem: review.Msg("The trigger `%s` uses `%s`: %s accepts this, and then every %s on `%s` fails (error %s).", first.Name.String(), l.object(), p.Engine.Title(), first.Event, first.Table.String(), review.Errno(1054)),
		Advice:  review.Msg("Drop the trigger `%s` before, and create it again without `%s`.", first.Name.String(), l.object()),
	}
	if l.column == "" {
		f.Problem.Args[len(f.Problem.Args)-1] = review.Errno(1146)
	}
	for _, t := range users {
		f.Related = append(f.Related, review.Related{Span: firstLine(t.Span), Note: review.Msg("The trigger `%s` is defined here", t.Name.String())})
	}
	p.Report(f)
}

// name is what a trigger's body calls it, in lower case.
func (l lostName) name() string {
	if l.column == "" {
		return strings.ToLower(l.at.Table.Name)
	}
	return strings.ToLower(l.column)
}

// usedBy reports whether the trigger's body surely means that name: NEW.column and OLD.column of its
// own table, table.column, or a table where a statement names one.
func (l lostName) usedBy(p *review.Pass, t *ddlparse.Trigger) bool {
	if l.column == "" {
		return slices.ContainsFunc(t.Tables(), func(n ddlparse.Name) bool { return p.Final().Same(n, l.at.Table) })
	}
	own := p.Final().Same(t.Table, l.at.Table) || l.at.After != nil && p.Final().Same(t.Table, l.at.After.Name)
	for _, r := range t.References {
		if !strings.EqualFold(r.Name, l.column) {
			continue
		}
		row := strings.EqualFold(r.Qualifier, "NEW") || strings.EqualFold(r.Qualifier, "OLD")
		if row && own || !row && r.Qualifier != "" && p.Final().Same(ddlparse.Name{Name: r.Qualifier}, ddlparse.Name{Name: l.at.Table.Name}) {
			return true
		}
	}
	return false
}
