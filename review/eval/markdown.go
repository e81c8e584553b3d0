package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// mostRows is how many guidelines and decisions a comment on a pull request has; the page has all.
const mostRows = 15

// Markdown writes a result, and the comparison with an earlier one where there is one, as a comment on a pull
// request has it.
func Markdown(w io.Writer, r *Result, c *Comparison) error {
	b := bufio.NewWriter(w)
	m := markdown{b, newPage(r, c, "")}
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
}

func (m *markdown) print(format string, args ...any) { fmt.Fprintf(m.w, format, args...) }

func (m *markdown) head() {
	s := m.page.Setup
	m.print("## Evaluation of %s\n\n", code(s.Model))
	for _, b := range m.page.Banners {
		m.print("> [!WARNING]\n> %s\n\n", text(b))
	}
	m.print("%d cases, runs of each: %d. Prompts %s (%s), cases %s.\n\n", len(m.page.Cases), s.Runs, code(short(s.Prompts)), text(strings.Join(s.Layers, ", ")), code(short(s.Cases)))
}

func (m *markdown) figures() {
	m.print("| figure | | 95 %% interval | from |\n|---|--:|---|---|\n")
	for _, h := range m.page.Headline {
		m.print("| %s | %s | %s | %s |\n", h.Name, h.Plot.Value, between(h.Plot), h.Plot.Basis)
	}
	m.print("\n")
}

func between(p plot) string {
	switch {
	case p.Whiskers:
		return p.Between
	case p.Known:
		return "none: few case files, or all alike"
	}
	return "not measured"
}

func (m *markdown) comparison() {
	c := m.page.Compared
	m.print("### Compared with before\n\n")
	for _, d := range c.Differs {
		m.print("- %s: %s before, %s now\n", d.Name, code(d.Before), code(d.After))
	}
	m.print("\n| figure | before | now | difference | |\n|---|--:|--:|---|---|\n")
	for _, f := range c.Overall {
		m.print("| %s | %s | %s | %s (%s) | %s |\n", f.Name, f.Before.Value, f.After.Value, f.By.Value, between(f.By), f.Word)
	}
	m.print("\nDifferences of shares are in points, hundredths of the whole.\n\n")
	if len(c.Flips) == 0 {
		return
	}
	m.open("What is decided otherwise", len(c.Flips))
	for _, f := range c.Flips[:min(len(c.Flips), 2*mostRows)] {
		word := "worse"
		if f.Better {
			word = "better"
		}
		m.print("- %s: %s %s %s (%s)\n", word, code(f.Case), code(f.Guideline), code(f.Object), f.Text)
	}
	m.shut(len(c.Flips), 2*mostRows)
}

func (m *markdown) guidelines() {
	list := m.page.Guidelines
	if len(list) == 0 {
		return
	}
	m.open("Guidelines, the worst first", len(list))
	m.print("| guideline | precision | recall | right | missed | wrong |\n|---|---|---|--:|--:|--:|\n")
	for _, g := range list[:min(len(list), mostRows)] {
		m.print("| %s | %s | %s | %d | %d | %d |\n", code(g.Name), withInterval(g.PrecisionPlot), withInterval(g.RecallPlot), g.Hits, g.Missed, g.Wrong())
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
	m.open("Claims that were dropped, by reason", len(m.page.Drops))
	m.print("| reason | claims | |\n|---|--:|---|\n")
	for _, d := range m.page.Drops {
		m.print("| %s | %d | %s |\n", code(d.Name), d.N, d.Help)
	}
	m.shut(0, 0)
}

func (m *markdown) usage() {
	u := m.page.Usage
	p := message.NewPrinter(language.English)
	cost := "no prices given"
	if u.Cost != nil {
		cost = fmt.Sprintf("cost %.4f", *u.Cost)
	}
	m.print("%s\n", p.Sprintf("%d questions: %d input tokens (%d from the cache), %d output tokens, %s; half of the answers within %.1f s, 95 of 100 within %.1f s.",
		u.Questions, u.Input, u.CacheRead, u.Output, cost, float64(u.P50)/1000, float64(u.P95)/1000))
}

func (m *markdown) judged() {
	j := m.page.Judged
	if j == nil || len(j.Agreement) == 0 {
		return
	}
	m.print("\n### The words, as a judge sees them\n\n")
	whole, kappa := j.Agreement[0], "no kappa"
	if whole.Kappa != nil {
		kappa = fmt.Sprintf("kappa %.2f", *whole.Kappa)
	}
	m.print("Judge %s agrees with people on %d of %d labelled examples (%s): %s.\n\n", code(j.Model), whole.Agree, whole.N, kappa, calibration(j))
	m.print("| criterion | findings that meet it | of |\n|---|---|--:|\n")
	for _, s := range j.Scores {
		name := s.Name
		if !s.Counts {
			name += " (not calibrated)"
		}
		m.print("| %s | %s | %d |\n", name, withInterval(sharePlot(s.Share)), s.Share.N)
	}
}

func calibration(j *Judged) string {
	if j.Calibrated {
		return "calibrated"
	}
	return "not calibrated, so its scores count for nothing"
}

// open begins a fold, shut ends it and says what is not in it.
func (m *markdown) open(title string, n int) {
	m.print("<details><summary>%s (%d)</summary>\n\n", title, n)
}

func (m *markdown) shut(n, shown int) {
	if n > shown {
		m.print("\nand %d more\n", n-shown)
	}
	m.print("\n</details>\n\n")
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
