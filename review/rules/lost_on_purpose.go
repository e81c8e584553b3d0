package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// autoIncrementRemoved speaks of columns whose only change is to lose AUTO_INCREMENT; where it is lost beside
// something else, modify-drops-attributes speaks. Tried on MySQL 9.7 and MariaDB 10.11.
var autoIncrementRemoved = &review.Rule{
	ID:       "auto-increment-removed",
	Title:    "Column no longer counts by itself",
	Category: review.Compatibility,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !lostOnPurpose(p, s, c, "AUTO_INCREMENT") {
				continue
			}
			if final := finalColumn(p, &c.Clause, c.New.Name); final == nil || final.AutoIncrement || final.Default != nil {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.New.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` loses AUTO_INCREMENT: inserts of running code, which leave the column out, fail on %s (error %s).", objectOf(c.Table, c.New.Name), p.Engine.Title(), review.Errno(1364)),
				Advice:  review.Msg("Release code that gives `%s` a value first, and remove AUTO_INCREMENT in a later migration.", c.New.Name),
			})
		}
	},
}

// dropDefault speaks of NOT NULL columns that lose their default by ALTER COLUMN … DROP DEFAULT, or as all that
// MODIFY changes; where it is lost beside something else, modify-drops-attributes speaks.
var dropDefault = &review.Rule{
	ID:       "drop-default",
	Title:    "Default of a NOT NULL column is removed",
	Category: review.Compatibility,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			dropped := c.Keyword == "ALTER COLUMN" && c.Old != nil && c.New != nil && c.Old.Default != nil && c.New.Default == nil && !p.Created(c.Before) && !bornHere(p, c.Old)
			if !dropped && !lostOnPurpose(p, s, c, "DEFAULT") {
				continue
			}
			if final := finalColumn(p, &c.Clause, c.New.Name); final == nil || !needsValue(final) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(c.Table, c.New.Name),
				Span:    c.Span,
				Problem: review.Msg("`%s` is NOT NULL and loses its default: inserts of running code that leave the column out fail on %s (error %s).", objectOf(c.Table, c.New.Name), p.Engine.Title(), review.Errno(1364)),
				Advice:  review.Msg("Release code that always sets `%s` first, and remove the default in a later migration.", c.New.Name),
			})
		}
	},
}

// lostOnPurpose reports whether losing the attribute is all that a restating clause does.
func lostOnPurpose(p *review.Pass, s *ddlparse.Step, c *ddlparse.ModifyColumn, keyword string) bool {
	if !c.Restates() || declarative(s) || c.Old == nil || c.New == nil || p.Created(c.Before) || bornHere(p, c.Old) {
		return false
	}
	lost := lostAttributes(p, s, c)
	return purposeIsLoss(c, lost) && lost[0].keyword == keyword
}

// generatedColumnExpressionChanged speaks of generated columns that are computed in another way. Tried on MySQL
// 9.7 and MariaDB 10.11, which both refuse to change between VIRTUAL and STORED.
var generatedColumnExpressionChanged = &review.Rule{
	ID:       "generated-column-expression-changed",
	Title:    "Generated column is computed in another way",
	Category: review.Compatibility,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Check: func(p *review.Pass) {
		for s, c := range review.Each[*ddlparse.ModifyColumn](p) {
			if !c.Restates() || c.Old == nil || c.New == nil || c.Old.Generated == nil || c.New.Generated == nil || bornHere(p, c.Old) || !holdsRows(p, s, c.Before) {
				continue
			}
			switch {
			case c.Old.Generated.Stored != c.New.Generated.Stored:
				reportStorage(p, c)
			case plainExpr(c.Old.Generated.Expr) != plainExpr(c.New.Generated.Expr) && len(renamedParts(c)) == 0:
				reportExpression(p, c)
			}
		}
	},
}

// plainExpr is an expression without what servers and people write differently.
func plainExpr(text string) string {
	return strings.ReplaceAll(strings.Trim(plainSQL(text), "() "), " ", "")
}

// renamedParts are the columns of the old expression that the table has no more: the new one may only follow
// a new name.
func renamedParts(c *ddlparse.ModifyColumn) []string {
	var gone []string
	for _, name := range c.Old.Generated.Columns {
		if c.After != nil && c.After.Column(name) == nil {
			gone = append(gone, name)
		}
	}
	return gone
}

func reportStorage(p *review.Pass, c *ddlparse.ModifyColumn) {
	number := review.Errno(3106)
	if p.Engine.IsMariaDB() {
		number = 1907
	}
	p.Report(review.Finding{
		Severity: review.Error,
		Object:   objectOf(c.Table, c.New.Name),
		Span:     c.Span,
		Problem:  review.Msg("`%s` changes between VIRTUAL and STORED: %s refuses that (error %s).", objectOf(c.Table, c.New.Name), p.Engine.Title(), number),
		Advice:   review.Msg("Add a new generated column, let code read it, and drop `%s` in a later migration.", c.Name),
	})
}

func reportExpression(p *review.Pass, c *ddlparse.ModifyColumn) {
	p.Report(review.Finding{
		Object:  objectOf(c.Table, c.New.Name),
		Span:    c.New.Generated.Span,
		Problem: review.Msg("`%s` is computed in another way: once %s has run this, code that is still running reads other values than it expects.", objectOf(c.Table, c.New.Name), p.Engine.Title()),
		Advice:  review.Msg("Add a generated column under a new name, let code read it, and drop `%s` in a later migration.", c.Name),
	})
}
