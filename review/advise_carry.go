package review

// Carried is a guideline's finding that was posted on an earlier head, as a forge remembers it.
type Carried struct {
	Fingerprint string
	Guideline   string
	Set         string // of the plan
	Object      string
	Content     string // hash of the object's definition when it was last claimed
	Missed      int    // complete runs in a row that did not claim it again
}

// Fate is what becomes of a Carried finding on a new head.
type Fate string

// The fates. Only Stays keeps its comment open.
const (
	Stays       Fate = "stays"       // it still applies, whatever the model says or forgets
	Altered     Fate = "changed"     // its object was changed or is gone, and nobody claims it any more
	Disappeared Fate = "disappeared" // two complete runs didn't claim it of the same definition
	Accepted    Fate = "accepted"    // somebody suppressed it
)

// mostMissed is after how many complete runs without it a claim counts as withdrawn.
const mostMissed = 2

// Outcome is a Carried finding as it is now, and its fate.
type Outcome struct {
	Carried
	Fate Fate
}

// Carry decides what becomes of the findings of guidelines that were posted before, in their order. A comment
// that was posted stays open until its object changes, a person accepts it, or two complete runs in a row don't
// see it any more: a model that forgets or words it differently makes no noise.
func Carry(previous []Carried, r *Report) []Outcome {
	now, accepted := map[string]Finding{}, map[string]bool{}
	for _, f := range r.Findings {
		if f.ByModel {
			now[f.Fingerprint()] = f
		}
	}
	for _, s := range r.Suppressed {
		accepted[s.Finding.Fingerprint()] = s.Finding.ByModel
	}
	out := make([]Outcome, len(previous))
	for i, c := range previous {
		f, claimed := now[c.Fingerprint]
		switch content := r.contentOf(c.Set, c.Object); {
		case accepted[c.Fingerprint]:
			out[i] = Outcome{c, Accepted}
		case claimed:
			c.Content, c.Missed = f.Content, 0
			out[i] = Outcome{c, Stays}
		case content != c.Content:
			out[i] = Outcome{c, Altered}
		default:
			out[i] = c.missed(r)
		}
	}
	return out
}

// missed is a finding whose object is the same, and that this run didn't claim.
func (c Carried) missed(r *Report) Outcome {
	if r.Advice.Complete() {
		c.Missed++
	}
	if c.Missed >= mostMissed {
		return Outcome{c, Disappeared}
	}
	return Outcome{c, Stays}
}

// contentOf is the hash of an object's definition behind the change set, "" when there is none.
func (r *Report) contentOf(set, path string) string {
	for _, p := range r.Plans {
		if p.Set == set {
			if o, ok := find(p.Final, path); ok {
				return o.hash(p.Engine)
			}
		}
	}
	return ""
}
