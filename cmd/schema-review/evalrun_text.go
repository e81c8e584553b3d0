package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/schema-review/schema-review/review/eval"
)

// evalText writes a result for people at a terminal.
type evalText struct {
	w     io.Writer
	paint paint
	err   error
}

func newEvalText(w io.Writer, colour bool) *evalText { return &evalText{w: w, paint: newPaint(colour)} }

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

func (t *evalText) say(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format+"\n", args...)
	}
}

func (t *evalText) title(text string) { t.say("\n%s", t.paint.bold(text)) }

// table writes rows with columns of equal width.
func (t *evalText) table(rows [][]string) {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	_ = w.Flush() // a Builder takes everything
	for line := range strings.Lines(b.String()) {
		t.say("%s", strings.TrimRight(line, " \n"))
	}
}

func failureNames(r *eval.Result) []string {
	var names []string
	for _, f := range r.Failures {
		names = append(names, fmt.Sprintf("was %s %s", f.Name, times(f.N)))
	}
	return names
}

// first says what comes before everything else.
func (t *evalText) first(s *eval.Setup) {
	if s.Scripted() {
		t.say("%s", t.paint.yellow("These are scripted answers: they test the machinery, and say nothing of any model."))
	}
}

func (t *evalText) setup(r *eval.Result) {
	s := &r.Setup
	rows := [][]string{
		{"model", shown(s.Model)},
		{"prompts", fmt.Sprintf("%.12s (%s)", s.Prompts, shown(strings.Join(s.Layers, ", ")))},
		{"cases", fmt.Sprintf("%d, asked %s each", len(r.Cases), times(s.Runs))},
	}
	if !s.From.IsZero() {
		rows = append(rows, []string{"answers", between(s.From, s.To)})
	}
	if others := slices.DeleteFunc(slices.Clone(s.Answered), func(id string) bool { return id == s.Model }); len(others) > 0 {
		rows = append(rows, []string{"answered by", shown(strings.Join(s.Answered, ", "))})
	}
	t.table(rows)
	if n := notMeasured(r); n > 0 {
		t.say("%s", t.paint.red(fmt.Sprintf("%s not measured and in no figure: the model %s.", runsWere(n), strings.Join(failureNames(r), ", "))))
	}
	if len(s.Unknown) > 0 {
		t.say("Left out are labels of guidelines that the prompts don't have: %s.", shown(strings.Join(s.Unknown, ", ")))
	}
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func between(from, to time.Time) string {
	a, b := from.UTC().Format(time.DateOnly), to.UTC().Format(time.DateOnly)
	if a == b {
		return "of " + a
	}
	return fmt.Sprintf("of %s to %s", a, b)
}

// scores are all of them, the guidelines that do worst first.
func (t *evalText) scores(r *eval.Result) {
	t.title("Scores, with 95 % intervals")
	rows := [][]string{{"", "precision", "recall", "F1", "flips", "hits", "missed", "false", "forbidden"}, scoreRow("all", &r.Overall)}
	for i := range r.Languages[:several(len(r.Languages))] {
		rows = append(rows, scoreRow(shown(r.Languages[i].Name), &r.Languages[i].Score))
	}
	rows = append(rows, make([]string, len(rows[0]))) // with its cells, so that the columns go on
	fine := 0
	for _, g := range worstFirst(r.Guidelines) {
		if perfect(&g.Score) {
			fine++
			continue
		}
		rows = append(rows, scoreRow(shown(g.Name), &g.Score))
	}
	t.table(rows)
	if fine > 0 {
		t.say("%s without a mistake.", count(fine, "guideline"))
	}
	t.say("%s", t.paint.dim(fmt.Sprintf("(n): claims or labels that the figure is of. No interval: fewer than %d case files have a say, or all say the same.", eval.EnoughFiles)))
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

// worstFirst orders guidelines by F1, those with more mistakes first where it is equal.
func worstFirst(groups []eval.Group) []eval.Group {
	value := func(g *eval.Group) float64 {
		if g.F1.Value == nil {
			return 2
		}
		return *g.F1.Value
	}
	mistakes := func(g *eval.Group) int { return g.Missed + g.False + g.Forbidden }
	sorted := slices.Clone(groups)
	slices.SortStableFunc(sorted, func(a, b eval.Group) int {
		switch x, y := value(&a), value(&b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return mistakes(&b) - mistakes(&a)
	})
	return sorted
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
	t.say("%s", strings.Join(counted(r.Dropped), ", "))
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
		{"questions", fmt.Sprint(u.Questions)},
		{"tokens", fmt.Sprintf("%d in, %d out", u.Input, u.Output)},
		{"from the cache", "none"},
		{"answered in", fmt.Sprintf("%.1f s (half of them), %.1f s (95 of 100)", float64(u.P50)/1000, float64(u.P95)/1000)},
		{"cost", "unknown: give the price of the model in BEDROCK_PRICES"},
	}
	if u.CacheRate.Value != nil && u.CacheRead > 0 {
		rows[2][1] = fmt.Sprintf("%.0f %% of the tokens in", 100**u.CacheRate.Value)
	}
	if u.Cost != nil {
		rows[4][1] = fmt.Sprintf("%.4f", *u.Cost)
	}
	if len(r.Failures) > 0 {
		rows = append(rows, []string{"without an answer", strings.Join(counted(r.Failures), ", ")})
	}
	t.table(rows)
}
