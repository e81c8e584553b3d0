package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/message"
	numbers "golang.org/x/text/number"
)

// reportText writes the figures for people at a terminal.
type reportText struct {
	w     io.Writer
	p     *message.Printer
	paint paint
}

func (t reportText) write(r *feedbackReport) error {
	out := bufio.NewWriter(t.w)
	t.w = out
	fmt.Fprintln(t.w, r.headline(t.p))
	if r.Comments.Posted > 0 {
		t.comments(r)
	}
	if len(r.Usage) > 0 {
		t.usage(r)
	}
	return out.Flush()
}

// headline says what the report is about, and everything when there is nothing.
func (r *feedbackReport) headline(p *message.Printer) string {
	since, until := r.Since.Format(time.DateOnly), r.Until.Format(time.DateOnly)
	switch {
	case r.Comments.Posted == 0 && r.Repo != "":
		return p.Sprintf("No comments were posted in %s from %s to %s.", shown(r.Repo), since, until)
	case r.Comments.Posted == 0:
		return p.Sprintf("No comments were posted from %s to %s.", since, until)
	case r.Repo != "":
		return p.Sprintf("What became of the comments posted in %s from %s to %s", shown(r.Repo), since, until)
	}
	return p.Sprintf("What became of the comments posted from %s to %s", since, until)
}

func (t reportText) comments(r *feedbackReport) {
	p := t.p
	table := textTable{paint: t.paint, head: append([]string{""}, columnNames(p)...)}
	kind := ""
	for _, g := range r.Groups {
		if g.Kind != kind {
			kind = g.Kind
			table.section(kindName(p, kind))
		}
		table.add("  "+shown(groupName(p, g)), cellsOf(p, g.fates)...)
	}
	table.section("")
	table.add(p.Sprintf("All comments"), cellsOf(p, r.Comments)...)
	fmt.Fprintln(t.w)
	table.write(t.w)
	fmt.Fprintln(t.w)
	for _, sentence := range legend(p) {
		fmt.Fprintln(t.w, t.paint.dim(sentence))
	}
}

// legend says what the columns mean.
func legend(p *message.Printer) []string {
	return []string{
		p.Sprintf("fixed: gone with a later push"),
		p.Sprintf("dismissed: resolved, hidden, deleted or suppressed by a person"),
		p.Sprintf("left open: merged with it"),
		p.Sprintf("other: closed without a merge, merged with a commit that was not reviewed, or not suggested any more"),
		p.Sprintf("accepted: more 👍 than 👎, or as many and fixed; not accepted: more 👎, or as many and dismissed; others don't count"),
		p.Sprintf("in brackets: where the true share lies 95 times of 100"),
	}
}

// columnNames head the figures of a fates.
func columnNames(p *message.Printer) []string {
	return []string{
		p.Sprintf("posted"), p.Sprintf("still open"), p.Sprintf("fixed"), p.Sprintf("dismissed"), p.Sprintf("left open"), p.Sprintf("other"), "👍", "👎", p.Sprintf("accepted"),
	}
}

func cellsOf(p *message.Printer, t fates) []string {
	var all []string
	for _, n := range []int{t.Posted, t.Open, t.Fixed, t.Dismissed, t.Left, t.Withdrawn + t.Undecided, t.Up, t.Down} {
		all = append(all, p.Sprint(n))
	}
	return append(all, t.Accepted.in(p))
}

// in says the share with its interval.
func (s share) in(p *message.Printer) string {
	if s.Of == 0 {
		return "–"
	}
	return p.Sprintf("%.0f%% of %d (%.0f–%.0f)", 100*s.Value, s.Of, 100*s.Low, 100*s.High)
}

func kindName(p *message.Printer, kind string) string {
	switch kind {
	case "guideline":
		return p.Sprintf("Guidelines")
	case "rule":
		return p.Sprintf("Rules")
	case "repo":
		return p.Sprintf("Repositories")
	case "prompts":
		return p.Sprintf("Guidelines by version of the prompts, the oldest first")
	}
	return p.Sprintf("Guidelines by model, the oldest first")
}

func groupName(p *message.Printer, g group) string {
	switch {
	case g.Name == "":
		return p.Sprintf("not known")
	case g.Kind == "prompts":
		return shortPrompts(g.Name)
	}
	return g.Name
}

// shortPrompts is a version as people write it.
func shortPrompts(version string) string { return version[:min(len(version), 12)] }

func (t reportText) usage(r *feedbackReport) {
	p := t.p
	table := textTable{paint: t.paint, head: usageColumns(p)}
	for _, u := range r.Usage {
		row := u.row(p)
		table.add(row[0], row[1:]...)
	}
	fmt.Fprintln(t.w)
	table.write(t.w)
	for _, u := range r.Usage {
		if u.dropped() > 0 {
			fmt.Fprintln(t.w, p.Sprintf("%s: claims dropped because of %s", shortPrompts(u.Prompts), u.reasons(p)))
		}
	}
	fmt.Fprintln(t.w, costNote(p))
}

// costNote says what a cost means.
func costNote(p *message.Printer) string {
	return p.Sprintf("Cost: in the currency of the price table. + means that reviews of models without a price are not in it.")
}

func usageColumns(p *message.Printer) []string {
	return []string{
		p.Sprintf("The model, by prompts"), p.Sprintf("reviews"), p.Sprintf("tokens in"), p.Sprintf("tokens out"), p.Sprintf("cached"),
		p.Sprintf("cost"), p.Sprintf("claims"), p.Sprintf("claims dropped"),
	}
}

func (u *usage) row(p *message.Printer) []string {
	return []string{
		shortPrompts(u.Prompts) + " " + shown(u.Models), p.Sprint(u.Reviews), p.Sprint(u.Input), p.Sprint(u.Output),
		u.cached(p), u.cost(p), p.Sprint(u.Claims), p.Sprint(u.dropped()),
	}
}

// cached is which part of the input came from the cache.
func (u *usage) cached(p *message.Printer) string {
	if u.Input == 0 {
		return "–"
	}
	return p.Sprint(numbers.Percent(float64(u.CacheRead) / float64(u.Input)))
}

func (u *usage) cost(p *message.Printer) string {
	switch {
	case u.Unpriced == u.Reviews:
		return "–"
	case u.Unpriced > 0:
		return money(p, u.Cost) + "+"
	}
	return money(p, u.Cost)
}

func money(p *message.Printer, amount float64) string {
	return p.Sprint(numbers.Decimal(amount, numbers.Scale(2)))
}

func (u *usage) dropped() (n int) {
	for _, count := range u.Dropped {
		n += count
	}
	return n
}

func (u *usage) reasons(p *message.Printer) string {
	var all []string
	for _, reason := range u.drops() {
		all = append(all, shown(reason)+" ("+p.Sprint(u.Dropped[reason])+")")
	}
	return strings.Join(all, ", ")
}
