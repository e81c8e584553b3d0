package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/schema-review/schema-review/review/eval"
	"golang.org/x/text/message"
)

// evalText writes a result for people at a terminal.
type evalText struct {
	w     io.Writer
	paint paint
	p     *message.Printer
	err   error
}

func newEvalText(w io.Writer, colour bool, p *message.Printer) *evalText {
	return &evalText{w: w, paint: newPaint(colour), p: p}
}

func (t *evalText) write(e *evaluated) error {
	r := e.result
	t.first(&r.Setup)
	t.setup(r)
	if e.comparison != nil {
		t.comparison(e.comparison)
		return t.err
	}
	t.scores(r)
	t.calm(r)
	t.dropped(r)
	t.usage(r)
	t.judged(r.Judged)
	t.wrong(r)
	t.missed(r)
	return t.err
}

// say writes a sentence in the printer's language.
func (t *evalText) say(format string, args ...any) { t.line(t.p.Sprintf(format, args...)) }

func (t *evalText) line(text string) {
	if t.err == nil {
		_, t.err = fmt.Fprintln(t.w, text)
	}
}

func (t *evalText) title(format string) { t.line("\n" + t.paint.bold(t.p.Sprintf(format))) }

// dim writes a sentence that explains.
func (t *evalText) dim(format string, args ...any) { t.line(t.paint.dim(t.p.Sprintf(format, args...))) }

// table writes rows with columns of equal width.
func (t *evalText) table(rows [][]string) {
	for _, line := range columns(rows) {
		t.line(line)
	}
}

// first says what comes before everything else.
func (t *evalText) first(s *eval.Setup) {
	if s.Scripted() {
		t.line(t.paint.yellow(t.p.Sprintf("These are scripted answers: they test the machinery, and say nothing of any model.")))
	}
}

func (t *evalText) setup(r *eval.Result) {
	s := &r.Setup
	rows := [][]string{
		{t.p.Sprintf("model"), shown(s.Model)},
		{t.p.Sprintf("prompts"), promptsOf(s)},
		{t.p.Sprintf("cases"), t.asked(len(r.Cases), s.Runs)},
	}
	if !s.From.IsZero() {
		rows = append(rows, []string{t.p.Sprintf("answers"), t.between(s.From, s.To)})
	}
	if others := slices.DeleteFunc(slices.Clone(s.Answered), func(id string) bool { return id == s.Model }); len(others) > 0 {
		rows = append(rows, []string{t.p.Sprintf("answered by"), shown(strings.Join(s.Answered, ", "))})
	}
	t.table(rows)
	if n := notMeasured(r); n > 0 {
		t.line(t.paint.red(t.p.Sprintf("Runs that were not measured and are in no figure: %d (%s).", n, strings.Join(counted(r.Failures), ", "))))
	}
	if len(s.Unknown) > 0 {
		t.say("Left out are labels of guidelines that the prompts don't have: %s.", shown(strings.Join(s.Unknown, ", ")))
	}
}

// promptsOf names prompts by the beginning of their hash, and the layers that they are made of.
func promptsOf(s *eval.Setup) string {
	return fmt.Sprintf("%.12s (%s)", s.Prompts, shown(strings.Join(s.Layers, ", ")))
}

func (t *evalText) asked(cases, runs int) string {
	if runs == 1 {
		return t.p.Sprintf("%d, asked once each", cases)
	}
	return t.p.Sprintf("%d, asked %d times each", cases, runs)
}

func (t *evalText) between(from, to time.Time) string {
	a, b := from.UTC().Format(time.DateOnly), to.UTC().Format(time.DateOnly)
	if a == b {
		return t.p.Sprintf("of %s", a)
	}
	return t.p.Sprintf("of %s to %s", a, b)
}

// scores are all of them, the guidelines that do worst first.
func (t *evalText) scores(r *eval.Result) {
	t.title("Scores, with 95 %% intervals")
	rows := [][]string{t.scoreHead(), scoreRow(t.p.Sprintf("all cases"), &r.Overall)}
	for i := range r.Languages[:several(len(r.Languages))] {
		rows = append(rows, scoreRow(shown(r.Languages[i].Name), &r.Languages[i].Score))
	}
	rows = append(rows, make([]string, len(rows[0]))) // with its cells, so that the columns go on
	fine := 0
	for _, g := range eval.WorstFirst(r.Guidelines) {
		if perfect(&g.Score) {
			fine++
			continue
		}
		rows = append(rows, scoreRow(shown(g.Name), &g.Score))
	}
	t.table(rows)
	if fine > 0 {
		t.line(amount(t.p, fine, "%d guideline without a mistake.", "%d guidelines without a mistake."))
	}
	t.dim("(n): claims or labels that the figure is of. No interval: fewer than %d case files have a say, or all say the same.", eval.EnoughFiles)
}

func (t *evalText) scoreHead() []string {
	return []string{
		"", t.p.Sprintf("precision"), t.p.Sprintf("recall"), t.p.Sprintf("F1"), t.p.Sprintf("flips"),
		t.p.Sprintf("hits"), t.p.Sprintf("missed"), t.p.Sprintf("false"), t.p.Sprintf("forbidden"),
	}
}

// several is n, unless there is only one: it would say what all say.
func several(n int) int {
	if n == 1 {
		return 0
	}
	return n
}

func perfect(s *eval.Score) bool {
	return s.Missed+s.False+s.Forbidden == 0 && (s.Flips.Value == nil || *s.Flips.Value == 0)
}

func scoreRow(name string, s *eval.Score) []string {
	row := []string{name}
	for _, f := range []eval.Figure{s.Precision, s.Recall, s.F1, s.Flips} {
		row = append(row, figure(f))
	}
	for _, n := range []int{s.Hits, s.Missed, s.False, s.Forbidden} {
		row = append(row, fmt.Sprint(n))
	}
	return row
}

// figure is "0.83 [0.71, 0.92] (41)".
func figure(f eval.Figure) string {
	if f.Value == nil {
		return "–"
	}
	text := fmt.Sprintf("%.2f", *f.Value)
	if i := f.Interval; i != nil {
		text += fmt.Sprintf(" [%.2f, %.2f]", i.Low, i.High)
	}
	return fmt.Sprintf("%s (%d)", text, f.N)
}

func (t *evalText) calm(r *eval.Result) {
	t.title("Where nothing is wrong")
	t.say("%s wrong claims per clean change set; %d of %d had none.", figure(r.Clean.False), r.Clean.Quiet, r.Clean.Runs)
}

func (t *evalText) dropped(r *eval.Result) {
	if len(r.Dropped) == 0 {
		return
	}
	t.title("Claims that were dropped before anybody saw them")
	t.line(strings.Join(counted(r.Dropped), ", "))
	expected := 0
	for _, c := range r.Cases {
		for _, run := range c.Runs {
			for _, d := range run.Dropped {
				if d.Expected && slices.ContainsFunc(run.Missed, func(l eval.Label) bool { return l.Guideline == d.Guideline }) {
					expected++
				}
			}
		}
	}
	if expected > 0 {
		t.say("%d of them would have been a hit.", expected)
	}
}

func counted(list []eval.Count) []string {
	var parts []string
	for _, c := range list {
		parts = append(parts, fmt.Sprintf("%s %d", shown(c.Name), c.N))
	}
	return parts
}

func (t *evalText) usage(r *eval.Result) {
	u := &r.Usage
	t.title("What it took")
	rows := [][]string{
		{t.p.Sprintf("questions"), t.p.Sprint(u.Questions)},
		{t.p.Sprintf("tokens"), t.p.Sprintf("%d in, %d out", u.Input, u.Output)},
		{t.p.Sprintf("from the cache"), t.p.Sprintf("none")},
		{t.p.Sprintf("answered in"), t.p.Sprintf("%.1f s (half of them), %.1f s (95 of 100)", float64(u.P50)/1000, float64(u.P95)/1000)},
		{t.p.Sprintf("cost"), t.p.Sprintf("unknown: give the price of the model in BEDROCK_PRICES")},
	}
	if u.CacheRate.Value != nil && u.CacheRead > 0 {
		rows[2][1] = t.p.Sprintf("%.0f %% of the tokens in", 100**u.CacheRate.Value)
	}
	if u.Cost != nil {
		rows[4][1] = fmt.Sprintf("%.4f", *u.Cost)
	}
	if len(r.Failures) > 0 {
		rows = append(rows, []string{t.p.Sprintf("without an answer"), strings.Join(counted(r.Failures), ", ")})
	}
	t.table(rows)
}
