package review

import (
	"slices"
	"strconv"
	"strings"
)

// CheckOptions is what the text of a check run says beside the report.
type CheckOptions struct {
	Problems []ConfigProblem // of the configuration that applies
	Preview  []ConfigProblem // of the configuration as the pull request edits it
	Previews bool            // the pull request edits the configuration
	// Differences are the settings that its edit changes.
	Differences []Difference
	// Design says why the report has no design suggestions of a model: they are to come, or nobody was asked again.
	Design Message
}

// CheckTitle is the verdict in one line, without markup: "2 errors, 1 warning".
func (v Voice) CheckTitle(r *Report) string {
	left := len(r.NotReviewed) + len(r.RuleErrors)
	switch {
	case len(r.Findings) > 0:
		return v.Tally(r)
	case r.empty():
		return v.say("No migrations to review")
	case left > 0:
		return v.say("No problems in %s, %s", v.statements(r.Coverage.Statements), v.say("%d not reviewed", left))
	}
	if r.Coverage.Statements == 0 {
		return v.say("No problems in %s", v.scope(r))
	}
	return v.say("No problems in %s", v.statements(r.Coverage.Statements))
}

// empty reports whether there was nothing to review: of such a repository not even the engine is a matter.
func (r *Report) empty() bool {
	return r.Coverage.Statements == 0 && len(r.Findings)+len(r.NotReviewed)+len(r.RuleErrors)+len(r.Plans) == 0
}

// CheckSummary is the text of a check run, in Markdown.
func (v Voice) CheckSummary(r *Report, o CheckOptions) string {
	configuration := v.configuration(BodyOptions{Problems: o.Problems, Preview: o.Preview, Previews: o.Previews, Differences: o.Differences})
	if r.empty() {
		return paragraphs(v.say("No changed file is a migration."), configuration)
	}
	return paragraphs(
		v.verdict(r),
		v.coverage(r),
		v.design(r, o.Design),
		v.listFindings("", r.Findings),
		configuration,
		v.notReviewed(r),
		v.leftOut(r),
		v.suppressed(r),
	)
}

// coverage says from what the review knows, and how long it took.
func (v Voice) coverage(r *Report) string {
	parts := []string{v.known(r), v.origin(r)}
	if r.Took > 0 {
		parts = append(parts, v.say("It took %s seconds.", strconv.FormatFloat(r.Took.Seconds(), 'f', 2, 64)))
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}

// known says which schema the change set starts from.
func (v Voice) known(r *Report) string {
	if r.Coverage.History == 0 {
		return ""
	}
	return v.say("The schema before them has %s, from %s.", v.counted(r.Coverage.Tables, "%d table", "%d tables"),
		v.counted(r.Coverage.History, "%d earlier migration", "%d earlier migrations"))
}

// origin says how the server is known.
func (v Voice) origin(r *Report) string {
	if r.EngineSource == "assumed" {
		return v.say("%s is assumed: say which server runs with `engine:` in `.github/schema-review.yml`.", MarkdownText(r.Engine.Title()))
	}
	return v.say("That %s runs is known from %s.", MarkdownText(r.Engine.Title()), CodeSpan(clipped(r.EngineSource, longestName)))
}

// Annotation is a finding as an annotation of a check run, without markup.
func (v Voice) Annotation(f Finding) (title, message string) {
	message = f.Problem.In(v.Printer)
	if !f.Advice.IsZero() {
		message += "\n" + f.Advice.In(v.Printer)
	}
	if also := v.alsoIn(f); also != "" {
		message += "\n" + also
	}
	return plainText(v.titleOf(f)), plainText(message)
}

// plainText is text without markup, of lines that can be seen as they are.
func plainText(s string) string {
	lines := strings.Split(clipped(s, longestText), "\n")
	for i := range lines {
		lines[i] = disarmed(printable(lines[i]))
	}
	return strings.Join(lines, "\n")
}
