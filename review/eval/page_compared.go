package eval

import (
	"cmp"
	"fmt"
	"slices"
)

// compared is a comparison as the page shows it.
type compared struct {
	*Comparison
	Differs []differs
	Said    []string // the verdict
	Overall []pageChange
	Groups  []pageChangeGroup // guidelines in which anything differs
	Flips   []pageFlip
}

// differs is a part of the set-up that is not the same on both sides.
type differs struct{ Name, Before, After string }

// pageChange is a figure on both sides.
type pageChange struct {
	Name              string
	Before, After, By plot
	Trend             Trend
	Word              string
}

type pageChangeGroup struct {
	Name    string
	Changes []pageChange
}

// pageFlip is a decision that is made otherwise.
type pageFlip struct {
	Decision
	Better bool
	Text   string
	Linked bool // the case is on the page
}

func (s speaker) newCompared(c *Comparison, r *Result) *compared {
	out := &compared{Comparison: c, Differs: s.setupDiffers(c.Before, c.After), Overall: s.pageChanges(c.Overall)}
	for _, m := range c.Verdict() {
		out.Said = append(out.Said, m.In(s.Printer))
	}
	for _, g := range c.Guidelines {
		if slices.ContainsFunc(g.Changes, func(c Change) bool { return c.By.Value != nil && *c.By.Value != 0 }) {
			out.Groups = append(out.Groups, pageChangeGroup{g.Name, s.pageChanges(g.Changes)})
		}
	}
	for _, d := range c.Decisions {
		better := d.Expected == (d.After > d.Before)
		linked := slices.ContainsFunc(r.Cases, func(c CaseDone) bool { return c.Name == d.Case })
		out.Flips = append(out.Flips, pageFlip{d, better, s.flipText(d), linked})
	}
	slices.SortStableFunc(out.Flips, func(a, b pageFlip) int { return cmp.Compare(order(a.Better), order(b.Better)) })
	return out
}

// order puts what got worse first.
func order(better bool) int {
	if better {
		return 1
	}
	return 0
}

func (s speaker) flipText(d Decision) string {
	if d.Expected {
		return s.Sprintf("expected; said in %.0f %% of the runs before, in %.0f %% now", 100*d.Before, 100*d.After)
	}
	return s.Sprintf("wrong; said in %.0f %% of the runs before, in %.0f %% now", 100*d.Before, 100*d.After)
}

func (s speaker) pageChanges(list []Change) []pageChange {
	var out []pageChange
	for _, c := range list {
		out = append(out, s.newPageChange(c))
	}
	return out
}

func (s speaker) newPageChange(c Change) pageChange {
	write, most := percent, 1.0
	if c.Figure == FigureFalsePerClean {
		write = number
		for _, v := range []*float64{c.Before.Value, c.After.Value, highOf(c.Before), highOf(c.After)} {
			if v != nil {
				most = max(most, *v)
			}
		}
	}
	points := func(v float64) string { return fmt.Sprintf("%.0f", 100*v) } // of a hundred
	if c.Figure == FigureFalsePerClean {
		points = number
	}
	return pageChange{
		Name: s.figureTitle(c.Figure), Before: s.newPlot(c.Before, 0, most, write), After: s.newPlot(c.After, 0, most, write),
		By: s.diffPlot(c.By, points), Trend: c.Trend, Word: s.trendWord(c.Trend),
	}
}

func (s speaker) figureTitle(name string) string {
	switch name {
	case FigurePrecision:
		return s.Sprintf("Precision")
	case FigureRecall:
		return s.Sprintf("Recall")
	case FigureF1:
		return s.Sprintf("F1")
	}
	return s.Sprintf("False positives per clean change set")
}

func (s speaker) trendWord(t Trend) string {
	switch t {
	case Better:
		return s.Sprintf("better")
	case Worse:
		return s.Sprintf("worse")
	case Unclear:
		return s.Sprintf("no clear difference")
	}
	return s.Sprintf("too little to tell")
}

// setupDiffers lists what is not the same on both sides.
func (s speaker) setupDiffers(before, after Setup) []differs {
	var list []differs
	for _, d := range []differs{
		{s.Sprintf("model"), before.Model, after.Model},
		{s.Sprintf("prompts"), short(before.Prompts), short(after.Prompts)},
		{s.Sprintf("cases"), short(before.Cases), short(after.Cases)},
		{s.Sprintf("runs"), fmt.Sprint(before.Runs), fmt.Sprint(after.Runs)},
		{s.Sprintf("program"), before.Program, after.Program},
	} {
		if d.Before != d.After {
			list = append(list, d)
		}
	}
	return list
}
