package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/message"
)

// mostRows is how many guidelines and decisions a comment on a pull request has; the page has all.
const mostRows = 15

// Markdown writes a result, and the comparison with an earlier one where there is one, as a comment on a pull
// request has it, in the printer's language.
func Markdown(w io.Writer, r *Result, c *Comparison, p *message.Printer) error {
	b, s := bufio.NewWriter(w), speaker{p}
	m := markdown{b, s.newPage(r, c), s}
	m.head()
	m.figures()
	if m.page.Compared != nil {
		m.comparison()
	}
	m.guidelines()
	m.dropped()
	m.usage()
	m.judged()
	return b.Flush()
}

type markdown struct {
	w    *bufio.Writer
	page *page
	speaker
}

func (m *markdown) write(format string, args ...any) { fmt.Fprintf(m.w, format, args...) }

// row writes a row of a table.
func (m *markdown) row(cells ...string) { m.write("| %s |\n", strings.Join(cells, " | ")) }

func (m *markdown) head() {
	s := m.page.Setup
	m.write("## %s\n\n", m.Sprintf("Evaluation of %s", code(s.Model)))
	for _, b := range m.page.Banners {
		m.write("> [!WARNING]\n> %s\n\n", text(b))
	}
	m.write("%s\n\n", m.Sprintf("%d cases, runs of each: %d. Prompts %s (%s), cases %s.", len(m.page.Cases), s.Runs, code(short(s.Prompts)), text(strings.Join(s.Layers, ", ")), code(short(s.Cases))))
}

func (m *markdown) figures() {
	m.row(m.Sprintf("figure"), "", m.Sprintf("95 %% interval"), m.Sprintf("from"))
	m.write("|---|--:|---|---|\n")
	for _, h := range m.page.Headline {
		m.row(h.Name, h.Plot.Value, m.between(h.Plot), h.Plot.Basis)
	}
	m.write("\n")
}

func (m *markdown) between(p plot) string {
	switch {
	case p.Whiskers:
		return p.Between
	case p.Known:
		return m.Sprintf("none: few case files, or all alike")
	}
	return m.Sprintf("not measured")
}

func (m *markdown) comparison() {
	c := m.page.Compared
	m.write("### %s\n\n", m.Sprintf("Compared with before"))
	for _, d := range c.Differs {
		m.write("- %s\n", m.Sprintf("%s: %s before, %s now", d.Name, code(d.Before), code(d.After)))
	}
	m.write("\n")
	m.row(m.Sprintf("figure"), m.Sprintf("before"), m.Sprintf("now"), m.Sprintf("difference"), "")
	m.write("|---|--:|--:|---|---|\n")
	for _, f := range c.Overall {
		m.row(f.Name, f.Before.Value, f.After.Value, f.By.Value+" ("+m.between(f.By)+")", f.Word)
	}
	m.write("\n%s\n\n", m.Sprintf("Differences of shares are in points, hundredths of the whole."))
	if len(c.Flips) == 0 {
		return
	}
	m.open(m.Sprintf("What is decided otherwise"), len(c.Flips))
	for _, f := range c.Flips[:min(len(c.Flips), 2*mostRows)] {
		word := m.Sprintf("worse")
		if f.Better {
			word = m.Sprintf("better")
		}
		m.write("- %s: %s %s %s (%s)\n", word, code(f.Case), code(f.Guideline), code(f.Object), f.Text)
	}
	m.shut(len(c.Flips), 2*mostRows)
}

func (m *markdown) guidelines() {
	list := m.page.Guidelines
	if len(list) == 0 {
		return
	}
	m.open(m.Sprintf("Guidelines, the worst first"), len(list))
	m.row(m.Sprintf("guideline"), m.Sprintf("precision"), m.Sprintf("recall"), m.Sprintf("F1"), m.Sprintf("right"), m.Sprintf("missed"), m.Sprintf("wrong"))
	m.write("|---|---|---|---|--:|--:|--:|\n")
	for _, g := range list[:min(len(list), mostRows)] {
		m.write("| %s | %s | %s | %s | %d | %d | %d |\n", code(g.Name), withInterval(g.PrecisionPlot), withInterval(g.RecallPlot), withInterval(g.F1Plot), g.Hits, g.Missed, g.Wrong())
	}
	m.shut(len(list), mostRows)
}

func withInterval(p plot) string {
	if p.Whiskers {
		return p.Value + " (" + p.Between + ")"
	}
	return p.Value
}

func (m *markdown) dropped() {
	if len(m.page.Drops) == 0 {
		return
	}
	m.open(m.Sprintf("Claims that were dropped, by reason"), len(m.page.Drops))
	m.row(m.Sprintf("reason"), m.Sprintf("claims"), "")
	m.write("|---|--:|---|\n")
	for _, d := range m.page.Drops {
		m.write("| %s | %d | %s |\n", code(d.Name), d.N, d.Help)
	}
	m.shut(0, 0)
}

func (m *markdown) usage() {
	u := m.page.Usage
	cost := m.Sprintf("no prices given")
	if u.Cost != nil {
		cost = m.Sprintf("cost %.4f", *u.Cost)
	}
	m.write("%s\n", m.Sprintf("%d questions: %d input tokens (%d from the cache), %d output tokens, %s; half of the answers within %.1f s, 95 of 100 within %.1f s.",
		u.Questions, u.Input, u.CacheRead, u.Output, cost, float64(u.P50)/1000, float64(u.P95)/1000))
}

func (m *markdown) judged() {
	j := m.page.Judged
	if j == nil || len(j.Agreement) == 0 {
		return
	}
	m.write("\n### %s\n\n", m.Sprintf("The words, as a judge sees them"))
	whole, kappa := j.Agreement[0], m.Sprintf("no kappa")
	if whole.Kappa != nil {
		kappa = fmt.Sprintf("kappa %.2f", *whole.Kappa)
	}
	m.write("%s\n\n", m.Sprintf("Judge %s agrees with people on %d of %d labelled examples (%s): %s.", code(j.Model), whole.Agree, whole.N, kappa, m.calibration(j)))
	m.row(m.Sprintf("criterion"), m.Sprintf("findings that meet it"), m.Sprintf("of how many"))
	m.write("|---|---|--:|\n")
	for _, s := range j.Scores {
		name := s.Name
		if !s.Counts {
			name = m.Sprintf("%s (not calibrated)", name)
		}
		m.write("| %s | %s | %d |\n", name, withInterval(m.sharePlot(s.Share)), s.Share.N)
	}
}

func (m *markdown) calibration(j *Judged) string {
	if j.Calibrated {
		return m.Sprintf("calibrated")
	}
	return m.Sprintf("not calibrated, so its scores count for nothing")
}

// open begins a fold, shut ends it and says what is not in it.
func (m *markdown) open(title string, n int) {
	m.write("<details><summary>%s (%d)</summary>\n\n", title, n)
}

func (m *markdown) shut(n, shown int) {
	if n > shown {
		m.write("\n%s\n", m.Sprintf("and %d more", n-shown))
	}
	m.write("\n</details>\n\n")
}

func short(s string) string { return s[:min(len(s), 12)] }

// code is a name as a code span, which nothing in it can end.
func code(s string) string {
	s = strings.Join(strings.Fields(strings.NewReplacer("`", "'", "|", "¦").Replace(s)), " ")
	if s == "" {
		return "–"
	}
	return "`" + s + "`"
}

// text is a sentence that has no marks of its own.
func text(s string) string {
	return strings.NewReplacer("`", "'", "<", "‹", ">", "›", "|", "¦", "[", "(", "]", ")", "@", "＠", "\n", " ").Replace(s)
}
