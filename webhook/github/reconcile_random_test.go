package github

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

// TestCarryWhateverAModelDoes lets a model forget, reword, name other statements, wander between tables and columns
// and between guidelines, and fail, on many pull requests whose authors edit and dismiss.
func TestCarryWhateverAModelDoes(t *testing.T) {
	t.Parallel()
	const pulls, heads = 200, 5
	l := guidelines(t)
	kept := 0
	for seed := range uint64(pulls) {
		w := &wandering{t: t, library: l, rand: rand.New(rand.NewPCG(seed, 42)), replica: newReplica(), columns: []string{"INT", "INT", "INT"}, told: map[string]bool{}}
		for n := range heads {
			w.push(fmt.Sprint(seed, "/", n))
		}
		kept += w.kept
	}
	if kept < pulls {
		t.Errorf("only %d times something was forgotten and kept: the test looks at nothing", kept)
	}
}

// wandering is one pull request: a table of some columns, and a model that has an opinion on it.
type wandering struct {
	t         *testing.T
	library   *prompts.Library
	rand      *rand.Rand
	replica   *replica
	columns   []string          // their types
	told      map[string]bool   // what the last answer claimed
	was       map[string]string // the definitions that it was about
	dismissed []string
	kept      int
}

func (w *wandering) chance(percent int) bool { return w.rand.IntN(100) < percent }

// push is one head.
func (w *wandering) push(name string) {
	w.t.Helper()
	if w.chance(30) {
		w.dismiss()
	}
	if w.chance(40) {
		w.columns[w.rand.IntN(len(w.columns))] = []string{"INT", "BIGINT", "DOUBLE"}[w.rand.IntN(3)]
	}
	if w.chance(20) {
		w.crash(name + " before a crash")
	}
	model := w.answer()
	open := w.replica.open()
	report := advised(w.t, w.library, w.text(), model)
	p := w.replica.review(report, name, func(j *judged) { j.advice = 100 })
	w.check(name, p, open, claimed(report), model == nil)
	if again := w.replica.review(report, name); len(again.edit)+len(again.post) > 0 {
		w.t.Errorf("%s: the same review again does %v", name, again.steps())
	}
	if model != nil {
		w.told, w.was = claimed(report), w.contents()
	}
}

// crash is a review of which only some edits are made: what it claimed may not be remembered, and what it forgot may.
func (w *wandering) crash(name string) {
	model := w.answer()
	report := advised(w.t, w.library, w.text(), model)
	p := w.replica.plan(report, name)
	for _, e := range p.edit[:w.rand.IntN(len(p.edit)+1)] {
		w.replica.edit(e)
	}
	again := claimed(report)
	if model != nil {
		maps.DeleteFunc(w.told, func(what string, _ bool) bool { return !again[what] })
	}
}

// text has two statements that touch the table and each column.
func (w *wandering) text() string {
	var create, alter []string
	for i, kind := range w.columns {
		create = append(create, fmt.Sprintf("c%d INT", i))
		alter = append(alter, fmt.Sprintf("MODIFY c%d %s", i, kind))
	}
	return "CREATE TABLE t (id INT PRIMARY KEY, " + strings.Join(create, ", ") + ");\nALTER TABLE t " + strings.Join(alter, ", ") + ";\n"
}

// contents are the definitions of all that can be claimed about.
func (w *wandering) contents() map[string]string {
	all := map[string]string{"t": strings.Join(w.columns, " ")}
	for i, kind := range w.columns {
		all[fmt.Sprintf("t.c%d", i)] = kind
	}
	return all
}

// answer is what the model says this time.
func (w *wandering) answer() script {
	if w.chance(10) {
		return unreachable()
	}
	s := silent()
	for _, object := range []string{"t", "t.c0", "t.c1", "t.c2"} {
		for _, guideline := range []string{"first", "second"} {
			if w.chance(40) {
				c := claim(guideline+" "+object, fmt.Sprintf("It costs %d times more.", w.rand.IntN(1000)))
				s = append(s, ofStatement(fmt.Sprint("S", 1+w.rand.IntN(2)), c))
			}
		}
	}
	w.rand.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

func (w *wandering) dismiss() {
	for _, c := range w.replica.comments {
		if c.fixed() == "" && w.chance(30) {
			c.resolved = true
			w.dismissed = append(w.dismissed, c.mark.get(markRule)+" "+c.mark.get(markObject))
		}
	}
}

// claimed is what holds of an answer.
func claimed(r *review.Report) map[string]bool {
	all := map[string]bool{}
	for _, f := range r.Findings {
		all[f.Rule+" "+f.Object] = true
	}
	return all
}

func (w *wandering) check(name string, p plan, before []string, said map[string]bool, failed bool) {
	w.t.Helper()
	open := w.replica.open()
	if twice := len(open) - len(slices.Compact(slices.Sorted(slices.Values(open)))); twice > 0 {
		w.t.Errorf("%s: said twice: %q", name, open)
	}
	if made := len(w.replica.comments); made > 8 {
		w.t.Errorf("%s: %d comments on 8 problems", name, made)
	}
	for _, what := range w.dismissed {
		if slices.Contains(open, what) {
			w.t.Errorf("%s: %q is raised again", name, what)
		}
	}
	now := w.contents()
	for _, what := range before {
		_, object, _ := strings.Cut(what, " ")
		same := now[object] == w.was[object]
		if (failed || same && (said[what] || w.told[what])) && !slices.Contains(open, what) {
			w.t.Errorf("%s: %q is lost: %q", name, what, p.steps())
		}
		if same && !failed && !said[what] && slices.Contains(open, what) {
			w.kept++
		}
	}
	for _, e := range p.edit {
		if e.said != nil && slices.Contains(before, e.said.name()) {
			w.t.Errorf("%s: %q is edited because of its words", name, e.said.name())
		}
	}
}
