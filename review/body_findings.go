package review

import "strings"

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
	text := v.headline(f) + " · " + at(f.Span.Path(), f.Span) + " · " + ruleLink(f.Rule)
	for _, sentence := range []string{v.text(f.Problem), v.text(f.Advice), v.alsoIn(f)} {
		if sentence != "" {
			text += "<br>" + sentence
		}
	}
	return text
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

// configuration says what is wrong with the configuration: with the one that applies, and with the one that the
// change set brings.
func (v Voice) configuration(problems, preview []ConfigProblem, previews bool) string {
	parts := []string{v.problems(v.say("The configuration has mistakes:"), problems)}
	switch {
	case len(preview) > 0:
		parts = append(parts, v.problems(v.say("This pull request edits the configuration, which applies once it is merged. It would have mistakes:"), preview))
	case previews:
		parts = append(parts, v.say("This pull request edits the configuration. The edit is valid, and applies once it is merged."))
	}
	return strings.TrimSuffix(paragraphs(parts...), "\n")
}

func (v Voice) problems(heading string, list []ConfigProblem) string {
	return v.list(heading, configSize/2, len(list), func(i int) string {
		p := list[i]
		text := v.say("%s: %s", CodeSpan(clipped(p.Place(), longestName)), v.text(p.Problem))
		if advice := v.text(p.Advice); advice != "" {
			text += " " + advice
		}
		if p.Fatal {
			text += " " + v.say("The whole file is left out until then.")
		}
		return text
	})
}
