package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropReferencedTable speaks of parents that are dropped or emptied while a foreign key still refers to
// them. MySQL takes a child that goes in the same DROP TABLE; MariaDB only one that stands before the
// parent in the list. Without foreign_key_checks both drop the parent, and refuse new child rows then.
// Tried on MySQL 9.7 and MariaDB 10.11.
var dropReferencedTable = &review.Rule{
	ID:       "drop-referenced-table",
	Title:    "Dropped or truncated table is referenced by a foreign key",
	Category: review.Destructive,
	Severity: review.Error,
	Engines:  func(e ddlparse.Engine) bool { return !e.IsTiDB() || e.TiDB(8, 5, 0) },
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.DropTable](p) {
			if t, f := referrer(p, s, &c.Clause); f != nil && !c.Temporary {
				reportReferenced(p, s, &c.Clause, t, f)
			}
		}
		for s, c := range review.Each[*ddlparse.TruncateTable](p) {
			if t, f := referrer(p, s, &c.Clause); f != nil && !s.NoForeignKeyChecks {
				reportTruncated(p, c, t, f)
			}
		}
	},
}

// referrer is a foreign key that refers to the statement's table from another one.
func referrer(p *review.Pass, s *ddlparse.Step, at *ddlparse.Clause) (*ddlparse.Table, *ddlparse.ForeignKey) {
	if !at.Before.Known() || at.Before.Temporary {
		return nil, nil
	}
	for t, f := range s.Before.Children(at.Before.Name) {
		if !p.Start().Same(t.Name, at.Before.Name) && !t.IsOpaque() && !goesToo(p, s, at, t) {
			return t, f
		}
	}
	return nil, nil
}

// goesToo reports whether the statement drops the child too, early enough for the server.
func goesToo(p *review.Pass, s *ddlparse.Step, at *ddlparse.Clause, child *ddlparse.Table) bool {
	for _, c := range s.Changes {
		if c.At() == at && p.Engine.IsMariaDB() {
			return false
		}
		if d, ok := c.(*ddlparse.DropTable); ok && p.Start().Same(d.Table, child.Name) {
			return true
		}
	}
	return false
}

func reportReferenced(p *review.Pass, s *ddlparse.Step, at *ddlparse.Clause, child *ddlparse.Table, key *ddlparse.ForeignKey) {
	f := referencedFinding(at, key)
	number := review.Errno(3730)
	if p.Engine.IsMariaDB() {
		number = 1451
	}
	f.Problem = review.Msg("The foreign key `%s` of `%s` refers to `%s`: %s refuses to drop the table (error %s).", key.Name, child.Name.String(), at.Table.String(), p.Engine.Title(), number)
	f.Advice = review.Msg("Drop the foreign key `%s` in an earlier statement.", key.Name)
	if s.NoForeignKeyChecks {
		final := p.Final().Table(child.Name).ForeignKey(key.Name)
		if final == nil || p.Final().Table(at.Table) != nil || !p.Start().Same(final.Parent, at.Table) {
			return
		}
		f.Problem = review.Msg("The foreign key `%s` of `%s` refers to `%s`, which is dropped without foreign_key_checks: from then on %s refuses every new row of `%s` that has a parent (error %s).", key.Name, child.Name.String(), at.Table.String(), p.Engine.Title(), child.Name.String(), review.Errno(1452))
	}
	p.Report(f)
}

func reportTruncated(p *review.Pass, c *ddlparse.TruncateTable, child *ddlparse.Table, key *ddlparse.ForeignKey) {
	f := referencedFinding(&c.Clause, key)
	f.Problem = review.Msg("The foreign key `%s` of `%s` refers to `%s`: %s refuses to truncate the table, even if no row refers to another (error %s).", key.Name, child.Name.String(), c.Table.String(), p.Engine.Title(), review.Errno(1701))
	f.Advice = review.Msg("Delete the rows with DELETE, child rows first.")
	p.Report(f)
}

func referencedFinding(at *ddlparse.Clause, key *ddlparse.ForeignKey) review.Finding {
	return review.Finding{
		Object:  at.Table.String(),
		Span:    firstLine(at.Span),
		Related: []review.Related{{Span: key.Span, Note: review.Msg("`%s` is defined here", key.Name)}},
	}
}
