package main

import (
	"encoding/json"
	"io"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/message"
)

// The JSON of a review. The shape is stable: fields are added, never renamed or removed without a
// new "format".
type (
	jsonReport struct {
		Format      int               `json:"format"` // 1
		Version     string            `json:"version"`
		Engine      jsonEngine        `json:"engine"`
		Failed      bool              `json:"failed"`
		FailOn      review.Severity   `json:"fail_on"` // "off" = never
		Counts      jsonCounts        `json:"counts"`
		Coverage    jsonCoverage      `json:"coverage"`
		Findings    []jsonFinding     `json:"findings"`
		Suppressed  []jsonSuppressed  `json:"suppressed"`
		NotReviewed []jsonNotReviewed `json:"not_reviewed"`
		RuleErrors  []jsonRuleError   `json:"rule_errors"`
		Advice      *jsonAdvice       `json:"advice"` // of a model; null: none was asked
		TookMS      int64             `json:"took_ms"`
	}
	jsonEngine struct {
		Name   string `json:"name"`   // "mysql 8.4"
		Source string `json:"source"` // where it was set, or "assumed"
	}
	jsonCounts struct {
		Error       int `json:"error"` // of rules, as warning and notice
		Warning     int `json:"warning"`
		Notice      int `json:"notice"`
		Suggestions int `json:"suggestions"` // of guidelines
	}
	jsonCoverage struct {
		Statements    int `json:"statements"`
		Migrations    int `json:"migrations"`
		NotUnderstood int `json:"not_understood"`
		History       int `json:"history"`
		Tables        int `json:"tables"`
	}
	jsonRange struct {
		Path  string `json:"path"`
		Start *place `json:"start"` // null when it is the whole file
		End   *place `json:"end"`   // behind the last character
	}
	jsonFinding struct {
		Rule        string          `json:"rule"`     // id of the rule or guideline
		ByModel     bool            `json:"by_model"` // a guideline's: a design suggestion, never part of the verdict
		Title       string          `json:"title"`    // of a suggestion
		Severity    review.Severity `json:"severity"`
		Object      string          `json:"object"` // "orders.user_id", "" for the file
		At          jsonRange       `json:"at"`
		Problem     string          `json:"problem"`
		Advice      string          `json:"advice"`
		Fix         *jsonFix        `json:"fix"`
		Corrected   string          `json:"corrected"` // SQL that does better, where it is more than a fix of these lines
		Related     []jsonRelated   `json:"related"`
		Places      []jsonRange     `json:"places"` // further places of the same cause
		Fingerprint string          `json:"fingerprint"`
		HelpURI     string          `json:"help_uri"`
	}
	jsonFix struct {
		Title string    `json:"title"`
		At    jsonRange `json:"at"`
		New   string    `json:"new"`
	}
	jsonRelated struct {
		At   jsonRange `json:"at"`
		Note string    `json:"note"`
	}
	jsonSuppressed struct {
		Finding jsonFinding `json:"finding"`
		Reason  string      `json:"reason"`
		By      string      `json:"by"` // place of the suppression
	}
	jsonNotReviewed struct {
		At     jsonRange `json:"at"`
		What   string    `json:"what"` // "" for the whole file
		Reason string    `json:"reason"`
	}
	jsonRuleError struct {
		Rule  string `json:"rule"`
		Error string `json:"error"`
	}
)

func writeJSON(w io.Writer, r *review.Report, p *message.Printer, d design) error {
	out := jsonReport{
		Format: 1, Version: version(),
		Engine: jsonEngine{r.Engine.String(), r.EngineSource},
		Failed: r.Failed(), FailOn: r.FailOn,
		Counts: jsonCounts{r.Count(review.Error), r.Count(review.Warning), r.Count(review.Notice), r.Suggestions()},
		Coverage: jsonCoverage{
			r.Coverage.Statements, r.Coverage.Migrations, r.Coverage.NotUnderstood, r.Coverage.History, r.Coverage.Tables,
		},
		Findings:    []jsonFinding{},
		Suppressed:  []jsonSuppressed{},
		NotReviewed: []jsonNotReviewed{},
		RuleErrors:  []jsonRuleError{},
		Advice:      adviceJSON(r, p, d),
		TookMS:      r.Took.Milliseconds(),
	}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, findingJSON(f, p))
	}
	for _, s := range r.Suppressed {
		out.Suppressed = append(out.Suppressed, jsonSuppressed{findingJSON(s.Finding, p), s.Reason, s.By})
	}
	for _, n := range r.NotReviewed {
		out.NotReviewed = append(out.NotReviewed, notReviewedJSON(n, p))
	}
	for _, e := range r.RuleErrors {
		out.RuleErrors = append(out.RuleErrors, jsonRuleError{e.Rule, e.Err})
	}
	return encode(w, out)
}

func notReviewedJSON(n review.NotReviewed, p *message.Printer) jsonNotReviewed {
	at := rangeJSON(n.Span)
	at.Path = n.Path
	return jsonNotReviewed{at, n.What, n.Reason.In(p)}
}

func findingJSON(f review.Finding, p *message.Printer) jsonFinding {
	out := jsonFinding{
		Rule: f.Rule, ByModel: f.ByModel, Title: f.Title, Corrected: f.Corrected, Severity: f.Severity, Object: f.Object, At: rangeJSON(f.Span),
		Problem: f.Problem.In(p), Advice: f.Advice.In(p),
		Related: []jsonRelated{}, Places: []jsonRange{},
		Fingerprint: f.Fingerprint(), HelpURI: helpURI(f),
	}
	if f.Fix != nil {
		out.Fix = &jsonFix{f.Fix.TitleIn(p), rangeJSON(f.Fix.Span), f.Fix.New}
	}
	for _, r := range f.Related {
		out.Related = append(out.Related, jsonRelated{rangeJSON(r.Span), r.Note.In(p)})
	}
	for _, s := range f.Places {
		out.Places = append(out.Places, rangeJSON(s))
	}
	return out
}

// helpURI is the page of a rule; a guideline is text of a team's, which has none.
func helpURI(f review.Finding) string {
	if f.ByModel {
		return ""
	}
	return review.RulePage(f.Rule)
}

func rangeJSON(s ddlparse.Span) jsonRange {
	if s.IsZero() {
		return jsonRange{}
	}
	from, to := startOf(s), endOf(s)
	return jsonRange{s.Path(), &from, &to}
}

// encode writes indented JSON that shows SQL's < and > as they are.
func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
