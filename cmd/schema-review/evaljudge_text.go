package main

import (
	"fmt"
	"strings"

	"github.com/schema-review/schema-review/review/eval"
)

// judged says how far the judge agrees with people, and then what it thinks.
func (t *evalText) judged(j *eval.Judged) {
	if j == nil {
		return
	}
	t.title("The words, as a judge sees them")
	t.say("%s on %s", shown(j.Model), count(j.Agreement[0].N, "labelled example"))
	if !j.Calibrated {
		t.say("%s", t.paint.yellow(fmt.Sprintf("not calibrated: it agrees too little with people (wanted: %.2f, kappa %.2f, %d examples), so its scores count for nothing",
			eval.JudgeAgreement, eval.JudgeKappa, eval.JudgeExamples)))
	}
	rows := [][]string{{"", "agreement", "kappa", "met by"}}
	for i, a := range j.Agreement {
		rows = append(rows, []string{a.Name, fmt.Sprintf("%d of %d", a.Agree, a.N), kappaText(a.Kappa), scoreText(j.Scores[i])})
	}
	t.table(rows)
	for _, w := range j.Wordings {
		if len(w.Fails) > 0 {
			t.say("%s %s %s: not %s: %s", shown(w.Case), shown(w.Guideline), shown(w.Object), strings.Join(w.Fails, ", "), shown(w.Notes))
		}
	}
	for _, n := range []struct {
		n    int
		what string
	}{{j.Unanswered, "labelled example"}, {j.NotJudged, "finding"}} {
		if n.n > 0 {
			t.say("%s without a judgement", count(n.n, n.what))
		}
	}
}

func kappaText(kappa *float64) string {
	if kappa == nil {
		return "–"
	}
	return fmt.Sprintf("%.2f", *kappa)
}

// scoreText is a score, in brackets where it counts for nothing.
func scoreText(s eval.JudgeScore) string {
	if s.Share.Value == nil {
		return "–"
	}
	text := fmt.Sprintf("%.2f of %s", *s.Share.Value, count(s.Share.N, "finding"))
	if !s.Counts {
		return "(" + text + ")"
	}
	return text
}
