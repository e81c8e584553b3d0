package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/message"
)

// writeGitHub writes workflow commands: GitHub Actions turns them into annotations of the files.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
func writeGitHub(w io.Writer, r *review.Report, p *message.Printer, all []*review.Rule, d design) error {
	titles := titlesOf(all, d.guidelines, p)
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		title := f.Rule
		if t := titles[f.Rule]; t != "" {
			title = t + " (" + f.Rule + ")"
		}
		if f.ByModel {
			title = p.Sprintf("%s, guideline", title)
		}
		text := messageText(f, p)
		fmt.Fprintf(out, "::%s %s::%s\n", f.Severity, annotationPlace(f.Span.Path(), f.Span, title), data(text))
	}
	for _, n := range r.NotReviewed {
		fmt.Fprintf(out, "::notice %s::%s\n", annotationPlace(n.Path, n.Span, p.Sprintf("Not reviewed")), data(strings.TrimSpace(n.What+" "+n.Reason.In(p))))
	}
	if a := r.Advice; a != nil && !a.Missing.IsZero() {
		fmt.Fprintf(out, "::notice title=schema-review::%s\n", data(a.Missing.In(p)))
	}
	fmt.Fprintln(out, p.Sprintf("%s in %s (%s)", review.Voice{Printer: p}.Tally(r), scope(r, p), circumstances(r, p)))
	if s := assumption(r, p); s != "" {
		fmt.Fprintln(out, s)
	}
	return out.Flush()
}

// titlesOf are the titles of rules and guidelines by their ids.
func titlesOf(all []*review.Rule, guidelines []prompts.Guideline, p *message.Printer) map[string]string {
	titles := make(map[string]string, len(all)+len(guidelines))
	for _, r := range all {
		titles[r.ID] = r.TitleIn(p)
	}
	for _, g := range guidelines {
		titles[g.ID] = g.Title
	}
	return titles
}

func annotationPlace(path string, s ddlparse.Span, title string) string {
	if s.IsZero() {
		return fmt.Sprintf("file=%s,title=%s", property(path), property(title))
	}
	from, to := startOf(s), endOf(s)
	return fmt.Sprintf("file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,title=%s",
		property(path), from.Line, to.Line, from.Column, to.Column, property(title))
}

// data escapes the text of a workflow command, which ends at the line's end.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes a value of a workflow command, which also ends at a colon or comma.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
