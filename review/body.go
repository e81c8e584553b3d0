package review

// BodyOptions is what a review's body says beside the report.
type BodyOptions struct {
	Outside  []Finding       // findings that no comment tells of: their lines are not in the diff, or there are too many
	Problems []ConfigProblem // of the configuration that applies
	Preview  []ConfigProblem // of the configuration as the pull request edits it
	Previews bool            // the pull request edits the configuration
}

// Body is the body of a review.
func (v Voice) Body(r *Report, o BodyOptions) string {
	return Markdown(r, v.Printer)
}
