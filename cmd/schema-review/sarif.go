package main

import (
	"io"
	"net/url"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"golang.org/x/text/message"
)

// SARIF 2.1.0, as far as code scanning reads it.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string          `json:"id"`
		ShortDescription     sarifText       `json:"shortDescription"`
		Help                 *sarifText      `json:"help,omitempty"`
		HelpURI              string          `json:"helpUri,omitempty"`
		DefaultConfiguration sarifConfig     `json:"defaultConfiguration"`
		Properties           sarifProperties `json:"properties"`
	}
	sarifConfig struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifProperties struct {
		Tags []string `json:"tags"`
		Kind string   `json:"kind"` // "rule" or "guideline"
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool        `json:"executionSuccessful"`
		Notifications       []sarifNote `json:"toolExecutionNotifications"`
	}
	sarifNote struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fixes        []sarifFix         `json:"fixes,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn"`
		EndLine     int        `json:"endLine"`
		EndColumn   int        `json:"endColumn"`
		ByteOffset  int        `json:"byteOffset"`
		ByteLength  int        `json:"byteLength"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
	sarifFix struct {
		Description sarifText         `json:"description"`
		Changes     []sarifFileChange `json:"artifactChanges"`
	}
	sarifFileChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
	sarifSuppression struct {
		Kind          string          `json:"kind"`
		Justification string          `json:"justification"`
		Properties    sarifSuppressed `json:"properties"`
	}
	sarifSuppressed struct {
		By string `json:"by"`
	}
)

// sarifWriter turns a report into SARIF.
type sarifWriter struct {
	p     *message.Printer
	index map[string]int // of the rules
	rules []sarifRule
}

func writeSARIF(w io.Writer, r *review.Report, p *message.Printer, all []*review.Rule, d design) error {
	s := &sarifWriter{p: p, index: map[string]int{}}
	for _, rule := range all {
		s.rule(rule)
	}
	for _, g := range d.guidelines {
		s.guideline(g)
	}
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	for _, f := range r.Findings {
		run.Results = append(run.Results, s.result(f, []sarifSuppression{}))
	}
	for _, f := range r.Suppressed {
		run.Results = append(run.Results, s.result(f.Finding, []sarifSuppression{suppression(f)}))
	}
	run.Tool.Driver = sarifDriver{"schema-review", version(), "https://github.com/schema-review/schema-review", s.rules}
	run.Invocations = []sarifInvocation{{true, s.notes(r)}}
	return encode(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

func (s *sarifWriter) rule(r *review.Rule) {
	s.index[r.ID] = len(s.rules)
	s.rules = append(s.rules, sarifRule{
		ID:                   r.ID,
		ShortDescription:     sarifText{Text: r.TitleIn(s.p)},
		Help:                 help(r),
		HelpURI:              review.RulePage(r.ID),
		DefaultConfiguration: sarifConfig{r.Severity != review.Off, level(max(r.Severity, review.Notice))},
		Properties:           sarifProperties{tags(r), "rule"},
	})
}

// guideline is a rule for SARIF; its kind tells the two apart.
func (s *sarifWriter) guideline(g prompts.Guideline) {
	s.index[g.ID] = len(s.rules)
	severity, _ := review.ParseSeverity(g.Severity)
	s.rules = append(s.rules, sarifRule{
		ID:                   g.ID,
		ShortDescription:     sarifText{Text: g.Title},
		Help:                 &sarifText{g.Text, g.Text},
		DefaultConfiguration: sarifConfig{true, level(max(severity, review.Notice))},
		Properties:           sarifProperties{[]string{"guideline"}, "guideline"},
	})
}

func tags(r *review.Rule) []string {
	if r.Category == "" {
		return []string{}
	}
	return []string{string(r.Category)}
}

func help(r *review.Rule) *sarifText {
	if rules.Page(r.ID) == "" {
		return nil
	}
	page := rules.Documentation(r)
	return &sarifText{page, page}
}

// indexOf is the rule's place in the list; a rule that isn't in it is added with what is known.
func (s *sarifWriter) indexOf(id string) int {
	if _, ok := s.index[id]; !ok {
		s.rule(&review.Rule{ID: id, Severity: review.Warning})
	}
	return s.index[id]
}

func (s *sarifWriter) result(f review.Finding, suppressed []sarifSuppression) sarifResult {
	text := messageText(f, s.p)
	at := physical(f.Span)
	if f.Object != "" {
		at.Logical = []sarifLogical{{f.Object}}
	}
	return sarifResult{
		RuleID: f.Rule, RuleIndex: s.indexOf(f.Rule), Level: level(f.Severity),
		Message: sarifText{Text: text}, Locations: []sarifLocation{at}, Related: s.related(f), Fixes: fixes(f.Fix, s.p),
		Fingerprints: map[string]string{"schemaReview/v1": f.Fingerprint()}, Suppressions: suppressed,
	}
}

func (s *sarifWriter) related(f review.Finding) []sarifLocation {
	var out []sarifLocation
	for _, r := range f.Related {
		at := physical(r.Span)
		at.Message = &sarifText{Text: r.Note.In(s.p)}
		out = append(out, at)
	}
	for _, span := range f.Places {
		out = append(out, physical(span))
	}
	return out
}

// notes names what was not reviewed.
func (s *sarifWriter) notes(r *review.Report) []sarifNote {
	notes := []sarifNote{}
	for _, n := range r.NotReviewed {
		at := sarifLocation{Physical: sarifPhysical{Artifact: artifact(n.Path)}}
		if !n.Span.IsZero() {
			at = physical(n.Span)
		}
		text := "Not reviewed: " + n.Reason.In(s.p)
		if n.What != "" {
			text = "Not reviewed: " + n.What + ": " + n.Reason.In(s.p)
		}
		notes = append(notes, sarifNote{"note", sarifText{Text: text}, []sarifLocation{at}})
	}
	if r.Advice != nil && !r.Advice.Missing.IsZero() {
		notes = append(notes, sarifNote{"note", sarifText{Text: r.Advice.Missing.In(s.p)}, []sarifLocation{}})
	}
	for _, e := range r.RuleErrors {
		notes = append(notes, sarifNote{"error", sarifText{Text: "rule " + e.Rule + " broke: " + e.Err}, []sarifLocation{}})
	}
	return notes
}

// messageText is what a finding says in a few lines.
func messageText(f review.Finding, p *message.Printer) string {
	lines := []string{f.Problem.In(p)}
	if f.ByModel {
		lines = []string{f.Title, f.Problem.In(p)}
	}
	if !f.Advice.IsZero() {
		lines = append(lines, f.Advice.In(p))
	}
	if f.Corrected != "" {
		lines = append(lines, strings.TrimRight(f.Corrected, "\n"))
	}
	return strings.Join(lines, "\n")
}

func suppression(s review.Suppressed) sarifSuppression {
	kind := "external" // in configuration
	if strings.HasPrefix(s.By, s.Finding.Span.Path()+":") {
		kind = "inSource"
	}
	return sarifSuppression{kind, s.Reason, sarifSuppressed{s.By}}
}

func physical(s ddlparse.Span) sarifLocation {
	return sarifLocation{Physical: sarifPhysical{artifact(s.Path()), region(s)}}
}

// artifact makes a path a URI relative to the repository.
func artifact(path string) sarifArtifact {
	return sarifArtifact{(&url.URL{Path: path}).EscapedPath()}
}

func region(s ddlparse.Span) *sarifRegion {
	if s.IsZero() {
		return nil
	}
	from, to := startOf(s), endOf(s)
	return &sarifRegion{from.Line, from.Column, to.Line, to.Column, from.Offset, to.Offset - from.Offset, snippetText(s)}
}

// snippetText is the text of a region, unless it is long.
func snippetText(s ddlparse.Span) *sarifText {
	if len(s.Text()) > 2000 {
		return nil
	}
	return &sarifText{Text: s.Text()}
}

func fixes(e *review.Edit, p *message.Printer) []sarifFix {
	if e == nil {
		return nil
	}
	deleted := region(e.Span)
	deleted.Snippet = nil
	change := sarifFileChange{artifact(e.Span.Path()), []sarifReplacement{{*deleted, sarifText{Text: e.New}}}}
	return []sarifFix{{sarifText{Text: e.TitleIn(p)}, []sarifFileChange{change}}}
}

// level is SARIF's word for a severity.
func level(s review.Severity) string {
	if s == review.Notice {
		return "note"
	}
	return s.String()
}
