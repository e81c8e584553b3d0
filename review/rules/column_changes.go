package rules

import (
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

var useOfChangeColumn = &review.Rule{
	ID:       "use-of-change-column",
	Title:    "CHANGE is used where nothing is renamed",
	Category: review.Compatibility,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if c.Keyword != "CHANGE" || c.New == nil || c.Name != c.New.Name || declarative(s) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.Name),
				Span:    c.Span,
				Problem: review.Msg("CHANGE names `%s` twice to keep its name: a slip in the second one renames the column on %s.", objectOf(c.Table, c.Name), p.Engine.Title()),
				Advice:  review.Msg("Use MODIFY, which can't rename."),
				Fix:     asModify(c),
			})
		}
	},
}

// asModify writes the clause with one name.
func asModify(c *ddlparse.ModifyColumn) *review.Edit {
	at := c.Span
	if at.Source != c.New.Span.Source || !at.Contains(c.New.Span) {
		return nil
	}
	at.End = c.New.Span.Start
	text := "MODIFY COLUMN "
	if c.IfExists {
		text += "IF EXISTS "
	}
	return &review.Edit{Title: "Use MODIFY", Span: at, New: text}
}

// changedLive reports whether the clause changes the definition of a column that running code knows.
func changedLive(p *review.Pass, c *ddlparse.ModifyColumn) bool {
	return c.Old != nil && c.New != nil && !p.Created(c.Before) && !bornHere(p, c.Old) && !c.Table.IsZero()
}

// dropNotNull speaks where NULL is allowed on purpose; where NOT NULL is lost beside something else, modify-drops-attributes
// speaks.
var dropNotNull = &review.Rule{
	ID:       "drop-not-null",
	Title:    "Column takes NULL from now on",
	Category: review.Compatibility,
	Severity: review.Notice,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !changedLive(p, c) || !c.Old.NotNull || !c.New.Nullable() || c.New.Generated != nil {
				continue
			}
			meant := c.New.Null == ddlparse.ExplicitNull || defaultsToNull(c.New) || declarative(s) || lostOnPurpose(p, s, c, "NOT NULL")
			start := pastOf(p).startColumn(s, c.Before, c.Name)
			if final := finalColumn(p, &c.Clause, c.New.Name); !meant || final == nil || !final.Nullable() || start != nil && start.Nullable() {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.New.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` takes NULL from now on: running code that reads it may not expect one, and the way back to NOT NULL fails on %s while there is any.", objectOf(c.Table, c.New.Name), p.Engine.Title()),
				Advice:  review.Msg("Release code that reads NULL from `%s` before code that writes it.", c.New.Name),
			})
		}
	},
}

// changeDefault speaks of one value in place of another; drop-default and modify-drops-attributes speak of those that go.
var changeDefault = &review.Rule{
	ID:       "change-default",
	Title:    "Default of a column changes",
	Category: review.Compatibility,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !changedLive(p, c) || !statesDefault(c.Old) || c.New.Default == nil || c.Old.Type.Name != c.New.Type.Name || sameDefault(c.Old.Default, c.New.Default) {
				continue
			}
			final := finalColumn(p, &c.Clause, c.New.Name)
			if final == nil || final.Default == nil || sameDefault(c.Old.Default, final.Default) {
				continue
			}
			if start := pastOf(p).startColumn(s, c.Before, c.Name); start != nil && start.Default != nil && sameDefault(start.Default, final.Default) {
				continue // it is back to what it was
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.New.Name),
				Span:    c.Span,
				Problem: review.Msg("The default of `%s` changes from %s to %s: as soon as this has run on %s, code that leaves the column out stores the new one, also the release that runs now.", objectOf(c.Table, c.New.Name), shownDefault(c.Old.Default), shownDefault(c.New.Default), p.Engine.Title()),
				Advice:  review.Msg("Let code that relies on the default write `%s` itself before this runs.", c.New.Name),
			})
		}
	},
}

// sameDefault reports whether two clauses give the same value, however they are written.
func sameDefault(a, b *ddlparse.Default) bool {
	if a.Kind == ddlparse.DefaultNow || b.Kind == ddlparse.DefaultNow {
		return a.Kind == b.Kind
	}
	x, errX := strconv.ParseFloat(a.Text, 64)
	y, errY := strconv.ParseFloat(b.Text, 64)
	if errX == nil && errY == nil {
		return x == y
	}
	return plainDefault(a) == plainDefault(b)
}

func plainDefault(d *ddlparse.Default) string {
	switch text := strings.ToUpper(d.Text); {
	case d.Kind == ddlparse.DefaultExpression:
		return strings.ToUpper(plainExpr(d.Text))
	case text == "TRUE", text == "B'1'":
		return "1"
	case text == "FALSE", text == "B'0'":
		return "0"
	}
	return d.Text
}

// shownDefault is the value as people know it, cut where it is long.
func shownDefault(d *ddlparse.Default) string {
	const shown = 40
	text := d.Text
	if d.Kind == ddlparse.DefaultNull {
		text = "NULL"
	}
	if r := []rune(text); len(r) > shown {
		text = string(r[:shown]) + "…"
	}
	return "`" + text + "`"
}

// visibleToInvisibleColumn speaks of both ways; where INVISIBLE is lost by oversight, modify-drops-attributes speaks.
var visibleToInvisibleColumn = &review.Rule{
	ID:       "visible-to-invisible-column",
	Title:    "Column is hidden or shown",
	Category: review.Compatibility,
	Severity: review.Notice,
	Engines:  func(e ddlparse.Engine) bool { return e.Supports("invisible-column") },
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !changedLive(p, c) || c.Old.Invisible == c.New.Invisible {
				continue
			}
			start := pastOf(p).startColumn(s, c.Before, c.Name)
			lost := !c.New.Invisible && c.Restates() && !declarative(s) && c.New.Attribute("VISIBLE").IsZero() && !lostOnPurpose(p, s, c, "INVISIBLE")
			final := finalColumn(p, &c.Clause, c.New.Name)
			if lost || final == nil || final.Invisible == c.Old.Invisible || start != nil && final.Invisible == start.Invisible {
				continue
			}
			f := review.Finding{
				Object:  objectOf(c.Table, c.New.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` becomes invisible: SELECT * no longer returns it, and INSERT without a list of columns has a value too many on %s (error %s).", objectOf(c.Table, c.New.Name), p.Engine.Title(), review.Errno(1136)),
				Advice:  review.Msg("Name the columns in all queries of `%s` first.", c.Table.String()),
			}
			if !c.New.Invisible {
				f.Problem = review.Msg("`%s` becomes visible: SELECT * returns one column more, and INSERT without a list of columns has a value too few on %s (error %s).", objectOf(c.Table, c.New.Name), p.Engine.Title(), review.Errno(1136))
			}
			p.Report(f)
		}
	},
}
