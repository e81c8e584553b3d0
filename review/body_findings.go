package review

import "strings"

// outside lists the findings that no comment tells of.
func (v Voice) outside(r *Report, findings []Finding) string {
	heading := ""
	if len(findings) < len(r.Findings) {
		heading = v.say("Findings without a comment of their own:")
	}
	return v.list(heading, v.items(findings), findingsSize)
}

func (v Voice) items(findings []Finding) []string {
	items := make([]string, len(findings))
	for i, f := range findings {
		items[i] = v.item(f)
	}
	return items
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
	var items []string
	for _, n := range r.NotReviewed {
		item := at(n.Path, n.Span)
		if n.What != "" {
			item += " " + CodeSpan(clipped(n.What, longestName))
		}
		items = append(items, v.say("%s: %s", item, v.text(n.Reason)))
	}
	for _, e := range r.RuleErrors {
		items = append(items, v.say("The rule %s broke. Please report it.", CodeSpan(e.Rule)))
	}
	return v.list(v.say("Not reviewed:"), items, notReviewedSize)
}

// longestName bounds what is shown of a name or a path.
const longestName = 200

// configuration says what is wrong with the configuration: with the one that applies, and with the one that the
// change set brings.
func (v Voice) configuration(problems, preview []ConfigProblem, previews bool) string {
	parts := []string{v.list(v.say("The configuration has mistakes:"), v.problems(problems), configSize/2)}
	switch {
	case len(preview) > 0:
		parts = append(parts, v.list(v.say("This pull request edits the configuration, which applies once it is merged. It would have mistakes:"), v.problems(preview), configSize/2))
	case previews:
		parts = append(parts, v.say("This pull request edits the configuration. The edit is valid, and applies once it is merged."))
	}
	return strings.TrimSuffix(paragraphs(parts...), "\n")
}

func (v Voice) problems(list []ConfigProblem) []string {
	items := make([]string, len(list))
	for i, p := range list {
		items[i] = v.say("%s: %s", CodeSpan(clipped(p.Place(), longestName)), v.text(p.Problem))
		if advice := v.text(p.Advice); advice != "" {
			items[i] += " " + advice
		}
		if p.Fatal {
			items[i] += " " + v.say("The whole file is left out until then.")
		}
	}
	return items
}
