package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review/eval"
)

// comparison writes both sides of a comparison, and what it shows.
func (t *evalText) comparison(c *eval.Comparison) {
	t.title("Compared with")
	if c.Before.Scripted() {
		t.first(&c.Before)
	}
	t.table([][]string{
		{t.p.Sprintf("model"), shown(c.Before.Model)},
		{t.p.Sprintf("prompts"), promptsOf(&c.Before)},
		{t.p.Sprintf("cases"), t.p.Sprintf("%d on both sides", c.Cases)},
	})
	if len(c.Skipped) > 0 {
		t.say("Not compared, because only one side has them, measured them, or has them as they are: %s.", shown(strings.Join(c.Skipped, ", ")))
	}
	t.title("Verdict")
	for _, sentence := range c.Verdict() {
		t.line(shown(sentence.In(t.p)))
	}
	t.changes(c)
	t.decisions(c)
}

// changes are the figures side by side: all cases, languages, and what differs of guidelines, what got worse first.
func (t *evalText) changes(c *eval.Comparison) {
	t.title("Figures: before, after, and the difference with its 95 %% interval")
	var rows [][]string
	add := func(name string, changes []eval.Change) {
		for _, change := range changes {
			rows = append(rows, t.changeRow(name, &change))
		}
	}
	add(t.p.Sprintf("all cases"), c.Overall)
	for _, g := range c.Languages[:several(len(c.Languages))] {
		add(g.Name, g.Changes)
	}
	rows = append(rows, make([]string, 6)) // with its cells, so that the columns go on
	same := 0
	for _, g := range lossesFirst(c.Guidelines) {
		other := slices.DeleteFunc(slices.Clone(g.Changes), func(c eval.Change) bool { return !differs(c) })
		if len(other) == 0 {
			same++
		}
		add(g.Name, other)
	}
	t.table(rows)
	if same > 0 {
		t.line(amount(t.p, same, "%d guideline without a difference.", "%d guidelines without a difference."))
	}
	t.dim("(n): claims or labels that the figure is of. No interval: fewer than %d case files have a say.", eval.EnoughFiles)
}

// lossesFirst orders guidelines by how much F1 changed, from the greatest loss to the greatest gain.
func lossesFirst(groups []eval.GroupChange) []eval.GroupChange {
	gain := func(g *eval.GroupChange) float64 {
		for _, c := range g.Changes {
			if c.Figure == eval.FigureF1 && c.By.Value != nil {
				return *c.By.Value
			}
		}
		return 0
	}
	sorted := slices.Clone(groups)
	slices.SortStableFunc(sorted, func(a, b eval.GroupChange) int { return cmp.Compare(gain(&a), gain(&b)) })
	return sorted
}

func differs(c eval.Change) bool {
	if c.Before.Value == nil || c.After.Value == nil {
		return c.Before.Value != c.After.Value
	}
	return *c.Before.Value != *c.After.Value
}

func (t *evalText) changeRow(name string, c *eval.Change) []string {
	by := "–"
	if c.By.Value != nil {
		by = fmt.Sprintf("%+.2f", *c.By.Value)
	}
	if i := c.By.Interval; i != nil {
		by += fmt.Sprintf(" [%+.2f, %+.2f]", i.Low, i.High)
	}
	return []string{shown(name), t.figureName(c.Figure), figure(c.Before), figure(c.After), by, t.trend(c.Trend)}
}

func (t *evalText) figureName(figure string) string {
	switch figure {
	case eval.FigurePrecision:
		return t.p.Sprintf("precision")
	case eval.FigureRecall:
		return t.p.Sprintf("recall")
	case eval.FigureF1:
		return t.p.Sprintf("F1")
	}
	return t.p.Sprintf("wrong per clean")
}

func (t *evalText) trend(trend eval.Trend) string {
	switch trend {
	case eval.Better:
		return t.p.Sprintf("better")
	case eval.Worse:
		return t.p.Sprintf("worse")
	case eval.Unclear:
		return t.p.Sprintf("not clear")
	}
	return ""
}

// decisions are the cases that come out otherwise.
func (t *evalText) decisions(c *eval.Comparison) {
	if len(c.Decisions) == 0 {
		t.line("")
		t.say("Every case is decided as it was before.")
		return
	}
	t.title("Decided otherwise")
	rows := [][]string{}
	for _, d := range c.Decisions {
		rows = append(rows, []string{shown(d.Case), shown(d.Guideline) + " " + shown(d.Object), t.turn(&d)})
	}
	t.table(rows)
}

// turn says how a decision turned: shares of runs where they are not all or nothing.
func (t *evalText) turn(d *eval.Decision) string {
	before, after := t.decided(d.Expected, d.Before), t.decided(d.Expected, d.After)
	if (d.After > d.Before) == d.Expected {
		return t.p.Sprintf("better: was %s, now %s", before, after)
	}
	return t.p.Sprintf("worse: was %s, now %s", before, after)
}

func (t *evalText) decided(expected bool, share float64) string {
	switch {
	case share == 0 && expected:
		return t.p.Sprintf("missed")
	case share == 0:
		return t.p.Sprintf("nothing said")
	case share < 1 && expected:
		return t.p.Sprintf("hit in %.0f %% of runs", 100*share)
	case share < 1:
		return t.p.Sprintf("wrong in %.0f %% of runs", 100*share)
	case expected:
		return t.p.Sprintf("hit")
	}
	return t.p.Sprintf("wrong")
}
