package eval

import (
	"cmp"
	"maps"
	"slices"
)

// Compare holds a result against an earlier one, over the cases that both have.
func Compare(before, after *Result) *Comparison {
	c := &Comparison{Format: Format, Before: before.Setup, After: after.Setup, Unshared: unshared(before, after)}
	c.Notice = cmp.Or(before.Setup.notice(), after.Setup.notice())
	a, b, skipped := pairs(before.Cases, after.Cases)
	c.Cases, c.Skipped = len(a), skipped
	shared := func(id string) bool { return !slices.Contains(c.Unshared, id) }
	c.Overall = append(changes(a, b, anyGuideline, shared), change(FigureFalsePerClean, calmRatios(a), calmRatios(b)))
	for _, id := range union(named(a), named(b)) {
		only := func(g string) bool { return g == id }
		c.Guidelines = append(c.Guidelines, GroupChange{id, changes(a, b, only, only)})
	}
	for _, g := range languages(a) {
		c.Languages = append(c.Languages, GroupChange{g.Name, changes(inLanguage(a, g.Name), inLanguage(b, g.Name), anyGuideline, shared)})
	}
	c.Decisions = otherwise(a, b)
	return c
}

func unshared(before, after *Result) []string {
	x, y := before.Setup.Unknown, after.Setup.Unknown
	return slices.DeleteFunc(union(x, y), func(id string) bool { return slices.Contains(x, id) && slices.Contains(y, id) })
}

// union is both lists, sorted, each name once.
func union(a, b []string) []string {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return append([]string{}, slices.Compact(all)...)
}

// pairs are the cases that ask the same on both sides, with the runs that were measured.
func pairs(before, after []CaseDone) (a, b []CaseDone, skipped []string) {
	earlier := map[string]CaseDone{}
	for _, c := range before {
		earlier[c.Name] = c
	}
	skipped = []string{}
	for _, c := range after {
		was, there := earlier[c.Name]
		delete(earlier, c.Name)
		if there && was.Hash == c.Hash && measured(&was) && measured(&c) {
			was.Clean, c.Clean = was.Clean && c.Clean, was.Clean && c.Clean // where only one has the guideline, it is neither's
			a, b = append(a, was), append(b, c)
		} else {
			skipped = append(skipped, c.Name)
		}
	}
	skipped = slices.AppendSeq(skipped, maps.Keys(earlier))
	slices.Sort(skipped)
	return a, b, skipped
}

func measured(c *CaseDone) bool {
	return slices.ContainsFunc(c.Runs, func(r Run) bool { return r.Measured })
}

func inLanguage(list []CaseDone, name string) []CaseDone {
	return slices.DeleteFunc(slices.Clone(list), func(c CaseDone) bool { return c.Language != name })
}

// sample is what a figure is made of, and how many things people would count in it.
type sample struct {
	ratios
	n    int
	most float64
}

// changes are the figures of a group: precision over all that is claimed, the others over what both sides were asked.
func changes(before, after []CaseDone, said, shared func(string) bool) []Change {
	x, y := tallyOf(before, shared), tallyOf(after, shared)
	s, t := x.score, y.score
	claims := func(s Score) int { return s.Hits + s.False + s.Forbidden }
	p, q := tallyOf(before, said), tallyOf(after, said)
	return []Change{
		change(FigurePrecision, sample{p.precision, claims(p.score), 1}, sample{q.precision, claims(q.score), 1}),
		change(FigureRecall, sample{x.recall, s.Hits + s.Missed, 1}, sample{y.recall, t.Hits + t.Missed, 1}),
		change(FigureF1, sample{x.f1, claims(s) + s.Missed, 1}, sample{y.f1, claims(t) + t.Missed, 1}),
	}
}

func tallyOf(done []CaseDone, about func(string) bool) *tally {
	t := newTally()
	for i := range done {
		for j := range done[i].Runs {
			if r := &done[i].Runs[j]; r.Measured {
				t.add(done[i].File, r, about)
			}
		}
	}
	return t
}

func calmRatios(done []CaseDone) sample {
	s := sample{ratios{}, 0, -1}
	for i := range done {
		for j := range done[i].Runs {
			if r := &done[i].Runs[j]; done[i].Clean && r.Measured {
				s.add(done[i].File, float64(wrongIn(r)), 1)
				s.n++
			}
		}
	}
	return s
}

// change is the paired difference of a figure.
func change(name string, before, after sample) Change {
	c := Change{Figure: name, Before: before.figure(before.n, before.most), After: after.figure(after.n, after.most)}
	files := union(slices.Collect(maps.Keys(before.ratios)), slices.Collect(maps.Keys(after.ratios)))
	c.By = Figure{N: max(before.n, after.n), Files: len(files)}
	if c.Before.Value != nil && c.After.Value != nil {
		by := *c.After.Value - *c.Before.Value
		c.By.Value = &by
		if c.By.Files >= EnoughFiles {
			c.By.Interval = apart(before.of(files), after.of(files))
		}
	}
	c.Trend = trend(c.By, name == FigureFalsePerClean)
	return c
}

// of are the ratios of these files; a file without one adds nothing.
func (r ratios) of(files []string) []ratio {
	list := make([]ratio, len(files))
	for i, f := range files {
		list[i] = r[f]
	}
	return list
}

func trend(by Figure, lessIsBetter bool) Trend {
	switch i := by.Interval; {
	case i == nil:
		return Unknown
	case i.Low <= 0 && i.High >= 0:
		return Unclear
	case (i.Low > 0) == lessIsBetter:
		return Worse
	}
	return Better
}

// otherwise are the decisions that are not made alike, in the order of the cases.
func otherwise(before, after []CaseDone) []Decision {
	list := []Decision{}
	for i := range after {
		was := map[Label]*decided{}
		for _, d := range decisionsOf(&before[i]) {
			was[folded(d.Label)] = d
		}
		now := decisionsOf(&after[i])
		for _, d := range now {
			list = append(list, decision(after[i].Name, was[folded(d.Label)], d))
			delete(was, folded(d.Label))
		}
		for _, d := range slices.SortedFunc(maps.Values(was), func(a, b *decided) int { return compareLabels(a.Label, b.Label) }) {
			list = append(list, decision(after[i].Name, d, nil))
		}
	}
	return slices.DeleteFunc(list, func(d Decision) bool { return d.Before == d.After })
}

func decision(name string, before, after *decided) Decision {
	d := Decision{Case: name, Before: before.share(), After: after.share()}
	for _, side := range []*decided{before, after} {
		if side != nil {
			d.Label, d.Expected = side.Label, d.Expected || side.expected
		}
	}
	return d
}

func (d *decided) share() float64 {
	if d == nil || d.runs == 0 {
		return 0
	}
	return float64(d.claimed) / float64(d.runs)
}
