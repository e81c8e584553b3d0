package review

import (
	"slices"
	"strings"
)

// outside lists the findings that no comment tells of.
func (v Voice) outside(r *Report, findings []Finding) string {
	heading := ""
	if len(findings) < len(r.Findings) {
		heading = v.say("Findings without a comment of their own:")
	}
	return v.listFindings(heading, findings)
}

func (v Voice) listFindings(heading string, findings []Finding) string {
	return v.list(heading, findingsSize, len(findings), func(i int) string { return v.item(findings[i]) })
}

// item is a finding in a list.
func (v Voice) item(f Finding) string {
	parts := []string{v.headline(f) + " · " + at(f.Span.Path(), f.Span) + " · " + v.source(f), v.text(f.Problem), v.text(f.Advice), v.alsoIn(f)}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "<br>")
}

// notReviewed names what was left out, and why.
func (v Voice) notReviewed(r *Report) string {
	n := len(r.RuleErrors)
	return v.list(v.say("Not reviewed:"), notReviewedSize, n+len(r.NotReviewed), func(i int) string {
		if i < n {
			return v.say("The rule %s broke. Please report it.", CodeSpan(clipped(r.RuleErrors[i].Rule, longestName)))
		}
		return v.left(r.NotReviewed[i-n])
	})
}

// left is a part that was not reviewed: where, what, and why.
func (v Voice) left(n NotReviewed) string {
	what := at(n.Path, n.Span)
	if n.What != "" {
		what += " " + CodeSpan(clipped(n.What, longestName))
	}
	return v.say("%s: %s", what, v.text(n.Reason))
}

// longestName bounds what is shown of a name or a path.
const longestName = 200
