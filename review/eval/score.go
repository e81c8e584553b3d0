package eval

import (
	"maps"
	"slices"
)

// tally counts what a group of claims and labels adds up to.
type tally struct {
	score     Score
	precision ratios
	recall    ratios
	f1        ratios
	flips     ratios
	decisions int
}

func newTally() *tally {
	return &tally{precision: ratios{}, recall: ratios{}, f1: ratios{}, flips: ratios{}}
}

// add counts one run of a case, as far as it is about what the tally is about.
func (t *tally) add(file string, r *Run, about func(guideline string) bool) {
	var hits, wrong, missed float64
	for _, c := range r.Claims {
		if !about(c.Guideline) {
			continue
		}
		switch c.Outcome {
		case Hit:
			t.score.Hits++
			hits++
		case False:
			t.score.False++
			wrong++
		case Forbidden:
			t.score.Forbidden++
			wrong++
		case Allowed:
			t.score.Allowed++
		}
	}
	for _, l := range r.Missed {
		if about(l.Guideline) {
			t.score.Missed++
			missed++
		}
	}
	t.precision.add(file, hits, hits+wrong)
	t.recall.add(file, hits, hits+missed)
	t.f1.add(file, 2*hits, 2*hits+wrong+missed)
}

// addFlips counts the decisions of a case that are not the same in all of its runs.
func (t *tally) addFlips(c *CaseDone, about func(guideline string) bool) {
	flipped, decisions := 0, 0
	for _, d := range decisionsOf(c) {
		if !about(d.Guideline) || d.runs < 2 {
			continue
		}
		decisions++
		if d.claimed != 0 && d.claimed != d.runs {
			flipped++
		}
	}
	t.decisions += decisions
	t.flips.add(c.File, float64(flipped), float64(decisions))
}

// done is the score with its figures.
func (t *tally) done() Score {
	s := t.score
	s.Precision = t.precision.figure(s.Hits+s.False+s.Forbidden, 1)
	s.Recall = t.recall.figure(s.Hits+s.Missed, 1)
	s.F1 = t.f1.figure(s.Hits+s.False+s.Forbidden+s.Missed, 1)
	s.Flips = t.flips.figure(t.decisions, 1)
	return s
}

// decided is how often something is claimed in a case.
type decided struct {
	Label
	expected      bool
	claimed, runs int
}

// decisionsOf are the labels of a case, and what else is claimed in any of its runs, in the order of their names.
// What counts neither way is no decision.
func decisionsOf(c *CaseDone) []*decided {
	all := map[Label]*decided{}
	of := func(l Label) *decided {
		key := folded(l)
		if all[key] == nil {
			all[key] = &decided{Label: l}
		}
		return all[key]
	}
	for _, l := range c.Expect {
		of(l).expected = true
	}
	runs := 0
	for _, r := range c.Runs {
		if !r.Measured {
			continue
		}
		runs++
		for _, claim := range r.Claims {
			if claim.Outcome != Allowed {
				of(claim.decided()).claimed++
			}
		}
	}
	list := slices.SortedFunc(maps.Values(all), func(a, b *decided) int { return compareLabels(a.Label, b.Label) })
	for _, d := range list {
		d.runs = runs
	}
	return list
}
