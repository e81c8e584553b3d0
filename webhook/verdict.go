package webhook

import "github.com/schema-review/schema-review/review"

// Verdict is the check run's conclusion and title, in the repository's language.
func (r *Result) Verdict() (conclusion, title string) {
	if r.Notice != nil {
		return r.Notice.Conclusion, r.Notice.Title
	}
	conclusion = "success"
	if r.Report.Failed() {
		conclusion = "failure"
	}
	return conclusion, review.Voice{Printer: r.Printer()}.CheckTitle(r.Report)
}
