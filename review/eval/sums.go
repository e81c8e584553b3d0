package eval

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// result adds up what became of the cases.
func (m *measuring) result(done []CaseDone) *Result {
	o := &m.options
	r := &Result{Format: Format, Date: o.Now().UTC(), Cases: done}
	r.Setup = Setup{
		Model: o.Model, Answered: slices.AppendSeq([]string{}, maps.Keys(m.answered)), Prompts: o.Prompts.Version(), Layers: o.Layers,
		Cases: hashOfAll(done), Runs: o.Runs, Unknown: unknown(m), Program: o.Program, From: m.from, To: m.to,
	}
	slices.Sort(r.Setup.Answered)
	r.addUp()
	return r
}

// addUp makes the figures of the cases.
func (r *Result) addUp() {
	r.Notice = r.Setup.notice()
	r.Overall = scoreOf(r.Cases, anyCase, anyGuideline)
	r.Guidelines, r.Languages, r.Clean = guidelines(r.Cases), languages(r.Cases), calm(r.Cases)
	r.Dropped, r.Failures, r.Usage = dropped(r.Cases), failures(r.Cases), usage(r.Cases)
}

func unknown(m *measuring) []string {
	names := []string{}
	for i := range m.options.Cases {
		names = append(names, labelsOf(&m.options.Cases[i], m.known).unknown...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func hashOfAll(done []CaseDone) string {
	h := sha256.New()
	for _, c := range done {
		fmt.Fprintf(h, "%s %s\n", c.Name, c.Hash)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func anyCase(*CaseDone) bool { return true }

func anyGuideline(string) bool { return true }

// scoreOf counts the cases of a kind, as far as they are about certain guidelines.
func scoreOf(done []CaseDone, of func(*CaseDone) bool, about func(string) bool) Score {
	t := newTally()
	for i := range done {
		c := &done[i]
		if !of(c) {
			continue
		}
		for j := range c.Runs {
			if c.Runs[j].Measured {
				t.add(c.File, &c.Runs[j], about)
			}
		}
		t.addFlips(c, about)
	}
	return t.done()
}

// guidelines are the scores of those that a label or a claim names.
func guidelines(done []CaseDone) []Group {
	groups := []Group{}
	for _, id := range named(done) {
		groups = append(groups, Group{id, scoreOf(done, anyCase, func(g string) bool { return g == id })})
	}
	return groups
}

func named(done []CaseDone) []string {
	ids := map[string]bool{}
	for _, c := range done {
		for _, l := range c.Expect {
			ids[l.Guideline] = true
		}
		for _, r := range c.Runs {
			for _, claim := range r.Claims {
				ids[claim.Guideline] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

func languages(done []CaseDone) []Group {
	var names []string
	for _, c := range done {
		names = append(names, c.Language)
	}
	slices.Sort(names)
	groups := []Group{}
	for _, name := range slices.Compact(names) {
		of := func(c *CaseDone) bool { return c.Language == name }
		groups = append(groups, Group{name, scoreOf(done, of, anyGuideline)})
	}
	return groups
}

// calm counts the wrong claims where nothing is to be said.
func calm(done []CaseDone) Clean {
	wrong, clean := ratios{}, Clean{}
	for i := range done {
		for j := range done[i].Runs {
			r := &done[i].Runs[j]
			if !done[i].Clean || !r.Measured {
				continue
			}
			n := wrongIn(r)
			clean.Runs++
			if n == 0 {
				clean.Quiet++
			}
			wrong.add(done[i].File, float64(n), 1)
		}
	}
	clean.False = wrong.figure(clean.Runs, -1)
	return clean
}

func wrongIn(r *Run) int {
	n := 0
	for _, c := range r.Claims {
		if c.Outcome == False || c.Outcome == Forbidden {
			n++
		}
	}
	return n
}

func dropped(done []CaseDone) []Count {
	count := map[string]int{}
	for _, c := range done {
		for _, r := range c.Runs {
			for _, d := range r.Dropped {
				count[string(d.Reason)]++
			}
		}
	}
	return counts(count, reasons())
}

func failures(done []CaseDone) []Count {
	count := map[string]int{}
	for _, c := range done {
		for _, r := range c.Runs {
			for _, f := range r.Failures {
				count[f]++
			}
		}
	}
	return counts(count, nil)
}

// counts are in a given order; what is not in it comes behind, by name.
func counts(count map[string]int, order []string) []Count {
	list := []Count{}
	for name, n := range count {
		list = append(list, Count{name, n})
	}
	place := func(c Count) int {
		if i := slices.Index(order, c.Name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Name, b.Name)) })
	return list
}

func reasons() []string {
	var names []string
	for _, r := range review.DropReasons() {
		names = append(names, string(r))
	}
	return names
}

func folded(l Label) Label { return Label{l.Guideline, strings.ToLower(l.Object)} }

func compareLabels(a, b Label) int {
	return cmp.Or(cmp.Compare(a.Guideline, b.Guideline), cmp.Compare(strings.ToLower(a.Object), strings.ToLower(b.Object)))
}

// usage adds up what the answers took.
func usage(done []CaseDone) Usage {
	var u Usage
	var took []int64
	cost, known := 0.0, true
	rate := ratios{}
	for i := range done {
		for j := range done[i].Runs {
			r := &done[i].Runs[j].Usage
			u.Questions += r.Questions
			u.Input, u.Output = u.Input+r.Input, u.Output+r.Output
			u.CacheRead, u.CacheWrite = u.CacheRead+r.CacheRead, u.CacheWrite+r.CacheWrite
			rate.add(done[i].File, float64(r.CacheRead), float64(r.Input))
			took = append(took, r.Took...)
			if known = known && r.Cost != nil; known {
				cost += *r.Cost
			}
		}
	}
	if known {
		u.Cost = &cost
	}
	slices.Sort(took)
	u.P50, u.P95, u.CacheRate = rank(took, 50), rank(took, 95), rate.figure(u.Input, -1)
	u.CacheRate.Interval = nil // it is counted, not sampled
	return u
}

// rank is the percentile by nearest rank.
func rank(sorted []int64, percent int) int64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+99)/100-1]
}
