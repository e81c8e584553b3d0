package eval

import (
	"math"
	"slices"

	"github.com/schema-review/schema-review/prompts"
)

// wholeWording names the judgement as a whole: all criteria are met.
const wholeWording = "good"

// judgedBy are the names of the figures: the whole, then each criterion.
func judgedBy() []string { return append([]string{wholeWording}, prompts.Criteria()...) }

func meets(j prompts.Judgement, name string) bool {
	if name == wholeWording {
		return j.Good()
	}
	return j.Meets(name)
}

func (d *Judged) count(j judgement) {
	d.InputTokens += j.answer.Usage.Input
	d.Output += j.answer.Usage.Output
	if d.Model == "" {
		d.Model = j.answer.Model
	}
}

// calibrate holds the judgements against those of people.
func (d *Judged) calibrate(examples []prompts.JudgeExample, said []judgement) {
	for i, e := range examples {
		switch {
		case !said[i].answered:
			d.Unanswered++
		case !slices.Equal(e.Label.Fails, said[i].Fails):
			d.Disagreed = append(d.Disagreed, Disagreed{e.Name, e.Label.Fails, said[i].Fails, said[i].Notes})
		}
	}
	for _, name := range judgedBy() {
		d.Agreement = append(d.Agreement, agreement(name, examples, said))
	}
	d.Calibrated = d.Agreement[0].enough()
}

func agreement(name string, examples []prompts.JudgeExample, said []judgement) Agreement {
	a := Agreement{Name: name, N: len(examples)}
	people, judge := 0, 0 // how often each says yes
	for i, e := range examples {
		label, other := meets(e.Label, name), meets(said[i].Judgement, name)
		if !said[i].answered {
			other = !label // no judgement is the wrong one
		}
		if label {
			people++
		}
		if other {
			judge++
		}
		if label == other {
			a.Agree++
		}
	}
	a.Kappa = kappa(a.N, a.Agree, people, judge)
	a.Share = share(a.Agree, a.N)
	return a
}

// kappa is Cohen's: how much two agree beyond what chance gives when each says yes as often as they do. It is
// undefined where chance alone makes them agree.
func kappa(n, agree, yesOfOne, yesOfOther int) *float64 {
	if n == 0 {
		return nil
	}
	total := float64(n)
	one, other := float64(yesOfOne)/total, float64(yesOfOther)/total
	chance := one*other + (1-one)*(1-other)
	if chance == 1 {
		return nil
	}
	k := (float64(agree)/total - chance) / (1 - chance)
	return &k
}

// share is a share with Wilson's interval, which holds for small numbers of things that don't depend on each other.
func share(k, n int) Figure {
	f := Figure{N: n, Files: n}
	if n == 0 {
		return f
	}
	const z = normal975
	total, p := float64(n), float64(k)/float64(n)
	middle := (p + z*z/(2*total)) / (1 + z*z/total)
	half := z / (1 + z*z/total) * math.Sqrt(p*(1-p)/total+z*z/(4*total*total))
	f.Value, f.Interval = &p, &Interval{max(0, middle-half), min(1, middle+half)}
	return f
}

// score counts what the judge says of the findings.
func (d *Judged) score(found []foundWording, said []judgement) {
	for i, f := range found {
		if !said[i].answered {
			d.NotJudged++
			continue
		}
		d.Wordings = append(d.Wordings, Wording{f.done.Name, f.claim.Label, f.claim.Title, said[i].Fails, said[i].Notes})
	}
	for i, name := range judgedBy() {
		counts := d.Calibrated && d.Agreement[i].enough()
		d.Scores = append(d.Scores, JudgeScore{name, d.shareOf(name, found, said), counts})
	}
}

// shareOf is the share of findings that meet a criterion.
func (d *Judged) shareOf(name string, found []foundWording, said []judgement) Figure {
	counts, n := ratios{}, 0
	for i, f := range found {
		if !said[i].answered {
			continue
		}
		met := 0.0
		if meets(said[i].Judgement, name) {
			met = 1
		}
		counts.add(f.done.File, met, 1)
		n++
	}
	return counts.figure(n, 1)
}
