package main

import (
	"fmt"
	"strings"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/message"
)

// design is what outputs say of the model's part beside the report. Its zero value is a review without a model.
type design struct {
	guidelines []prompts.Guideline // that the model could go by
	cost       float64             // in the operator's currency
	priced     bool                // the cost is known
	dropped    bool                // claims that could not be proven are listed, too
}

// design collects it.
func (g *gatherer) design() design {
	d := design{dropped: g.options.dropped}
	if g.asked != nil {
		d.guidelines = g.guidance.library.Guidelines()
		d.cost, d.priced = g.asked.cost, g.asked.answered && !g.asked.unpriced
	}
	return d
}

// suggestion writes a guideline's finding: what it is called stands where a rule says what is wrong.
func (t textReport) suggestion(f review.Finding) {
	fmt.Fprintf(t.w, "%s: %s: %s  %s\n", t.paint.bold(t.at(f.Span)), t.paint.blue(t.p.Sprintf("guideline")),
		shown(f.Title), t.paint.dim(f.Rule))
	if !f.Span.IsZero() {
		snippet{t.w, t.p, t.paint.blue, gutter(f.Span)}.write(f.Span)
	}
	for _, m := range []review.Message{f.Problem, f.Advice} {
		if !m.IsZero() {
			fmt.Fprintf(t.w, "  %s\n", shown(m.In(t.p)))
		}
	}
	if f.Fix != nil {
		t.fix(f.Fix)
	}
	t.corrected(f.Corrected)
	fmt.Fprintln(t.w)
}

// corrected shows SQL that does better than the lines at hand.
func (t textReport) corrected(sql string) {
	if sql == "" {
		return
	}
	fmt.Fprintln(t.w, " ", t.p.Sprintf("the corrected SQL:"))
	for line := range strings.Lines(strings.TrimRight(sql, "\n")) {
		text, _, _ := window(strings.TrimRight(line, "\r\n"), 0, 0)
		fmt.Fprintf(t.w, "    %s\n", t.paint.green(strings.TrimRight("| "+text, " ")))
	}
}

// advice says who was asked for suggestions, at what cost, and what is missing.
func (t textReport) advice(r *review.Report) {
	a := r.Advice
	if a == nil {
		return
	}
	if len(a.Models) > 0 {
		fmt.Fprintln(t.w, t.paint.dim(t.p.Sprintf("asked %s with prompts %.12s: %s", shown(strings.Join(a.Models, ", ")), a.Prompts, t.design.spent(a, t.p))))
	}
	if !a.Missing.IsZero() {
		fmt.Fprintln(t.w, t.paint.yellow(a.Missing.In(t.p)))
	}
	for _, n := range a.LeftOut {
		fmt.Fprintf(t.w, "%s %s\n", t.paint.yellow(t.p.Sprintf("not asked about:")), t.left(n))
	}
	if t.design.dropped {
		t.claims(r.Dropped)
	}
}

// spent is what a review took of a model.
func (d design) spent(a *review.Advice, p *message.Printer) string {
	text := p.Sprintf("%d tokens read (%d of them from the cache), %d written, %.1f s",
		a.Usage.Input, a.Usage.CacheRead, a.Usage.Output, a.Took.Seconds())
	if d.priced {
		text += p.Sprintf(", cost %.4f", d.cost)
	}
	return text
}

// claims lists what could not be proven. None of it is true because a model says so.
func (t textReport) claims(list []review.Dropped) {
	for _, d := range list {
		reason := string(d.Reason)
		if d.Detail != "" {
			reason += ": " + shown(d.Detail)
		}
		fmt.Fprintln(t.w, t.p.Sprintf("dropped (%s): %s %s: %s", reason, shown(d.Claim.Guideline), shown(d.Claim.Object), shown(d.Claim.Title)))
	}
}

// jsonAdvice is what came of asking a model; null: none was asked.
type jsonAdvice struct {
	Asked    bool              `json:"asked"`    // there was something to ask
	Complete bool              `json:"complete"` // it was asked about everything, and answered
	Models   []string          `json:"models"`
	Prompts  string            `json:"prompts"` // version of guidelines and templates
	Tokens   jsonTokens        `json:"tokens"`
	Cost     *float64          `json:"cost"` // by BEDROCK_PRICES; null: a model without a price answered
	TookMS   int64             `json:"took_ms"`
	Claims   int               `json:"claims"`         // that the model made
	Dropped  map[string]int    `json:"dropped"`        // of them, by the reason for which they are no findings
	Missing  string            `json:"missing"`        // what is missing and why; "" when nothing is
	LeftOut  []jsonNotReviewed `json:"left_out"`       // what the model was not asked about
	Unproven []jsonClaim       `json:"dropped_claims"` // with --show-dropped
}

type jsonTokens struct {
	Input      int `json:"input"`
	Output     int `json:"output"`
	CacheRead  int `json:"cache_read"`  // of the input
	CacheWrite int `json:"cache_write"` // of the input
	Calls      int `json:"calls"`
}

type jsonClaim struct {
	prompts.Claim
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

func adviceJSON(r *review.Report, p *message.Printer, d design) *jsonAdvice {
	a := r.Advice
	if a == nil {
		return nil
	}
	out := &jsonAdvice{
		Asked: a.Asked, Complete: a.Complete(), Models: append([]string{}, a.Models...), Prompts: a.Prompts,
		Tokens: jsonTokens{a.Usage.Input, a.Usage.Output, a.Usage.CacheRead, a.Usage.CacheWrite, a.Usage.Calls},
		TookMS: a.Took.Milliseconds(), Claims: a.Claims, Dropped: map[string]int{}, LeftOut: []jsonNotReviewed{}, Unproven: []jsonClaim{},
	}
	if !a.Missing.IsZero() {
		out.Missing = a.Missing.In(p)
	}
	if d.priced {
		out.Cost = &d.cost
	}
	for _, n := range a.LeftOut {
		out.LeftOut = append(out.LeftOut, notReviewedJSON(n, p))
	}
	for _, dropped := range r.Dropped {
		out.Dropped[string(dropped.Reason)]++
		if d.dropped {
			out.Unproven = append(out.Unproven, jsonClaim{dropped.Claim, string(dropped.Reason), dropped.Detail})
		}
	}
	return out
}
