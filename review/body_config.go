package review

import "strings"

// configuration says what is wrong with the configuration: with the one that applies, and with the one that the
// change set brings, and what the latter would change.
func (v Voice) configuration(o BodyOptions) string {
	parts := []string{v.problems(v.say("The configuration has mistakes:"), o.Problems)}
	if o.Previews {
		parts = append(parts, v.preview(o))
	}
	return strings.TrimSuffix(paragraphs(parts...), "\n")
}

// preview says what an edit of the configuration does. Until it is merged it does nothing, so that a pull request
// can't switch its own checks off.
func (v Voice) preview(o BodyOptions) string {
	if len(o.Preview) == 0 && len(o.Differences) == 0 {
		return v.say("This pull request edits the configuration. The edit is valid, and applies once it is merged.")
	}
	return paragraphs(
		v.problems(v.say("This pull request edits the configuration, and the edit has mistakes:"), o.Preview),
		v.differences(v.say("This pull request edits the configuration. Once it is merged, these settings change:"), o.Differences),
	)
}

func (v Voice) problems(heading string, list []ConfigProblem) string {
	return v.list(heading, configSize/3, len(list), func(i int) string {
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

func (v Voice) differences(heading string, list []Difference) string {
	return v.list(heading, configSize/3, len(list), func(i int) string {
		d := list[i]
		key, before, after := CodeSpan(clipped(d.Key, longestName)), CodeSpan(clipped(d.Before, longestName)), CodeSpan(clipped(d.After, longestName))
		switch {
		case before == "":
			return v.say("%s becomes %s", key, after)
		case after == "":
			return v.say("%s is no longer set; it was %s", key, before)
		}
		return v.say("%s becomes %s; it was %s", key, after, before)
	})
}
