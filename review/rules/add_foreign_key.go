package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// addForeignKeyLocks speaks where the server checks the rows that are there: it copies the table for that, and
// holds both tables.
var addForeignKeyLocks = inCategory(review.ForeignKeys, slowRule(review.Rule{
	ID: "add-foreign-key-locks-both-tables", Title: "Adding a foreign key blocks writes", Severity: review.Warning,
	Params: []review.Param{{Name: "suggest_orphan_query", Default: true, Doc: "Give the query that finds rows without a parent."}},
}, func(p *review.Pass, d *slowDDL) review.Finding {
	c := addedKey(d)
	if c == nil {
		return review.Finding{Problem: whyBlocked(p, d), Advice: wayOut(d)}
	}
	f := review.Finding{
		Span:    c.Span,
		Problem: review.Msg("%s copies `%s` to check every row against `%s`: writes to `%s` wait until it is done, and it stops at the first row without a parent (error %s).", p.Engine.Title(), d.Table.String(), c.Key.Parent.String(), d.Table.String(), review.Errno(1452)),
		Advice:  review.Msg("Run it in a window without writes, after a look for rows without a parent with `%s`.", orphanQuery(c)),
	}
	if !review.Value[bool](p, "suggest_orphan_query") {
		f.Advice = review.Msg("Run it in a window without writes, once no row is without a parent.")
	}
	return f
}))

// inCategory puts a slow rule into the category of what it is about.
func inCategory(c review.Category, r *review.Rule) *review.Rule {
	r.Category = c
	return r
}

// addedKey is the clause that adds the foreign key.
func addedKey(d *slowDDL) *ddlparse.AddForeignKey {
	for _, c := range d.step.Changes {
		if c, ok := c.(*ddlparse.AddForeignKey); ok && !c.Skipped && c.Key != nil {
			return c
		}
	}
	return nil
}

// orphanQuery counts the rows of the child that have no parent.
func orphanQuery(c *ddlparse.AddForeignKey) string {
	var on, set []string
	for i, name := range c.Key.Columns {
		if i < len(c.Key.ParentColumns) {
			on = append(on, fmt.Sprintf("p.%s = c.%s", sqlName(c.Key.ParentColumns[i]), sqlName(name)))
			set = append(set, fmt.Sprintf("c.%s IS NOT NULL", sqlName(name)))
		}
	}
	return fmt.Sprintf("SELECT COUNT(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)", sqlTable(c.Table), strings.Join(set, " AND "), sqlTable(c.Key.Parent), strings.Join(on, " AND "))
}

// multipleForeignKeys speaks of one statement that holds several parents at once: the server commits each
// statement by itself, so that foreign keys of different statements don't wait for each other.
var multipleForeignKeys = &review.Rule{
	ID:       "multiple-foreign-keys-in-change",
	Title:    "One statement adds foreign keys to several tables",
	Category: review.ForeignKeys,
	Severity: review.Off, // one statement for each copies the child table once more
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params:   []review.Param{{Name: "max", Default: 1, Doc: "How many parent tables one statement may involve."}},
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			if added, parents := keysOf(p, s); len(parents) > max(review.Value[int](p, "max"), 1) {
				reportSeveral(p, added, parents)
			}
		}
	},
}

// keysOf are the foreign keys that the statement adds to a table with rows, and their parents.
func keysOf(p *review.Pass, s *ddlparse.Step) (added []*ddlparse.AddForeignKey, parents []string) {
	if declarative(s) || s.NoForeignKeyChecks {
		return nil, nil
	}
	for _, c := range s.Changes {
		c, ok := c.(*ddlparse.AddForeignKey)
		if !ok || c.Skipped || c.Key == nil || !holdsRows(p, s, c.Before) || foreignKeyIgnored(p.Engine, c.Before, c.Key) || p.Created(s.Before.Table(c.Key.Parent)) {
			continue
		}
		added = append(added, c)
		if name := c.Key.Parent.String(); !slices.ContainsFunc(parents, func(n string) bool { return strings.EqualFold(n, name) }) {
			parents = append(parents, name)
		}
	}
	return added, parents
}

func reportSeveral(p *review.Pass, added []*ddlparse.AddForeignKey, parents []string) {
	severity := p.SeverityFor(added[0].Table)
	if severity == review.Off {
		return
	}
	f := review.Finding{
		Object: added[0].Table.String(), Span: added[0].Span, Severity: severity,
		Problem: review.Msg("This statement adds foreign keys to %s at once: %s holds metadata locks on all of them until the rows of `%s` are checked against the last one.", quoted(parents), p.Engine.Title(), added[0].Table.String()),
		Advice:  review.Msg("Add the foreign key to each table in a statement of its own."),
	}
	for _, c := range added[1:] {
		f.Places = append(f.Places, c.Span)
	}
	p.Report(f)
}
