package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/message"
)

// textReport writes a report for people at a terminal.
type textReport struct {
	w      io.Writer
	p      *message.Printer
	paint  paint
	design design
	path   func(string) string // how a path of the repository is written from here
	same   string              // what nothing differs from, "" when something does
}

func (t textReport) write(r *review.Report) error {
	out := bufio.NewWriter(t.w)
	t.w = out
	for _, f := range r.Findings {
		if f.ByModel {
			t.suggestion(f)
			continue
		}
		t.finding(f)
	}
	t.summary(r)
	t.rest(r)
	t.advice(r)
	return out.Flush()
}

func (t textReport) finding(f review.Finding) {
	severity := t.paint.of(f.Severity)
	fmt.Fprintf(t.w, "%s: %s: %s  %s\n", t.paint.bold(t.at(f.Span)), severity(severityWord(f.Severity, t.p)),
		shown(f.Problem.In(t.p)), t.paint.dim(f.Rule))
	if !f.Span.IsZero() {
		snippet{t.w, t.p, severity, gutter(f.Span)}.write(f.Span)
	}
	t.related(f)
	if !f.Advice.IsZero() {
		fmt.Fprintf(t.w, "  %s\n", shown(f.Advice.In(t.p)))
	}
	if f.Fix != nil {
		t.fix(f.Fix)
	}
	fmt.Fprintln(t.w)
}

// related names the other places that matter, and the further places of the same cause.
func (t textReport) related(f review.Finding) {
	for _, r := range f.Related {
		fmt.Fprintf(t.w, "  %s %s\n", t.paint.dim(t.at(r.Span)+":"), shown(r.Note.In(t.p)))
	}
	if len(f.Places) == 0 {
		return
	}
	var places []string
	for _, s := range f.Places[:min(len(f.Places), maxPlaces)] {
		places = append(places, t.at(s))
	}
	list := strings.Join(places, t.p.Sprintf(", "))
	if n := len(f.Places) - maxPlaces; n > 0 {
		fmt.Fprintln(t.w, " ", t.p.Sprintf("also at %s and %d more", list, n))
		return
	}
	fmt.Fprintln(t.w, " ", t.p.Sprintf("also at %s", list))
}

const (
	maxPlaces = 12 // further places of a cause that are listed
	maxLeft   = 50 // lines about what was not reviewed
)

func (t textReport) fix(e *review.Edit) {
	first, before, after := fixDiff(e)
	fmt.Fprintln(t.w, " ", t.p.Sprintf("fix: %s", shown(e.TitleIn(t.p))))
	t.diff(t.paint.red, "-", first, before)
	t.diff(t.paint.green, "+", first, after)
}

func (t textReport) diff(colour painter, sign string, first int, lines []string) {
	for i, line := range lines {
		if i == fixLines {
			fmt.Fprintf(t.w, "    %s … %s\n", sign, moreLines(len(lines)-i, t.p))
			return
		}
		text, _, _ := window(line, 0, 0)
		fmt.Fprintf(t.w, "  %s\n", colour(fmt.Sprintf("%s %d | %s", sign, first+i, text)))
	}
}

// at writes a place as compilers do, so that editors can jump there.
func (t textReport) at(s ddlparse.Span) string {
	if s.IsZero() {
		return "-"
	}
	p := startOf(s)
	return fmt.Sprintf("%s:%d:%d", shown(t.path(s.Path())), p.Line, p.Column)
}

func gutter(s ddlparse.Span) int { return len(strconv.Itoa(lastLine(s))) }

func (t textReport) summary(r *review.Report) {
	if t.same != "" {
		fmt.Fprintln(t.w, t.p.Sprintf("No migrations differ from %s; --all reviews the whole history", shown(t.same)))
		return
	}
	if r.Coverage.Migrations+edited(r)+len(r.Findings) == 0 {
		fmt.Fprintln(t.w, t.p.Sprintf("Nothing was reviewed (%s)", circumstances(r, t.p)))
		return
	}
	verdict := t.paint.green
	if s := worstOf(r); s > review.Off {
		verdict = t.paint.of(s)
	}
	fmt.Fprintln(t.w, t.p.Sprintf("%s in %s (%s)", verdict(review.Voice{Printer: t.p}.Tally(r)), scope(r, t.p), circumstances(r, t.p)))
	if s := assumption(r, t.p); s != "" {
		fmt.Fprintln(t.w, s)
	}
}

// rest says what was not reviewed and why, and what somebody decided to live with.
func (t textReport) rest(r *review.Report) {
	unseen := t.paint.yellow(t.p.Sprintf("not reviewed:"))
	for i, n := range r.NotReviewed {
		if i == maxLeft {
			fmt.Fprintln(t.w, unseen, t.p.Sprintf("%d more; --format json lists them all", len(r.NotReviewed)-i))
			break
		}
		fmt.Fprintln(t.w, unseen, t.left(n))
	}
	for _, e := range r.RuleErrors {
		fmt.Fprintln(t.w, unseen, t.p.Sprintf("rule %s broke (%s); please report it", e.Rule, shown(e.Err)))
	}
	if n := len(r.Suppressed); n > 0 {
		fmt.Fprintln(t.w, amount(t.p, n, "%d finding suppressed", "%d findings suppressed"))
	}
}

func (t textReport) left(n review.NotReviewed) string {
	at := shown(t.path(n.Path))
	if !n.Span.IsZero() {
		at = t.at(n.Span)
	}
	if n.What != "" {
		at += ": " + shown(n.What)
	}
	return at + " (" + shown(n.Reason.In(t.p)) + ")"
}
