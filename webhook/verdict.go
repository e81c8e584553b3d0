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
	title = review.Voice{Printer: r.Printer()}.CheckTitle(r.Report)
	if n := r.standing(); n > 0 {
		title = r.Printer().Sprintf("%s, earlier design suggestions: %d", title, n)
	}
	return conclusion, title
}

// standing counts the guidelines' comments that are open although this report doesn't say the same again: a model forgets, or
// was not asked.
func (r *Result) standing() int {
	found := map[string]bool{}
	for _, f := range r.Report.Findings {
		found[f.Fingerprint()] = true
	}
	n := 0
	for _, p := range r.Posted {
		if p.ByModel && p.State == "open" && !found[p.Fingerprint] && !r.Unadvised {
			n++
		}
	}
	return n
}
