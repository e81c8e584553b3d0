package review

// CheckOptions is what the text of a check run says beside the report.
type CheckOptions struct {
	Problems []ConfigProblem // of the configuration that applies
	Preview  []ConfigProblem // of the configuration as the pull request edits it
	Previews bool            // the pull request edits the configuration
}

// CheckTitle is the verdict in one line, without markup: "2 errors, 1 warning".
func (v Voice) CheckTitle(r *Report) string { return tally(r) }

// CheckSummary is the text of a check run, in Markdown.
func (v Voice) CheckSummary(r *Report, o CheckOptions) string { return Markdown(r, v.Printer) }

// Annotation is a finding as an annotation of a check run, without markup.
func (v Voice) Annotation(f Finding) (title, message string) {
	return f.Rule, f.Problem.In(v.Printer)
}

// Fixed is a comment of ours after its problem went away with a commit. A comment that says so already stays
// as it is.
func (v Voice) Fixed(body, sha string) string { return body }
