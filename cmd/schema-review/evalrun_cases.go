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
			s := mistake{first: fmt.Sprintf("%-9s  %s %s  %s", c.Outcome, shown(c.Guideline), shown(c.Object), shown(c.Place))}
			s.notes = append(s.notes, shown(c.Title)+": "+shown(c.Consequence))
			if c.Near != nil {
				s.notes = append(s.notes, fmt.Sprintf("expected of %s: the model saw it, and named another object", shown(c.Near.Object)))
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
					s.notes = append(s.notes, strings.TrimSuffix(fmt.Sprintf("dropped of %s as %s: %s", shown(d.Object), d.Reason, shown(d.Detail)), ": "))
				}
			}
			if len(run.Failures) > 0 {
				s.notes = append(s.notes, "the answer was "+shown(strings.Join(run.Failures, ", ")))
			}
			add(l.Guideline+" "+l.Object, s)
		}
	})
}

// cases writes what is found in the runs of each case, each thing once.
func (t *evalText) cases(r *eval.Result, title string, find func(run *eval.Run, add func(key string, s mistake))) {
	for i := range r.Cases {
		c := &r.Cases[i]
		list := inRuns(c, find)
		if len(list) == 0 {
			continue
		}
		if title != "" {
			t.title(title)
			title = ""
		}
		t.say("%s", t.paint.blue(shown(c.Name)))
		for _, s := range list {
			t.say("  %s%s", s.first, s.of(len(c.Runs)))
			for _, note := range slices.Compact(s.notes) {
				t.say("    %s", t.paint.dim(note))
			}
		}
	}
}

func inRuns(c *eval.CaseDone, find func(run *eval.Run, add func(key string, s mistake))) []*mistake {
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

// of says in which runs it was, where that is not all of them.
func (s *mistake) of(runs int) string {
	if len(s.runs) == runs {
		return ""
	}
	return fmt.Sprintf("  (in %d of %d runs)", len(s.runs), runs)
}
