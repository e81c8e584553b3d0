package eval

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/prompts"
)

// labels are those of a case whose guidelines the prompts have.
type labels struct {
	expect, allow, forbid []Label
	unknown               []string // the other guidelines
}

func labelsOf(c *prompts.Case, known func(string) bool) labels {
	var l labels
	keep := func(list []prompts.Label) []Label {
		kept := []Label{}
		for _, label := range list {
			if known(label.Guideline) {
				kept = append(kept, Label(label))
			} else {
				l.unknown = append(l.unknown, label.Guideline)
			}
		}
		return kept
	}
	l.expect, l.allow, l.forbid = keep(c.Expect), keep(c.Allow), keep(c.Forbid)
	return l
}

// judge gives the claims their outcomes, and returns the labels that none of them met. A claim meets a label of its
// guideline and object. Where a guideline speaks to several columns, the model is told to name the table or the most
// telling column; so a table also stands for its column, and a column for its table, but no column for another one.
// A label is met once: who says it again in other places says too much.
func (l *labels) judge(claims []Claim) (missed []Label) {
	open := slices.Clone(l.expect)
	for _, fits := range []func(a, b Label) bool{same, related} {
		for i := range claims {
			if c := &claims[i]; c.Outcome == "" {
				open = l.outcome(c, open, fits)
			}
		}
	}
	for i := range claims {
		c := &claims[i]
		if c.Outcome == "" {
			c.Outcome = False
		}
		c.Near = near(c, open)
	}
	return open
}

// outcome decides about one claim, if a label fits, and returns the labels that are still to be met.
func (l *labels) outcome(c *Claim, open []Label, fits func(a, b Label) bool) []Label {
	of := func(label Label) bool { return fits(label, c.Label) }
	if i := slices.IndexFunc(open, of); i >= 0 {
		c.Outcome = Hit
		if met := open[i]; !same(met, c.Label) {
			c.Met = &met
		}
		return slices.Delete(open, i, i+1)
	}
	switch {
	case slices.ContainsFunc(l.forbid, of):
		c.Outcome = Forbidden
	case slices.ContainsFunc(l.allow, of):
		c.Outcome = Allowed
	}
	return open
}

// near is a missed label that a wrong claim only just misses: the guideline and the table are right.
func near(c *Claim, missed []Label) *Label {
	i := slices.IndexFunc(missed, func(l Label) bool {
		return l.Guideline == c.Guideline && strings.EqualFold(tableOf(l.Object), tableOf(c.Object))
	})
	if i < 0 || c.Outcome == Hit || c.Outcome == Allowed {
		return nil
	}
	l := missed[i]
	return &l
}

// same compares objects as servers compare columns: without case.
func same(a, b Label) bool {
	return a.Guideline == b.Guideline && strings.EqualFold(a.Object, b.Object)
}

// related: one object is the table of the other.
func related(a, b Label) bool {
	return a.Guideline == b.Guideline &&
		(strings.EqualFold(a.Object, tableOf(b.Object)) || strings.EqualFold(tableOf(a.Object), b.Object))
}

func tableOf(object string) string {
	table, _, _ := strings.Cut(object, ".")
	return table
}

// wants reports whether a claim of that label would meet one of a list.
func wants(list []Label, of Label) bool {
	return slices.ContainsFunc(list, func(l Label) bool { return same(l, of) || related(l, of) })
}
