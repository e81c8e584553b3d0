package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// foreignKeyParentMissing reports parents that are gone, or that the change set creates only later.
// A table that no migration makes may be somebody else's, so nothing is said of it.
var foreignKeyParentMissing = &review.Rule{
	ID:       "foreign-key-parent-missing",
	Title:    "Foreign key refers to a table that isn't there",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		reportProblems(ddlparse.ForeignKeyParentMissing, sayParentGone)(p)
		reportParentsCreatedLater(p)
	},
}

func sayParentGone(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	problem = review.Msg("`%s` refers to `%s`, which is gone when this statement runs; %s refuses it (error %s).", pr.Table.String(), pr.Other, p.Engine.Title(), review.Errno(pr.Number))
	return problem, review.Msg("Correct the name of the parent table, or move this statement before the one that drops or renames `%s`.", pr.Other)
}

// reportParentsCreatedLater compares the foreign keys of each step with the tables that later steps
// create for certain.
func reportParentsCreatedLater(p *review.Pass) {
	created := createdForCertain(p)
	if len(created) == 0 {
		return
	}
	for s, c := range review.Each[*ddlparse.CreateTable](p) {
		for _, f := range c.New.ForeignKeys {
			reportCreatedLater(p, s, c.After, f, created)
		}
	}
	for s, c := range review.Each[*ddlparse.AddForeignKey](p) {
		reportCreatedLater(p, s, c.After, c.Key, created)
	}
}

// createdForCertain are the steps that create a table that wasn't there: CREATE TABLE without IF NOT EXISTS.
func createdForCertain(p *review.Pass) map[int]*ddlparse.CreateTable {
	created := map[int]*ddlparse.CreateTable{}
	for s, c := range review.Each[*ddlparse.CreateTable](p) {
		if !c.IfNotExists && !c.OrReplace && !c.New.Temporary {
			created[s.Number] = c
		}
	}
	return created
}

func reportCreatedLater(p *review.Pass, s *ddlparse.Step, child *ddlparse.Table, f *ddlparse.ForeignKey, created map[int]*ddlparse.CreateTable) {
	if child == nil || f == nil || s.NoForeignKeyChecks || foreignKeyIgnored(p.Engine, child, f) ||
		s.After.Table(f.Parent) != nil || s.Before.Gone(f.Parent) != nil {
		return
	}
	parent := p.Final().Table(f.Parent)
	if parent == nil || created[parent.Origin] == nil || parent.Origin <= s.Number {
		return
	}
	at := f.ParentSpan
	if at.IsZero() {
		at = f.Span
	}
	p.Report(review.Finding{
		Object:  objectOf(child.Name, f.Name),
		Span:    at,
		Problem: review.Msg("`%s` refers to `%s`, which is created only after this statement; %s refuses it (error %s).", child.Name.String(), f.Parent.String(), p.Engine.Title(), foreignKeyNumber(p.Engine, 1824)),
		Advice:  review.Msg("Move the CREATE TABLE of `%s` before this statement, or add the foreign key after both.", f.Parent.String()),
		Related: []review.Related{{Span: parent.NameSpan, Note: review.Msg("`%s` is defined here", parent.Name.String())}},
	})
}

// foreignKeyIgnored reports whether the server reads the foreign key and forgets it.
func foreignKeyIgnored(e ddlparse.Engine, t *ddlparse.Table, f *ddlparse.ForeignKey) bool {
	if e.IsTiDB() {
		return f.Inline || !e.TiDB(6, 6, 0)
	}
	return t.Options.Engine != "" && !isInnoDB(t) || f.Inline && !inlineReferencesCount(e)
}

// inlineReferencesCount reports whether REFERENCES in a column definition makes a foreign key.
func inlineReferencesCount(e ddlparse.Engine) bool {
	return e.MySQL(9, 0, 0) || e.MariaDB(10, 5, 0)
}

// foreignKeyNumber is the server's number for a foreign key that it refuses: MySQL has one for each
// reason since 8.0.16.
func foreignKeyNumber(e ddlparse.Engine, mysql review.Errno) review.Errno {
	switch {
	case e.IsMariaDB():
		return 1005
	case e.IsMySQL() && !e.MySQL(8, 0, 16):
		return 1215
	}
	return mysql
}

// foreignKeyParentNotIndexed reports parents without an index that starts with the referenced columns.
var foreignKeyParentNotIndexed = &review.Rule{
	ID:       "foreign-key-parent-not-indexed",
	Title:    "Foreign key refers to columns without an index",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Check: reportProblems(ddlparse.ForeignKeyNotIndexed, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		problem = review.Msg("No index of `%s` starts with (%s), so `%s` can't refer to it; %s refuses the foreign key (error %s).", pr.Other, pr.Value, pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number))
		return problem, review.Msg("Refer to the primary key of `%s`, or add UNIQUE (%s) to it in an earlier statement.", pr.Other, pr.Value)
	}),
}

// foreignKeyParentNotUnique reports parents whose referenced columns are indexed, but not by a key that is
// unique. MySQL refuses them from 8.4 on; before, one child row could have several parents.
var foreignKeyParentNotUnique = &review.Rule{
	ID:       "foreign-key-parent-not-unique",
	Title:    "Foreign key refers to columns that aren't unique",
	Category: review.ForeignKeys,
	Severity: review.Error,
	Params:   []review.Param{{Name: "severity_before_84", Default: "warning", Doc: "The severity where the server accepts it: MySQL before 8.4, MariaDB and TiDB."}},
	Check: func(p *review.Pass) {
		for _, pr := range p.Problems(ddlparse.ForeignKeyNotUnique) {
			f := review.Finding{Object: pr.Object, Span: pr.Span}
			f.Problem = review.Msg("(%s) of `%s` is no PRIMARY KEY or UNIQUE key, so `%s` can't refer to it; %s refuses the foreign key (error %s).", pr.Value, pr.Other, pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number))
			if pr.Number == 0 {
				f.Problem = review.Msg("(%s) of `%s` is no PRIMARY KEY or UNIQUE key: %s takes the foreign key of `%s`, but a row may have several parents and ON DELETE acts when the first of them goes.", pr.Value, pr.Other, p.Engine.Title(), pr.Table.String())
				f.Severity = severityParam(p, "severity_before_84")
			}
			f.Advice = review.Msg("Refer to the primary key of `%s`, or add UNIQUE (%s) to it in an earlier statement.", pr.Other, pr.Value)
			f.Related = []review.Related{{Span: pr.Cause, Note: review.Msg("`%s` is defined here", pr.Other)}}
			if pr.Number != 0 || f.Severity != review.Off {
				p.Report(f)
			}
		}
	},
}

// severityParam is a parameter that names a severity; another word leaves the rule's own.
func severityParam(p *review.Pass, name string) review.Severity {
	s, err := review.ParseSeverity(review.Value[string](p, name))
	if err != nil {
		return review.Warning
	}
	return s
}
