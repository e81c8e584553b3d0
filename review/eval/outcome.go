package eval

import (
	"cmp"
	"slices"

	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// outcome holds what is left of the model's claims against the labels.
func (m *measuring) outcome(s *subject, w *witness) Run {
	r := Run{Measured: true, Claims: []Claim{}, Dropped: []Dropped{}, Failures: []string{}, Usage: m.usageOf(w)}
	if a := w.report.Advice; a != nil {
		for _, kind := range a.Failures {
			r.Failures = append(r.Failures, string(kind))
			r.Measured = r.Measured && itsOwn(kind)
		}
	}
	for _, f := range w.report.Findings {
		if f.ByModel {
			r.Claims = append(r.Claims, claimOf(f, s.config.Language))
		}
	}
	r.Missed = s.labels.judge(r.Claims)
	for _, d := range w.report.Dropped {
		l := Label{d.Claim.Guideline, d.Claim.Object}
		r.Dropped = append(r.Dropped, Dropped{Label: l, Reason: d.Reason, Detail: d.Detail, Title: d.Claim.Title, Expected: wants(s.labels.expect, l)})
	}
	return r
}

// itsOwn reports whether a failure is the model's own, which it would have again, and not one of the day.
func itsOwn(kind review.ModelFailure) bool { return slices.Contains(ownFailures, kind) }

var ownFailures = []review.ModelFailure{review.ModelRefused, review.ModelTruncated, review.ModelMalformed}

// claimOf is a finding as a reader would have seen it.
func claimOf(f review.Finding, lang string) Claim {
	p := message.NewPrinter(language.Make(lang))
	c := Claim{
		Label: Label{f.Rule, f.Object}, Severity: f.Severity.String(), Place: f.Span.String(), Title: f.Title,
		Consequence: f.Problem.In(p), Advice: f.Advice.In(p), SQL: f.Corrected,
	}
	if f.Statement != nil {
		c.Statement = f.Statement.Text()
	}
	if f.Fix != nil {
		c.SQL = f.Fix.New
	}
	return c
}

// usageOf adds up the answers of a run. They come in any order, and are added in the order of their questions, so
// that sums are always the same.
func (m *measuring) usageOf(w *witness) RunUsage {
	order := make([]int, len(w.given))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(w.asked[a], w.asked[b]) })
	cost, known := 0.0, m.options.Cost != nil
	u := RunUsage{Questions: len(w.given), Took: []int64{}}
	for _, i := range order {
		g := w.given[i]
		u.Input, u.Output = u.Input+g.Usage.Input, u.Output+g.Usage.Output
		u.CacheRead, u.CacheWrite = u.CacheRead+g.Usage.CacheRead, u.CacheWrite+g.Usage.CacheWrite
		u.Took = append(u.Took, g.Took.Milliseconds())
		if known {
			var one float64
			one, known = m.options.Cost(g.Answer)
			cost += one
		}
	}
	if known {
		u.Cost = &cost
	}
	return u
}
