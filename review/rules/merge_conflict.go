package rules

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// mergeConflictMarker speaks of the lines that git leaves where it couldn't merge: all three of them, in their order.
// syntax-error leaves them to this rule.
var mergeConflictMarker = &review.Rule{
	ID:       "merge-conflict-marker",
	Title:    "Merge conflict is not resolved",
	Category: review.Hygiene,
	Severity: review.Error,
	Check: func(p *review.Pass) {
		for m := range newTexts(p) {
			list := conflictLines(m.Source)
			if len(list) == 0 {
				continue
			}
			p.Report(review.Finding{
				Span:    list[0],
				Places:  list[1:],
				Problem: review.Msg("Git left its marks of a merge conflict in the file: both sides are in the text, and %s refuses the marks (error %s).", p.Engine.Title(), review.Errno(1064)),
				Advice:  review.Msg("Keep the side that is meant and delete the marks."),
			})
		}
	},
}

const (
	conflictBegin = "<<<<<<< "
	conflictMid   = "======="
	conflictEnd   = ">>>>>>> "
)

// conflictLines are the places of the marks in a file, nil where there is no whole conflict.
func conflictLines(src *ddlparse.Source) []ddlparse.Span {
	if !strings.Contains(src.Text, conflictBegin) || !strings.Contains(src.Text, conflictEnd) {
		return nil
	}
	var found, open []ddlparse.Span
	for at, line := range linesOf(src) {
		begins, ends, mid := strings.HasPrefix(line, conflictBegin), strings.HasPrefix(line, conflictEnd), line == conflictMid || strings.HasPrefix(line, conflictMid+" ")
		switch {
		case begins:
			open = []ddlparse.Span{lineSpan(src, at, line)}
		case mid && len(open) == 1, ends && len(open) == 2:
			open = append(open, lineSpan(src, at, line))
		}
		if len(open) == 3 {
			found, open = append(found, open...), nil
		}
	}
	return found
}

// inConflict reports whether the place is one of the marks.
func inConflict(at ddlparse.Span) bool {
	for _, line := range conflictLines(at.Source) {
		if line.Start <= at.Start && at.Start <= line.End {
			return true
		}
	}
	return false
}
