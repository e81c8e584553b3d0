package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// changesMany reports whether an UPDATE or DELETE may reach many rows that were there before, or an INSERT adds those
// of a query.
func changesMany(p *review.Pass, s *ddlparse.Step, w *ddlparse.Write) bool {
	if w.Before == nil || w.Joined && w.Verb != "INSERT" && w.Verb != "REPLACE" {
		return false
	}
	if w.Verb == "INSERT" || w.Verb == "REPLACE" {
		return w.Select && !p.Created(w.Before)
	}
	return (w.Verb == "UPDATE" || w.Verb == "DELETE") && holdsRows(p, s, w.Before) && !picksRow(w)
}

// dmlFiresTrigger speaks of triggers that were there before.
var dmlFiresTrigger = &review.Rule{
	ID:       "dml-fires-trigger",
	Title:    "Change of many rows fires a trigger for each",
	Category: review.Statements,
	Severity: review.Notice,
	Engines:  withLocks,
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			if !changesMany(p, s, w) {
				continue
			}
			for t := range s.Before.TriggersOf(w.Table) {
				if t.Event != w.Verb || p.New(t.Origin) {
					continue
				}
				p.Report(review.Finding{
					Object:  w.Table.String(),
					Span:    writeHead(w),
					Problem: review.Msg("`%s` has the trigger `%s`: %s runs it for every row of this %s, in the same transaction.", w.Table.String(), t.Name.String(), p.Engine.Title(), w.Verb),
					Advice:  review.Msg("Make sure that the trigger is meant for these rows, and go in batches by primary key."),
					Related: []review.Related{{Span: t.Span, Note: review.Msg("`%s` is defined here", t.Name.String())}},
				})
				break
			}
		}
	},
}

// dmlTouchesOnUpdateTimestamp is off by default: often the new time is right.
var dmlTouchesOnUpdateTimestamp = &review.Rule{
	ID:       "dml-touches-on-update-timestamp",
	Title:    "UPDATE moves the time of the last change",
	Category: review.Statements,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for s, w := range review.Each[*ddlparse.Write](p) {
			if w.Verb != "UPDATE" || !changesMany(p, s, w) {
				continue
			}
			for _, c := range w.Before.Columns {
				if c.OnUpdate == "" || named(w.Columns, c.Name) || bornHere(p, c) {
					continue
				}
				name := sqlName(c.Name)
				p.Report(review.Finding{
					Object:  objectOf(w.Table, c.Name),
					Span:    firstLine(w.Span),
					Problem: review.Msg("`%s` is set to the current time in every row that this UPDATE changes: what syncs or caches by it takes all of them for new.", objectOf(w.Table, c.Name)),
					Advice:  review.Msg("Add %s = %s to the assignments to keep the old times.", name, name),
					Fix:     keepTime(w, name),
				})
				break
			}
		}
	},
}

func keepTime(w *ddlparse.Write, name string) *review.Edit {
	if len(w.Set) == 0 || w.Span.Source.Host != nil {
		return nil
	}
	at := w.Set[len(w.Set)-1].Span
	at.Start = at.End
	return &review.Edit{Title: "Keep the time", Span: at, New: ", " + name + " = " + name}
}
