package review

import "strings"

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
	// Covers are the fingerprints of findings that say the same of the table instead of its part, or of a part
	// instead of the table: they need no comment of their own.
	Covers []string
}

// Carry decides what becomes of the findings of guidelines that were posted before, in their order. A comment
// that was posted stays open until its object changes, a person accepts it, or two complete runs in a row don't
// see it any more: a model that forgets or words it differently makes no noise. What a run that is not complete
// doesn't say proves nothing.
func Carry(previous []Carried, r *Report) []Outcome {
	c := newCarrier(previous, r)
	out := make([]Outcome, len(previous))
	for i, p := range previous {
		out[i] = c.outcome(p)
	}
	return out
}

// carrier holds what was posted against what a report says.
type carrier struct {
	report   *Report
	now      map[string]Finding // claims, by fingerprint
	others   []Finding          // claims that were not posted under their own name
	crowded  map[string]bool    // claims that better ones left no room for: what they were made of is not taken back
	accepted map[string]bool
}

func newCarrier(previous []Carried, r *Report) *carrier {
	c := &carrier{report: r, now: map[string]Finding{}, crowded: r.crowded(), accepted: map[string]bool{}}
	posted := map[string]bool{}
	for _, p := range previous {
		posted[p.Fingerprint] = true
	}
	for _, f := range r.Findings {
		if !f.ByModel {
			continue
		}
		c.now[f.Fingerprint()] = f
		if !posted[f.Fingerprint()] {
			c.others = append(c.others, f)
		}
	}
	for _, s := range r.Suppressed {
		c.accepted[s.Finding.Fingerprint()] = s.Finding.ByModel
	}
	return c
}

func (c *carrier) outcome(p Carried) Outcome {
	content, known := c.report.contentOf(p.Set, p.Object)
	same := known && content == p.Content
	var covers []string
	if same {
		covers = c.covers(p)
	}
	f, claimed := c.now[p.Fingerprint]
	switch {
	case c.accepted[p.Fingerprint] || !claimed && c.report.accepts(p):
		return Outcome{p, Accepted, nil}
	case claimed:
		p.Content, p.Missed = f.Content, 0
	case known && c.crowded[p.Fingerprint]:
		p.Content, p.Missed = content, 0
	case len(covers) > 0:
		p.Missed = 0
	case same:
		return p.missed(c.report)
	case known && c.report.Advice.final():
		return Outcome{p, Altered, nil}
	}
	return Outcome{p, Stays, covers}
}

// crowded are the fingerprints of claims that were more than a review may have.
func (r *Report) crowded() map[string]bool {
	all := map[string]bool{}
	for _, d := range r.Dropped {
		if d.Reason != DropTooMany {
			continue
		}
		for _, p := range r.Plans {
			if o, ok := p.standing(d.Claim.Object); ok {
				all[adviceFingerprint(d.Claim.Guideline, p.Set, o.path)] = true
			}
		}
	}
	return all
}

// covers are the claims of the guideline about the table that has the object, or about a part of it. While the
// object is as it was, nothing new can have come up there.
func (c *carrier) covers(p Carried) (fingerprints []string) {
	for _, f := range c.others {
		if f.Rule == p.Guideline && f.Set == p.Set && partOf(f.Object, p.Object) {
			fingerprints = append(fingerprints, f.Fingerprint())
		}
	}
	return fingerprints
}

// partOf reports whether one of two objects is a part of the other.
func partOf(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".")
}

// missed is a finding whose object is the same, and that this run didn't claim.
func (c Carried) missed(r *Report) Outcome {
	if r.Advice.Complete() || r.Advice.idle() {
		c.Missed++
	}
	if c.Missed >= mostMissed {
		return Outcome{c, Disappeared, nil}
	}
	return Outcome{c, Stays, nil}
}

// idle: there was nothing to ask.
func (a *Advice) idle() bool { return a != nil && !a.Asked && len(a.LeftOut) == 0 }

// final: what was not claimed is not going to be by asking again, or there is nobody to ask.
func (a *Advice) final() bool { return a == nil || a.idle() || a.Complete() }

// contentOf is the hash of an object's definition behind the change set, "" when there is none. It isn't known of
// a table that was touched by a statement that was not understood.
func (r *Report) contentOf(set, path string) (content string, known bool) {
	if p, o := r.object(set, path); p != nil {
		return o.content, !o.table.IsOpaque()
	}
	return "", true
}

// object finds an object and its plan, nil where there is none.
func (r *Report) object(set, path string) (*Plan, claimed) {
	for _, p := range r.Plans {
		if o, ok := p.standing(path); ok && p.Set == set {
			return p, o
		}
	}
	return nil, claimed{}
}

// accepts reports whether somebody decided to live with a finding that the report doesn't have: in the
// configuration, or beside a statement that touches the object.
func (r *Report) accepts(c Carried) bool {
	p, o := r.object(c.Set, c.Object)
	if p == nil || r.suppressions == nil {
		return false
	}
	f := Finding{Rule: c.Guideline, Object: o.path, ByModel: true}
	_, accepted := r.suppressions.suppress(f)
	for _, s := range p.Steps {
		span, touched := p.touch(s, &o)
		if accepted || !touched {
			continue
		}
		f.Span, f.Statement = span, s.Statement
		_, accepted = r.suppressions.suppress(f)
	}
	return accepted
}
