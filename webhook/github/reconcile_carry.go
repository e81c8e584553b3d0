package github

import (
	"slices"
	"strconv"

	"github.com/schema-review/schema-review/review"
)

// advised reports whether the comment is a guideline's.
func (c *comment) advised() bool { return c.mark.get(markContent) != "" }

// fate is what became of a guideline's finding, "" when it is open, or a rule's.
func (c *comment) fate() review.Fate { return review.Fate(c.mark.get(markFate)) }

// stateOf is the state of a comment that was closed: what a model takes back nobody has fixed.
func stateOf(f review.Fate) string {
	switch f {
	case review.Disappeared:
		return "withdrawn"
	case review.Accepted:
		return "dismissed"
	}
	return "fixed"
}

// carried is a guideline's finding as the comment remembers it, before the run that is named.
func (c *comment) carried(run string) review.Carried {
	missed, _ := strconv.Atoi(c.mark.get(markMissed))
	if missed > 0 && c.mark.get(markRun) == run {
		missed-- // the run has counted, and is looked at again
	}
	return review.Carried{
		Fingerprint: c.fingerprint(), Guideline: c.mark.get(markRule),
		Set: c.mark.get(markSet), Object: c.mark.get(markObject), Content: c.mark.get(markContent), Missed: missed,
	}
}

// carriedNow is a guideline's finding as a report has it.
func carriedNow(f review.Finding) review.Carried {
	return review.Carried{Fingerprint: f.Fingerprint(), Guideline: f.Rule, Set: f.Set, Object: f.Object, Content: f.Content}
}

// noting is the comment's marker, with what came of the finding.
func (c *comment) noting(now review.Carried, run string) marker {
	if now.Missed == c.carried(run).Missed {
		run = c.mark.get(markRun) // this one didn't count
	}
	return c.mark.carrying(now, run)
}

// carrying is the marker with what the next review has to know of a guideline's finding.
func (m marker) carrying(c review.Carried, run string) marker {
	for _, key := range []string{markContent, markSet, markObject, markMissed, markRun} {
		m = m.without(key)
	}
	m = m.with(markContent, c.Content).with(markSet, c.Set).with(markObject, c.Object)
	if c.Missed == 0 {
		return m
	}
	return m.with(markMissed, strconv.Itoa(c.Missed)).with(markRun, run)
}

// remembered is what a guideline's comment tells of, where the report doesn't.
func (c *comment) remembered() said {
	f := review.Finding{Rule: c.mark.get(markRule), Object: c.mark.get(markObject), Set: c.mark.get(markSet), ByModel: true}
	return said{Finding: f, fingerprint: c.fingerprint(), id: c.mark.get(markID)}
}

// partition tells the comments of rules from those of guidelines.
func (rc *reconciler) partition(comments []*comment) (ruled, advised []*comment) {
	claimed := map[string]bool{}
	for _, s := range rc.foundBy(true) {
		claimed[s.fingerprint] = true
	}
	for _, c := range comments {
		if c.advised() || claimed[c.fingerprint()] {
			advised = append(advised, c)
			continue
		}
		ruled = append(ruled, c)
	}
	return ruled, advised
}

// foundBy are the findings of guidelines, or of rules.
func (rc *reconciler) foundBy(model bool) (list []said) {
	for _, s := range rc.found {
		if s.ByModel == model {
			list = append(list, s)
		}
	}
	return list
}

// openAdvice counts the guidelines' comments that are open.
func (rc *reconciler) openAdvice() (n int) {
	for _, m := range rc.plan.open {
		if m.ByModel {
			n++
		}
	}
	return n
}

// carry decides what becomes of guidelines' comments, and gives the findings that stay without one. A model says
// one thing in many words, of many statements, and not every time: what counts is the guideline and the object.
func (rc *reconciler) carry(comments []*comment) (rest []said) {
	rest = rc.foundBy(true)
	outcomes := rc.outcomes(comments)
	for _, c := range comments {
		if c.fixed() != "" {
			rest = rc.revive(c, rest)
		}
	}
	for i, c := range comments {
		if c.fixed() == "" {
			rest = rc.meet(c, outcomes[i], rest)
		}
	}
	return rest
}

// outcomes are the fates of the comments, were they open. While a model is still being asked, all stay.
func (rc *reconciler) outcomes(comments []*comment) []review.Outcome {
	carried := make([]review.Carried, len(comments))
	for i, c := range comments {
		carried[i] = c.carried(rc.run)
	}
	if !rc.unadvised {
		return review.Carry(carried, rc.report)
	}
	outcomes := make([]review.Outcome, len(comments))
	for i, c := range carried {
		outcomes[i] = review.Outcome{Carried: c, Fate: review.Stays}
	}
	return outcomes
}

// revive opens a comment again whose finding is back. It gives the findings without that.
func (rc *reconciler) revive(c *comment, claims []said) []said {
	i := slices.IndexFunc(claims, func(s said) bool { return s.fingerprint == c.fingerprint() })
	if i < 0 {
		rc.stayEnded(c)
		return claims
	}
	rc.match(c, claims[i])
	return slices.Delete(claims, i, i+1)
}

// meet lets an open comment meet its fate, and gives the findings that it doesn't tell of.
func (rc *reconciler) meet(c *comment, o review.Outcome, claims []said) (rest []said) {
	tells := c.remembered()
	again := false
	for _, s := range claims {
		switch {
		case s.fingerprint == c.fingerprint():
			tells, again = s, true
		case !slices.Contains(o.Covers, s.fingerprint):
			rest = append(rest, s)
		}
	}
	switch {
	case !again && o.Fate != review.Accepted && rc.unseen.hides(c):
		rc.keep(c, tells, c.mark)
	case o.Fate == review.Stays:
		rc.keep(c, tells, c.noting(o.Carried, rc.run))
	case c.dismissed():
		rc.plan.gone = append(rc.plan.gone, ended{c, o.Fate})
	default:
		rc.end(c, o.Fate)
	}
	return rest
}

// keep leaves a comment's words alone, whatever the model's are today. What it has to remember may change.
func (rc *reconciler) keep(c *comment, tells said, mark marker) {
	if c.dismissed() {
		rc.plan.quiet = append(rc.plan.quiet, matched{tells, c})
		return
	}
	rc.plan.open = append(rc.plan.open, matched{tells, c})
	if !rc.unadvised && !slices.Equal(mark, c.mark) {
		rc.plan.edit = append(rc.plan.edit, edit{comment: c, mark: mark})
	}
}
