package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review/eval"
)

// mistake is one wrong claim or missed label of a case, with the runs in which it is.
type mistake struct {
	first string // what it is
	notes []string
	runs  []string
}

// wrong lists false and forbidden claims by case, so that somebody can act: on the guideline, or on the label.
func (t *evalText) wrong(r *eval.Result) {
	t.cases(r, "Wrong claims", func(run *eval.Run, add func(key string, s mistake)) {
		for _, c := range run.Claims {
			if c.Outcome != eval.False && c.Outcome != eval.Forbidden {
				continue
			}
			s := mistake{first: fmt.Sprintf("%s  %s %s  %s", t.outcome(c.Outcome), shown(c.Guideline), shown(c.Object), shown(c.Place))}
			s.notes = append(s.notes, shown(c.Title)+": "+shown(c.Consequence))
			if c.Near != nil {
				s.notes = append(s.notes, t.p.Sprintf("expected of %s: the model saw it, and named another object", shown(c.Near.Object)))
			}
			add(string(c.Outcome)+c.Guideline+" "+c.Object, s)
		}
	})
}

// missed lists the labels that no claim met, and what verify dropped of the guideline.
func (t *evalText) missed(r *eval.Result) {
	t.cases(r, "Missed", func(run *eval.Run, add func(key string, s mistake)) {
		for _, l := range run.Missed {
			s := mistake{first: fmt.Sprintf("%s %s", shown(l.Guideline), shown(l.Object))}
			for _, d := range run.Dropped {
				if d.Guideline == l.Guideline {
					s.notes = append(s.notes, t.droppedAs(&d))
				}
			}
			if len(run.Failures) > 0 {
				s.notes = append(s.notes, t.p.Sprintf("the answer was %s", shown(strings.Join(run.Failures, ", "))))
			}
			add(l.Guideline+" "+l.Object, s)
		}
	})
}

// outcome is what is wrong with a claim, in a column.
func (t *evalText) outcome(o eval.Outcome) string {
	wrong, forbidden := t.p.Sprintf("false"), t.p.Sprintf("forbidden")
	width := max(totalWidth(cells(wrong)), totalWidth(cells(forbidden)))
	if o == eval.Forbidden {
		return padded(forbidden, width)
	}
	return padded(wrong, width)
}

func (t *evalText) droppedAs(d *eval.Dropped) string {
	if d.Detail == "" {
		return t.p.Sprintf("dropped of %s as %s", shown(d.Object), d.Reason)
	}
	return t.p.Sprintf("dropped of %s as %s: %s", shown(d.Object), d.Reason, shown(d.Detail))
}

// cases writes what is found in the runs of each case, each thing once.
func (t *evalText) cases(r *eval.Result, title string, find func(run *eval.Run, add func(key string, s mistake))) {
	for i := range r.Cases {
		c := &r.Cases[i]
		list := mistakes(c, find)
		if len(list) == 0 {
			continue
		}
		if title != "" {
			t.title(title)
			title = ""
		}
		t.line(t.paint.blue(shown(c.Name)))
		for _, s := range list {
			t.line("  " + s.first + t.inRuns(s, len(c.Runs)))
			for _, note := range slices.Compact(s.notes) {
				t.line("    " + t.paint.dim(note))
			}
		}
	}
}

func mistakes(c *eval.CaseDone, find func(run *eval.Run, add func(key string, s mistake))) []*mistake {
	var list []*mistake
	known := map[string]*mistake{}
	for i := range c.Runs {
		find(&c.Runs[i], func(key string, s mistake) {
			if known[key] == nil {
				known[key] = &s
				list = append(list, &s)
			}
			known[key].runs = append(known[key].runs, fmt.Sprint(i+1))
		})
	}
	return list
}

// inRuns says in how many runs it was, where that is not all of them.
func (t *evalText) inRuns(s *mistake, runs int) string {
	if len(s.runs) == runs {
		return ""
	}
	return "  " + t.p.Sprintf("(in %d of %d runs)", len(s.runs), runs)
}
