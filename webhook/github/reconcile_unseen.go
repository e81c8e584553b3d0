package github

import (
	"slices"

	"github.com/schema-review/schema-review/review"
)

// unseen is what a review didn't look at: problems there are not fixed because they were not found.
type unseen struct {
	rules      map[string]bool // broke
	problems   map[string]bool // fingerprints and ids of what is suppressed: decided, not fixed
	paths      map[string]bool // not reviewed as a whole
	statements []lineRange     // not reviewed
}

type lineRange struct {
	path        string
	first, last int
}

func newUnseen(r *review.Report) *unseen {
	u := &unseen{rules: map[string]bool{}, problems: map[string]bool{}, paths: map[string]bool{}}
	for _, e := range r.RuleErrors {
		u.rules[e.Rule] = true
	}
	for _, s := range r.Suppressed {
		u.problems[s.Finding.Fingerprint()] = true
		u.problems[problemID(s.Finding)] = true
	}
	for _, n := range r.NotReviewed {
		if n.Span.IsZero() {
			u.paths[n.Path] = true
			continue
		}
		u.statements = append(u.statements, lineRange{n.Path, n.Span.From().Line, n.Span.To().Line})
	}
	return u
}

// suppresses reports whether somebody decided to live with what the comment tells of.
func (u *unseen) suppresses(c *comment) bool {
	return u.problems[c.fingerprint()] || u.problems[c.mark.get(markID)]
}

func (u *unseen) hides(c *comment) bool {
	return u.rules[c.mark.get(markRule)] || u.paths[c.path] || u.suppresses(c) ||
		slices.ContainsFunc(u.statements, func(l lineRange) bool {
			return l.path == c.path && l.first <= c.last && c.first <= l.last && c.last > 0
		})
}
