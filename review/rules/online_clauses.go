package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
	"github.com/schema-review/schema-review/review"
)

// withLocks are the servers that heed ALGORITHM and LOCK; TiDB only reads them.
var withLocks = review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora)

// clauseOf is the ALGORITHM or LOCK clause of a step, nil when it has none or leaves the choice to the server.
func clauseOf(s *ddlparse.Step, option string) *ddlparse.AlterMode {
	for _, c := range s.Changes {
		if m, ok := c.(*ddlparse.AlterMode); ok && m.Option == option && m.Value != "DEFAULT" {
			return m
		}
	}
	return nil
}

// predicted is what the server does to the table of a clause, false when that isn't known.
func predicted(p *review.Pass, s *ddlparse.Step, table ddlparse.Name) (onlineddl.Prediction, bool) {
	for _, o := range p.Plan.Online(s) {
		if !o.Unknown && s.Before.Same(o.Table, table) {
			return o, true
		}
	}
	return onlineddl.Prediction{}, false
}

// explicitAlgorithmCopy is silent where the server has no other way.
var explicitAlgorithmCopy = &review.Rule{
	ID: "explicit-algorithm-copy", Title: "ALGORITHM=COPY is asked for", Category: review.Locking, Severity: review.Error, Engines: withLocks,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AlterMode](p) {
			o, known := predicted(p, s, c.Table)
			if c.Option != "ALGORITHM" || c.Value != "COPY" || !holdsRows(p, s, c.Before) && c.Before != nil || known && (o.Default == onlineddl.Copy || o.Refused != 0) {
				continue
			}
			f := review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("ALGORITHM=COPY makes %s copy `%s` while writes wait, even where it needs no copy.", p.Engine.Title(), c.Table.String()),
				Advice:  review.Msg("Leave the clause out: the server takes the cheapest way by itself."),
				Fix:     withoutClause(c.Span),
			}
			if known {
				f.Problem = review.Msg("ALGORITHM=COPY makes %s copy `%s` while writes wait; without it the server takes %s.", p.Engine.Title(), c.Table.String(), string(o.Default))
			}
			reportSized(p, c.Table, f)
		}
	},
}

// explicitBlockingLock is silent where the server needs that lock anyway.
var explicitBlockingLock = &review.Rule{
	ID: "explicit-blocking-lock", Title: "LOCK that blocks writes is asked for", Category: review.Locking, Severity: review.Error, Engines: withLocks,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.AlterMode](p) {
			o, known := predicted(p, s, c.Table)
			if c.Option != "LOCK" || c.Value != "SHARED" && c.Value != "EXCLUSIVE" || !holdsRows(p, s, c.Before) && c.Before != nil || known && (o.Lock <= o.DefaultLock || o.Refused != 0) {
				continue
			}
			if a := clauseOf(s, "ALGORITHM"); a != nil && a.Value == "COPY" {
				continue // explicit-algorithm-copy speaks, or the copy needs the lock
			}
			f := review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("LOCK=%s makes writes to `%s` wait until %s is done, though it can do without.", c.Value, c.Table.String(), p.Engine.Title()),
				Advice:  review.Msg("Leave the clause out, or write LOCK=NONE, with which the server refuses rather than blocks."),
				Fix:     withoutClause(c.Span),
			}
			if c.Value == "EXCLUSIVE" {
				f.Problem = review.Msg("LOCK=%s makes reads and writes of `%s` wait until %s is done.", c.Value, c.Table.String(), p.Engine.Title())
			}
			reportSized(p, c.Table, f)
		}
	},
}

// reportSized is silent about small tables. What was asked for is no guess, so that an unknown size lowers nothing.
func reportSized(p *review.Pass, table ddlparse.Name, f review.Finding) {
	if p.Plan.Size(table) != review.Small {
		p.Report(f)
	}
}

// unsatisfiableAlgorithmOrLock: the server refuses before it touches a row, also where the table is new.
var unsatisfiableAlgorithmOrLock = &review.Rule{
	ID: "unsatisfiable-algorithm-or-lock", Title: "ALGORITHM or LOCK that the server refuses", Category: review.Locking, Severity: review.Error, Engines: withLocks,
	Check: func(p *review.Pass) {
		for _, s := range p.Steps() {
			a, l := clauseOf(s, "ALGORITHM"), clauseOf(s, "LOCK")
			if a == nil && l == nil {
				continue
			}
			for _, o := range p.Plan.Online(s) {
				reportRefused(p, o, a, l)
			}
		}
	},
}

func reportRefused(p *review.Pass, o onlineddl.Prediction, algorithm, lock *ddlparse.AlterMode) {
	f := review.Finding{Object: o.Table.String(), Span: o.Clause}
	engine, table, number := p.Engine.Title(), o.Table.String(), review.Errno(o.Refused)
	switch {
	case o.Refused == 1221:
		f.Span, f.Fix = lock.Span, withoutClause(lock.Span)
		f.Problem = review.Msg("%s takes no LOCK beside ALGORITHM=INSTANT: it refuses the statement with error %s.", engine, number)
		f.Advice = review.Msg("Leave LOCK out: an instant change needs none.")
	case o.Refused != 1845 && o.Refused != 1846:
		return
	case algorithm == nil:
		f.Problem = review.Msg("%s can't change `%s` with LOCK=%s, it needs LOCK=%s at least: it refuses the statement with error %s.", engine, table, lock.Value, o.DefaultLock.String(), number)
		f.Advice = review.Msg("Plan for the time in which writes wait, or use gh-ost or pt-online-schema-change; then leave the clause out.")
	case lock != nil && algorithm.Value == "COPY":
		f.Problem = review.Msg("%s copies `%s` only under a lock: it refuses ALGORITHM=COPY with LOCK=%s (error %s).", engine, table, lock.Value, number)
		f.Advice = review.Msg("Leave both clauses out: the server takes the cheapest way by itself.")
	default:
		f.Problem = review.Msg("%s can't change `%s` in this way: it would take %s with LOCK=%s, and refuses what is asked for with error %s.", engine, table, string(o.Default), o.DefaultLock.String(), number)
		f.Advice = review.Msg("Plan for what the server can do, or split the statement so that each part has the clause that fits it.")
	}
	p.Report(f)
}

// algorithmClauseWithOSCTool: gh-ost and Spirit refuse or drop these clauses, as they alter a copy of the table.
var algorithmClauseWithOSCTool = &review.Rule{
	ID: "algorithm-clause-with-osc-tool", Title: "ALGORITHM or LOCK is given to a tool that copies the table", Category: review.Locking, Severity: review.Error, Engines: withLocks,
	Params: []review.Param{oscTool},
	Check: func(p *review.Pass) {
		tool := toolOf(p)
		if tool == "" {
			return
		}
		for s, c := range review.Each[*ddlparse.AlterMode](p) {
			if c.Option != "ALGORITHM" && c.Option != "LOCK" || c.Before != nil && !holdsRows(p, s, c.Before) {
				continue
			}
			p.Report(review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("%s changes a copy of `%s`, not the table itself: it refuses %s, or leaves it out.", tool, c.Table.String(), c.Span.Text()),
				Advice:  review.Msg("Leave the clause out."),
				Fix:     withoutClause(c.Span),
			})
		}
	},
}

// withoutClause deletes a clause with the comma that parts it from the others.
func withoutClause(span ddlparse.Span) *review.Edit {
	text := span.Source.Text
	start := len(strings.TrimRight(text[:span.Start], " \t\r\n"))
	end := int(span.End) + len(text[span.End:]) - len(strings.TrimLeft(text[span.End:], " \t\r\n"))
	out := span
	switch {
	case start > 0 && text[start-1] == ',':
		out.Start = int32(start - 1) //nolint:gosec // an offset before another one
	case end < len(text) && text[end] == ',':
		rest := strings.TrimLeft(text[end+1:], " \t\r\n")
		out.End = int32(len(text) - len(rest)) //nolint:gosec // an offset into a source
	default:
		out.Start = int32(start) //nolint:gosec // as above
	}
	return &review.Edit{Title: "Leave out the clause", Span: out}
}
