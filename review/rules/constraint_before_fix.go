package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// constraintBeforeDataFix speaks of constraints that the change set adds before the statement that
// makes old rows meet them.
var constraintBeforeDataFix = &review.Rule{
	ID:       "constraint-before-data-fix",
	Title:    "Constraint is added before the rows are corrected",
	Category: review.Hygiene,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if c.Old != nil && c.New != nil && !c.Old.NotNull && c.New.NotNull && !excludesNull(c.Before, c.Name) {
				reportEarly(p, s, demand{&c.Clause, []string{c.Name, c.New.Name}, notNullNumber(p.Engine), "NOT NULL"})
			}
		}
		for s, c := range review.Each[*ddlparse.AddIndex](p) {
			if c.Index.Unique() && !keptUnique(p, s, c) {
				reportEarly(p, s, demand{&c.Clause, c.Index.Columns(), 1062, "UNIQUE"})
			}
		}
		for s, c := range review.Each[*ddlparse.AddCheck](p) {
			if c.Check.Enforced && !heldAlready(p, c) {
				reportEarly(p, s, demand{&c.Clause, c.Check.Columns, checkNumber(p.Engine), "CHECK"})
			}
		}
		for s, c := range review.Each[*ddlparse.AddForeignKey](p) {
			reportEarly(p, s, demand{&c.Clause, c.Key.Columns, 1452, "FOREIGN KEY"})
		}
	},
}

// notNullNumber is the error for a NULL that is in the way.
func notNullNumber(e ddlparse.Engine) int {
	if e.IsMySQL() {
		return 1138
	}
	return 1265
}

func checkNumber(e ddlparse.Engine) int {
	if e.IsMariaDB() {
		return 4025
	}
	return 3819
}

// demand is what a clause asks of rows that are there already.
type demand struct {
	at      *ddlparse.Clause
	columns []string
	number  int
	what    string
}

// reportEarly speaks where the statement that corrects the rows comes behind the clause.
func reportEarly(p *review.Pass, s *ddlparse.Step, d demand) {
	if !holdsRows(p, s, d.at.Before) || allNull(p, d) {
		return
	}
	w := correction(p, s, d.at, d.columns...)
	if w == nil || d.what == "FOREIGN KEY" && w.Verb == "DELETE" && !removesOrphans(w) {
		return
	}
	p.Report(review.Finding{
		Object:  objectOf(d.at.Table, d.columns[0]),
		Span:    firstLine(d.at.Span),
		Problem: review.Msg("%s on %s comes before the %s that corrects the rows of `%s`: %s refuses it while rows break it (error %s).", d.what, quoted(distinctNames(d.columns)), w.Verb, d.at.Table.String(), p.Engine.Title(), review.Errno(d.number)),
		Advice:  review.Msg("Move the %s of `%s` before this statement.", w.Verb, d.at.Table.String()),
		Related: []review.Related{{Span: firstLine(w.Span), Note: review.Msg("The rows are corrected here")}},
	})
}

// correction finds the statement behind the step that corrects rows by one of the columns. Where one stands
// before the step too, the author has seen to the rows, and the later one is about something else.
func correction(p *review.Pass, s *ddlparse.Step, at *ddlparse.Clause, columns ...string) *ddlparse.Write {
	for w := range writesBefore(p, s, at.Table) {
		if corrects(w, columns) {
			return nil
		}
	}
	for _, w := range pastOf(p).writes[strings.ToLower(at.Table.Name)] {
		if w.number > s.Number && p.Start().Same(w.write.Table, at.Table) && corrects(w.write, columns) {
			return w.write
		}
	}
	return nil
}

// corrects reports whether the statement gives one of the columns values, or removes rows by them.
func corrects(w *ddlparse.Write, columns []string) bool {
	return slices.ContainsFunc(columns, func(c string) bool {
		return assigns(w, c) || w.Verb == "DELETE" && mentions(w.Where.Text(), c)
	})
}

// removesOrphans reports whether the condition asks for rows that have no parent, not for those that have one.
func removesOrphans(w *ddlparse.Write) bool {
	return mentions(w.Where.Text(), "NOT") || mentions(w.Where.Text(), "NULL")
}

// allNull reports whether one of the columns has only NULLs so far, which break nothing but NOT NULL:
// the change set added it without a default.
func allNull(p *review.Pass, d demand) bool {
	return d.what != "NOT NULL" && slices.ContainsFunc(d.columns, func(name string) bool {
		c := d.at.Before.Column(name)
		if c == nil && d.at.After != nil {
			c = d.at.After.Column(name)
		}
		return bornHere(p, c) && !c.NotNull && c.Default == nil && c.Generated == nil
	})
}

// distinctNames drops the second of two equal names.
func distinctNames(list []string) []string {
	return slices.CompactFunc(slices.Clone(list), strings.EqualFold)
}
