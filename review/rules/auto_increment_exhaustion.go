package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// autoIncrementExhaustion compares the AUTO_INCREMENT option with the range of the column. It speaks
// where the change set sets the one or the type of the other.
var autoIncrementExhaustion = &review.Rule{
	ID:       "auto-increment-exhaustion",
	Title:    "AUTO_INCREMENT is near the end of its column",
	Category: review.PrimaryKeys,
	Severity: review.Error,
	Params:   []review.Param{{Name: "threshold_percent", Default: 80, Doc: "How much of the column's range may be used up."}},
	Check: func(p *review.Pass) {
		percent := review.Value[int](p, "threshold_percent")
		for t := range p.Tables() {
			c := counter(t)
			if c == nil || t.Options.AutoIncrement == 0 || !counterIsNew(p, t, c) {
				continue
			}
			_, highest := c.Type.IntegerRange()
			if float64(t.Options.AutoIncrement) > float64(highest)*float64(percent)/100 {
				reportExhaustion(p, t, c, highest)
			}
		}
	},
}

// counter is the AUTO_INCREMENT column of the table, or nil.
func counter(t *ddlparse.Table) *ddlparse.Column {
	for _, c := range t.Columns {
		if c.AutoIncrement && c.Type.IsInteger() {
			return c
		}
	}
	return nil
}

func counterIsNew(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column) bool {
	old := startTable(p, t)
	return old == nil || old.Options.AutoIncrement != t.Options.AutoIncrement || p.New(c.Defined) && typeIsNew(p, t, c)
}

func reportExhaustion(p *review.Pass, t *ddlparse.Table, c *ddlparse.Column, highest uint64) {
	f := review.Finding{Object: objectOf(t.Name, c.Name), Span: t.Options.Spans["AUTO_INCREMENT"]}
	if !p.Created(t) && p.New(c.Defined) && typeIsNew(p, t, c) {
		f.Span = c.TypeSpan
	}
	next, kind := t.Options.AutoIncrement, strings.ToUpper(ddlparse.Type{Name: c.Type.Name, Length: -1, Scale: -1, Unsigned: c.Type.Unsigned}.String())
	last := review.Errno(1062)
	if p.Engine.IsMariaDB() {
		last = 167
	}
	f.Problem = review.Msg("`%s` goes on at %d of the %d that %s holds; at the end every insert fails on %s (error %s).", objectOf(t.Name, c.Name), next, highest, kind, p.Engine.Title(), last)
	if next > highest {
		beyond := review.Errno(1467)
		if p.Engine.IsMariaDB() {
			beyond = 167
		}
		f.Problem = review.Msg("`%s` is to go on at %d, but %s ends at %d: every insert fails on %s (error %s).", objectOf(t.Name, c.Name), next, kind, highest, p.Engine.Title(), beyond)
	}
	f.Advice = review.Msg("Widen `%s` to BIGINT before that many rows are there, or take the AUTO_INCREMENT option out if it was only copied from a dump.", c.Name)
	if c.Type.Name == "bigint" {
		f.Advice = review.Msg("Take the AUTO_INCREMENT option of `%s` out or lower it; a BIGINT doesn't get there by counting.", t.Name.String())
	}
	p.Report(f)
}
