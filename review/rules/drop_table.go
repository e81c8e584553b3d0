package rules

import (
	"regexp"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// dropTable speaks of tables that were there before the change set.
var dropTable = &review.Rule{
	ID:       "drop-table",
	Title:    "Table is dropped",
	Category: review.Destructive,
	Severity: review.Error,
	Params: []review.Param{
		{Name: "allow_pattern", Default: "", Doc: "Tables whose names match this regular expression may be dropped."},
	},
	Check: func(p *review.Pass) {
		allow := namePattern(review.Value[string](p, "allow_pattern"))
		h := pastOf(p)
		for s, c := range review.Each[*ddlparse.DropTable](p) {
			if c.Temporary || c.Before != nil && (c.Before.Temporary || p.Created(c.Before)) || allow != nil && allow.MatchString(c.Table.Name) {
				continue
			}
			if !surelyThere(c) && h.after(h.created, s, c.Table) || rebuilt(p, s, c) {
				continue
			}
			f := review.Finding{
				Object:  c.Table.String(),
				Span:    c.Span,
				Problem: review.Msg("`%s` and all its rows are gone for good once %s has run this, and code that still uses the table fails (error %s).", c.Table.String(), p.Engine.Title(), review.Errno(1146)),
				Advice:  review.Msg("Release code that no longer uses `%s`, rename the table for a while so that a mistake can be undone, and drop it in a later migration.", c.Table.Name),
			}
			switch {
			case !surelyThere(c):
				f.Severity = review.Warning
				f.Problem = review.Msg("No migration made `%s`; if it is there, it and all its rows are gone for good once %s has run this.", c.Table.String(), p.Engine.Title())
			case h.after(h.created, s, c.Table) && p.Final().Table(c.Table) != nil:
				f.Problem = review.Msg("`%s` is dropped and made anew: all its rows are gone for good once %s has run this.", c.Table.String(), p.Engine.Title())
				f.Advice = review.Msg("Change `%s` with ALTER TABLE; or make the new table beside it, copy the rows, and swap both with RENAME TABLE.", c.Table.Name)
			}
			p.Report(f)
		}
	},
}

// surelyThere is false for IF EXISTS of a table that no migration made: perhaps there is none, and where
// the change set makes it next, as dumps do, the statement only clears the way.
func surelyThere(c *ddlparse.DropTable) bool { return c.Before != nil || !c.IfExists }

// rebuilt reports whether the change set copied the rows to a new table that now has the old one's name.
func rebuilt(p *review.Pass, s *ddlparse.Step, c *ddlparse.DropTable) bool {
	old := startTable(p, c.Before)
	if old == nil || !p.Created(p.Final().Table(old.Name)) {
		return false
	}
	for _, step := range p.Steps() {
		if step.Number < s.Number && copiesFrom(p, step, old.Name, c.Table) {
			return true
		}
	}
	return false
}

// copiesFrom reports whether the step selects the rows of a table of either name into another one.
func copiesFrom(p *review.Pass, s *ddlparse.Step, names ...ddlparse.Name) bool {
	for _, c := range s.Changes {
		var from []ddlparse.Name
		switch c := c.(type) {
		case *ddlparse.Write:
			if c.Select {
				from = c.Tables[1:]
			}
		case *ddlparse.CreateTable:
			from = c.SelectFrom
		}
		for _, n := range from {
			for _, name := range names {
				if p.Start().Same(n, name) {
					return true
				}
			}
		}
	}
	return false
}

// namePattern compiles a parameter that configuration has checked already; nil for an empty one.
func namePattern(pattern string) *regexp.Regexp {
	if pattern == "" {
		return nil
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	return re
}
