package eval

import (
	"cmp"
	"slices"
)

// noisy is a clean change set in which the model claims something wrong.
type noisy struct {
	Name string
	Each float64 // wrong claims per run
	Part float64 // of the worst one, 0 to 100
	Text string
}

// noisiest are the clean change sets with wrong claims, the worst first.
func (s speaker) noisiest(cases []CaseDone) []noisy {
	var list []noisy
	most := 0.0
	for _, c := range cases {
		wrong, runs := 0, 0
		for i := range c.Runs {
			if c.Clean && c.Runs[i].Measured {
				runs++
				wrong += wrongIn(&c.Runs[i])
			}
		}
		if wrong > 0 {
			n := noisy{Name: c.Name, Each: float64(wrong) / float64(runs), Text: s.Sprintf("%d in %d runs", wrong, runs)}
			most = max(most, n.Each)
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b noisy) int { return cmp.Compare(b.Each, a.Each) })
	for i := range list {
		list[i].Part = 100 * list[i].Each / most
	}
	return list
}

// pageCase is a case with what became of it in all runs.
type pageCase struct {
	CaseDone
	Wrong, Lost int // wrong claims and missed labels, over all runs
	State       string
	Said        []pageClaim
	NotSaid     []pageLabel
	Gone        []pageDropped
}

// pageClaim is a claim in the words of the first run that makes it.
type pageClaim struct {
	Claim
	In   int // runs that make it
	Runs int
}

// pageLabel is a label that runs miss.
type pageLabel struct {
	Label
	In, Runs int
}

// pageDropped is a claim that verify dropped, with how often.
type pageDropped struct {
	Dropped
	Help string
	In   int
}

// pageCases are the cases, those with something to look at first.
func (s speaker) pageCases(cases []CaseDone) []pageCase {
	list := make([]pageCase, len(cases))
	for i, c := range cases {
		list[i] = s.newPageCase(c)
	}
	slices.SortStableFunc(list, func(a, b pageCase) int { return cmp.Compare(b.Wrong+b.Lost, a.Wrong+a.Lost) })
	return list
}

func (s speaker) newPageCase(c CaseDone) pageCase {
	p := pageCase{CaseDone: c}
	for i := range c.Runs {
		p.addRun(&c.Runs[i])
	}
	for i := range p.Said {
		p.Said[i].Runs = len(c.Runs)
	}
	for i := range p.NotSaid {
		p.NotSaid[i].Runs = len(c.Runs)
	}
	for i := range p.Gone {
		p.Gone[i].Help = s.dropHelp(string(p.Gone[i].Reason))
	}
	p.State = s.state(&p)
	return p
}

func (p *pageCase) addRun(r *Run) {
	for _, c := range r.Claims {
		if c.Outcome == False || c.Outcome == Forbidden {
			p.Wrong++
		}
		i := slices.IndexFunc(p.Said, func(s pageClaim) bool { return same(s.Label, c.Label) })
		if i < 0 {
			i, p.Said = len(p.Said), append(p.Said, pageClaim{Claim: c})
		}
		p.Said[i].In++
	}
	for _, l := range r.Missed {
		p.Lost++
		i := slices.IndexFunc(p.NotSaid, func(s pageLabel) bool { return same(s.Label, l) })
		if i < 0 {
			i, p.NotSaid = len(p.NotSaid), append(p.NotSaid, pageLabel{Label: l})
		}
		p.NotSaid[i].In++
	}
	for _, d := range r.Dropped {
		i := slices.IndexFunc(p.Gone, func(s pageDropped) bool { return same(s.Label, d.Label) && s.Reason == d.Reason })
		if i < 0 {
			i, p.Gone = len(p.Gone), append(p.Gone, pageDropped{Dropped: d})
		}
		p.Gone[i].In++
	}
}

// state is the case in a few words.
func (s speaker) state(p *pageCase) string {
	switch {
	case !measured(&p.CaseDone):
		return s.Sprintf("not measured")
	case p.Wrong > 0 && p.Lost > 0:
		return s.Sprintf("%d wrong, %d missed", p.Wrong, p.Lost)
	case p.Wrong > 0:
		return s.Sprintf("%d wrong", p.Wrong)
	case p.Lost > 0:
		return s.Sprintf("%d missed", p.Lost)
	}
	return s.Sprintf("as expected")
}

// outcomeWord is what the labels say of a claim, for people.
func (s speaker) outcomeWord(o Outcome) string {
	switch o {
	case Hit:
		return s.Sprintf("right")
	case Allowed:
		return s.Sprintf("allowed")
	case Forbidden:
		return s.Sprintf("wrong, and foreseen")
	}
	return s.Sprintf("wrong")
}
