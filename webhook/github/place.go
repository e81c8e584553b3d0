package github

import (
	"github.com/schema-review/schema-review/review"
)

// place is where a comment stands: lines on the right side of the diff, in one hunk.
type place struct {
	path        string
	first, last int
}

// longSpan is from how many lines on a finding's comment stands at one line: a comment on a whole CREATE
// TABLE would hide the statement that it speaks of.
const longSpan = 12

// said is a finding and where it can be said.
type said struct {
	review.Finding
	fingerprint string
	id          string
	inline      bool // otherwise it goes to the body and to an annotation
	place       place
	suggests    bool // the place is exactly the lines of its suggestion
}

// diff gives the hunks of a changed file, none where GitHub shows no diff.
type diff func(path string) []hunk

// placeAll finds the place of each finding, in the findings' order.
func placeAll(findings []review.Finding, d diff) []said {
	all := make([]said, 0, len(findings))
	for _, f := range findings {
		s := said{Finding: f, fingerprint: f.Fingerprint(), id: problemID(f)}
		s.place, s.suggests, s.inline = placeOf(f, d)
		all = append(all, s)
	}
	return all
}

func placeOf(f review.Finding, d diff) (at place, suggests, ok bool) {
	if s, found := review.Suggest(f); found {
		if at, ok := exactly(f.Span.Path(), s.First, s.Last, d); ok {
			return at, true, true
		}
	}
	if at, ok := near(f, d); ok {
		return at, false, true
	}
	for _, f.Span = range f.Places {
		if at, ok := near(f, d); ok {
			return at, false, true
		}
	}
	return place{}, false, false
}

// exactly is the place of those lines, where one hunk has them all.
func exactly(path string, first, last int, d diff) (place, bool) {
	for _, h := range d(path) {
		if first <= last && h.contains(first, last) {
			return place{path, first, last}, true
		}
	}
	return place{}, false
}

// near is the best place for a finding's span: its lines, or where these are many or partly hidden the
// first of them that the pull request wrote, or that it shows at all.
func near(f review.Finding, d diff) (place, bool) {
	if f.Span.IsZero() {
		return place{}, false
	}
	path := f.Span.Path()
	first, last := lines(f)
	if last-first < longSpan {
		if at, ok := exactly(path, first, last, d); ok {
			return at, true
		}
	}
	line := firstShown(d(path), first, last)
	return place{path, line, line}, line > 0
}

// firstShown is the first line that was written, else the first that is shown, else 0.
func firstShown(hunks []hunk, first, last int) int {
	shown := 0
	for _, h := range hunks {
		for line := max(first, h.first); line <= min(last, h.last); line++ {
			if h.adds(line) {
				return line
			}
			if shown == 0 {
				shown = line
			}
		}
	}
	return shown
}

// lines are the first and the last line that a finding's span has text in.
func lines(f review.Finding) (first, last int) {
	from, to := f.Span.From(), f.Span.To()
	if to.Col == 1 && to.Line > from.Line {
		return from.Line, to.Line - 1
	}
	return from.Line, to.Line
}
