package review

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// BodyOptions is what a review's body says beside the report.
type BodyOptions struct {
	Outside  []Finding       // findings that no comment tells of: their lines are not in the diff, or there are too many
	Problems []ConfigProblem // of the configuration that applies
	Preview  []ConfigProblem // of the configuration as the pull request edits it
	Previews bool            // the pull request edits the configuration
	// Differences are the settings that its edit changes.
	Differences []Difference
	// Design says why the report has no design suggestions of a model: they are to come, or nobody was asked again.
	Design Message
	Added  bool // what rules found was said in a review before this one
}

// What the parts of a body may take, in UTF-16 units, so that all of it stays below 65,000: GitHub refuses more
// than 65,536 characters.
const (
	statementsSize  = 16000
	findingsSize    = 18000
	configSize      = 6000
	diagramSize     = 12000
	notReviewedSize = 6000
)

// Body is the body of a review.
func (v Voice) Body(r *Report, o BodyOptions) string {
	if o.Added && slices.ContainsFunc(r.Findings, byRule) {
		return paragraphs(v.verdict(r), v.design(r, o.Design), v.outside(r, slices.DeleteFunc(slices.Clone(o.Outside), byRule)))
	}
	return paragraphs(
		v.verdict(r),
		v.statementTable(r),
		v.outside(r, o.Outside),
		v.design(r, o.Design),
		v.configuration(o),
		v.diagram(r),
		v.notReviewed(r),
		v.leftOut(r),
		v.suppressed(r),
	)
}

func byRule(f Finding) bool { return !f.ByModel }

// verdict is the first line: what was found in how much, and for which server.
func (v Voice) verdict(r *Report) string {
	return v.say("**%s** in %s · %s", v.Tally(r), v.scope(r), v.engine(r))
}

// scope is what was reviewed.
func (v Voice) scope(r *Report) string {
	n := 0
	for _, p := range r.Plans {
		n += len(p.Edited)
	}
	edited := v.counted(n, "%d merged migration that is edited, moved or deleted", "%d merged migrations that are edited, moved or deleted")
	added := v.say("%s of %s", v.statements(r.Coverage.Statements), v.migrations(r.Coverage.Migrations))
	switch {
	case n == 0:
		return added
	case r.Coverage.Migrations == 0:
		return edited
	}
	return v.say("%s and in %s", added, edited)
}

func (v Voice) suppressed(r *Report) string {
	if len(r.Suppressed) == 0 {
		return ""
	}
	return v.counted(len(r.Suppressed), "%d finding is suppressed.", "%d findings are suppressed.")
}

// list puts a heading above as many items as fit, and says how many don't. No items, no list.
func (v Voice) list(heading string, size, n int, item func(int) string) string {
	if n == 0 {
		return ""
	}
	var b strings.Builder
	if heading != "" {
		b.WriteString(heading + "\n\n")
	}
	size -= units(heading) + 100
	for i := range n {
		line := "- " + item(i) + "\n"
		if size -= units(line); size < 0 {
			b.WriteString("- " + v.say("%d more", n-i) + "\n")
			break
		}
		b.WriteString(line)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// units is the length of a text in UTF-16, which is how forges written for browsers count.
func units(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
