package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropColumnUsedInIndex speaks of drops that the server refuses because something else needs the
// column, and of indexes that silently lose one of several columns. MySQL 8.4 manual, "ALTER TABLE
// Statement": https://dev.mysql.com/doc/refman/8.4/en/alter-table.html
var dropColumnUsedInIndex = &review.Rule{
	ID:       "drop-column-used-in-index",
	Title:    "Dropped column is still used by an index or constraint",
	Category: review.Destructive,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		refused := map[ddlparse.Span]bool{}
		for _, pr := range p.Problems(ddlparse.DropColumnUsed) {
			refused[pr.Span] = true
			f := review.Finding{Object: pr.Object, Span: pr.Span, Fix: dropUser(pr)}
			f.Problem, f.Advice = sayColumnUsed(p, pr)
			if !pr.Cause.IsZero() {
				f.Related = []review.Related{{Span: pr.Cause, Note: review.Msg("`%s` is defined here", causeName(pr))}}
			}
			p.Report(f)
		}
		for s, c := range review.Each[*ddlparse.DropColumn](p) {
			if !refused[c.Span] {
				shortenedIndexes(p, s, c)
			}
		}
	},
}

// sayColumnUsed words what keeps the column.
func sayColumnUsed(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number := p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "foreign-key":
		return review.Msg("The foreign key `%s` needs `%s`: %s refuses to drop the column (error %s).", pr.Other, pr.Object, engine, number),
			review.Msg("Drop `%s` in the same statement, before the column.", pr.Other)
	case "referenced":
		return review.Msg("`%s` refers to `%s`: %s refuses to drop the column (error %s).", pr.Other, pr.Object, engine, number),
			review.Msg("Drop that foreign key in an earlier statement.")
	case "unique-key":
		return review.Msg("`%s` is one of several columns of the unique key `%s`: %s refuses to drop it alone (error %s).", pr.Object, pr.Other, engine, number),
			review.Msg("Drop `%s` in the same statement, and add the key that the remaining columns need.", pr.Other)
	case "generated-column":
		return review.Msg("The generated column `%s` is computed from `%s`: %s refuses to drop the column (error %s).", pr.Other, pr.Object, engine, number),
			review.Msg("Drop or redefine `%s` first.", pr.Other)
	case "functional-index":
		return review.Msg("The index `%s` is computed from `%s`: %s refuses to drop the column (error %s).", pr.Other, pr.Object, engine, number),
			review.Msg("Drop `%s` in the same statement, before the column.", pr.Other)
	case "check":
		return review.Msg("The check constraint `%s` compares `%s` with another column: %s refuses to drop it (error %s).", pr.Other, pr.Object, engine, number),
			review.Msg("Drop `%s` in the same statement, before the column.", pr.Other)
	}
	return review.Msg("The table is partitioned by `%s`: %s refuses to drop the column (error %s).", pr.Object, engine, number),
		review.Msg("Partition the table by another column first.")
}

// dropUser drops a constraint that can't outlive the column, in the same ALTER TABLE.
func dropUser(pr *ddlparse.Problem) *review.Edit {
	keyword := map[string]string{"foreign-key": "FOREIGN KEY", "functional-index": "INDEX", "check": "CONSTRAINT"}[pr.Reason]
	if keyword == "" || pr.Span.Source.Host != nil {
		return nil
	}
	at := pr.Span
	at.End = at.Start
	return &review.Edit{Title: "Drop what depends on it too", Span: at, New: "DROP " + keyword + " " + sqlName(pr.Other) + ", "}
}

// shortenedIndexes reports the plain indexes that go on without the column. One that is dropped or made
// anew by the change set is the author's decision, as is one that had no other column.
func shortenedIndexes(p *review.Pass, s *ddlparse.Step, c *ddlparse.DropColumn) {
	if c.Before == nil || p.Created(c.Before) || p.Engine.IsTiDB() {
		return
	}
	for _, x := range c.Before.Indexes {
		if x.Unique() || !partOf(x, c.Name) || !shortened(p, s, c.Before, x) {
			continue
		}
		p.Report(review.Finding{
			Object:   objectOf(c.Table, c.Name),
			Severity: review.Warning,
			Span:     c.Span,
			Problem:  review.Msg("`%s` is one of several columns of the index `%s`: %s silently shortens the index to %s.", objectOf(c.Table, c.Name), x.Name, p.Engine.Title(), remaining(s, x)),
			Advice:   review.Msg("Drop `%s` in the same statement, and add the index that queries need then.", x.Name),
			Related:  []review.Related{{Span: x.Span, Note: review.Msg("`%s` is defined here", x.Name)}},
		})
	}
}

// partOf reports whether the index has the column as one of several parts.
func partOf(x *ddlparse.Index, column string) bool {
	return len(x.Parts) > 1 && slices.ContainsFunc(x.Parts, func(part ddlparse.Part) bool { return strings.EqualFold(part.Column, column) })
}

// shortened reports whether the index outlives the statement, and the change set, with fewer parts.
func shortened(p *review.Pass, s *ddlparse.Step, before *ddlparse.Table, x *ddlparse.Index) bool {
	after := s.After.Table(before.Name).Index(x.Name)
	if after == nil || after.Defined != x.Defined || after.Implicit {
		return false
	}
	final := p.Final().Table(before.Name).Index(x.Name)
	return final != nil && final.Defined == x.Defined && len(final.Parts) < len(x.Parts)
}

// remaining lists the columns that the index has behind the step.
func remaining(s *ddlparse.Step, x *ddlparse.Index) string {
	for _, c := range s.Changes {
		if after := c.At().After.Index(x.Name); after != nil {
			return "(" + strings.Join(after.Columns(), ", ") + ")"
		}
	}
	return "()"
}

// dropColumnShrinksUniqueKey speaks of unique keys that MySQL narrows by dropping a column; MariaDB and
// TiDB refuse that.
var dropColumnShrinksUniqueKey = &review.Rule{
	ID:       "drop-column-shrinks-unique-key",
	Title:    "Dropping a column makes a unique key stricter",
	Category: review.Destructive,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		refused := map[ddlparse.Span]bool{}
		for _, pr := range p.Problems(ddlparse.DropColumnUsed) {
			refused[pr.Span] = true
		}
		for s, c := range review.Each[*ddlparse.DropColumn](p) {
			if c.Before == nil || p.Created(c.Before) || bornHere(p, c.Column) || refused[c.Span] {
				continue
			}
			for _, x := range c.Before.Indexes {
				if x.Unique() && partOf(x, c.Name) && s.After.Table(c.Before.Name).Index(x.Name) != nil && s.After.Table(c.Before.Name).Index(x.Name).Defined == x.Defined && !uniqueAlready(c.Before, x, c.Name) {
					reportShrunkKey(p, s, c, x)
				}
			}
		}
	},
}

// uniqueAlready reports whether what is left of the key is unique by another key of the table.
func uniqueAlready(t *ddlparse.Table, x *ddlparse.Index, without string) bool {
	rest := &ddlparse.Index{Kind: ddlparse.Unique}
	for _, part := range x.Parts {
		if !strings.EqualFold(part.Column, without) {
			rest.Parts = append(rest.Parts, part)
		}
	}
	return slices.ContainsFunc(t.Indexes, func(o *ddlparse.Index) bool { return o != x && implies(o, rest) })
}

func reportShrunkKey(p *review.Pass, s *ddlparse.Step, c *ddlparse.DropColumn, x *ddlparse.Index) {
	object := objectOf(c.Table, c.Name)
	f := review.Finding{
		Object:  object,
		Span:    c.Span,
		Problem: review.Msg("Without `%s` the unique key `%s` is shortened to %s: %s stops with error %s where rows are equal there, and refuses such rows from then on.", object, x.Name, remaining(s, x), p.Engine.Title(), review.Errno(1062)),
		Advice:  review.Msg("Drop `%s` in the same statement, and add the key that is meant.", x.Name),
		Related: []review.Related{{Span: x.Span, Note: review.Msg("`%s` is defined here", x.Name)}},
	}
	if x.Kind == ddlparse.Primary {
		f.Problem = review.Msg("Without `%s` the primary key is shortened to %s: %s stops with error %s where rows are equal there, and refuses such rows from then on.", object, remaining(s, x), p.Engine.Title(), review.Errno(1062))
		f.Advice = review.Msg("Write the new key in the same statement: DROP PRIMARY KEY, ADD PRIMARY KEY with the columns that tell rows apart.")
	}
	p.Report(f)
}
