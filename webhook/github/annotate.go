package github

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

const (
	notesPerCall = 50 // https://docs.github.com/rest/checks/runs#update-a-check-run
	notesMost    = 250
)

// verdict is what a check run says in the end.
type verdict struct{ conclusion, title, summary string }

// verdictOf gives the texts, and the annotations.
func verdictOf(r *webhook.Result) (verdict, []*github.CheckRunAnnotation) {
	conclusion, title := r.Verdict()
	if r.Notice != nil {
		return verdict{conclusion, title, r.Notice.Summary}, nil
	}
	v := voiceOf(r)
	o := review.CheckOptions{Problems: r.Problems, Previews: r.Preview != nil, Design: r.Design}
	if r.Preview != nil {
		o.Preview, o.Differences = r.Preview.Problems, r.Preview.Differences
	}
	return verdict{conclusion, title, v.CheckSummary(r.Report, o)}, annotations(r, v)
}

// voiceOf speaks the repository's language.
func voiceOf(r *webhook.Result) review.Voice {
	return review.Voice{Printer: r.Printer(), Rules: r.Config.Catalogue()}
}

// adding is an update that only adds annotations.
func (o verdict) adding(notes []*github.CheckRunAnnotation) github.UpdateCheckRunOptions {
	return github.UpdateCheckRunOptions{
		Name:   checkName,
		Output: &github.CheckRunOutput{Title: &o.title, Summary: &o.summary, Annotations: notes},
	}
}

// completing is the last update.
func (o verdict) completing(notes []*github.CheckRunAnnotation, now time.Time) github.UpdateCheckRunOptions {
	last := o.adding(notes)
	last.Status, last.Conclusion = new("completed"), &o.conclusion
	last.CompletedAt = &github.Timestamp{Time: now}
	return last
}

// annotations are for the findings that no comment shows at its line: the diff doesn't show it, or there are
// too many, or there are no comments at all, as for a merge queue. The summary tells of those beyond the limit. Those of
// rules come first: the check run may have them before the model has answered, and gets the others then.
func annotations(r *webhook.Result, v review.Voice) []*github.CheckRunAnnotation {
	elsewhere := map[string]bool{}
	for _, p := range r.Posted {
		elsewhere[p.Fingerprint] = p.Shown || p.State == "dismissed"
	}
	all := slices.Clone(r.Report.Findings)
	slices.SortStableFunc(all, func(a, b review.Finding) int { return cmp.Compare(rank(a), rank(b)) })
	var notes []*github.CheckRunAnnotation
	for _, f := range all {
		if len(notes) < notesMost && !f.Span.IsZero() && !elsewhere[f.Fingerprint()] {
			notes = append(notes, annotation(f, v))
		}
	}
	return notes
}

func rank(f review.Finding) int {
	if f.ByModel {
		return 1
	}
	return 0
}

func annotation(f review.Finding, v review.Voice) *github.CheckRunAnnotation {
	first, last := lines(f)
	title, message := v.Annotation(f)
	return &github.CheckRunAnnotation{
		Path: new(f.Span.Path()), StartLine: &first, EndLine: &last,
		AnnotationLevel: new(annotationLevel(f.Severity)), Title: &title, Message: &message,
	}
}

func annotationLevel(s review.Severity) string {
	switch s {
	case review.Error:
		return "failure"
	case review.Warning:
		return "warning"
	}
	return "notice"
}
