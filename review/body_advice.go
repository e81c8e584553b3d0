package review

import (
	"slices"
	"strings"
)

// design says what came of asking a model: who was asked what, and what is missing. note says why the report has no
// model's part, when one is to come or stands from before.
func (v Voice) design(r *Report, note Message) string {
	if r.Advice == nil {
		return v.text(note)
	}
	parts := []string{v.asked(r.Advice), v.text(r.Advice.Missing)}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}

// asked says which model answered, with which prompts, and how much was read and written.
func (v Voice) asked(a *Advice) string {
	if len(a.Models) == 0 {
		return ""
	}
	models := make([]string, len(a.Models))
	for i, m := range a.Models {
		models[i] = CodeSpan(clipped(m, longestName))
	}
	return v.say("Design suggestions by %s with the prompts %s: %d tokens read, %d written.",
		strings.Join(models, ", "), CodeSpan(shortVersion(a.Prompts)), a.Usage.Input, a.Usage.Output)
}

// shortVersion is as much of a hash as people compare.
func shortVersion(hash string) string { return hash[:min(len(hash), 12)] }

// leftOut names the statements that the model was not asked about.
func (v Voice) leftOut(r *Report) string {
	if r.Advice == nil {
		return ""
	}
	return v.list(v.say("Not seen by the model:"), notReviewedSize/2, len(r.Advice.LeftOut), func(i int) string { return v.left(r.Advice.LeftOut[i]) })
}
