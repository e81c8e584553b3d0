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
	t.say("%s, held against labelled examples: %d", shown(j.Model), j.Agreement[0].N)
	if !j.Calibrated {
		t.line(t.paint.yellow(t.p.Sprintf("not calibrated: it agrees too little with people (wanted: %.2f, kappa %.2f, %d examples), so its scores count for nothing",
			eval.JudgeAgreement, eval.JudgeKappa, eval.JudgeExamples)))
	}
	rows := [][]string{{"", t.p.Sprintf("agreement"), "kappa", t.p.Sprintf("met by")}}
	for i, a := range j.Agreement {
		rows = append(rows, []string{a.Name, t.p.Sprintf("%d of %d", a.Agree, a.N), kappaText(a.Kappa), t.scoreText(j.Scores[i])})
	}
	t.table(rows)
	for _, w := range j.Wordings {
		if len(w.Fails) > 0 {
			t.say("%s %s %s: not %s: %s", shown(w.Case), shown(w.Guideline), shown(w.Object), strings.Join(w.Fails, ", "), shown(w.Notes))
		}
	}
	if j.Unanswered > 0 {
		t.say("labelled examples without a judgement: %d", j.Unanswered)
	}
	if j.NotJudged > 0 {
		t.say("findings without a judgement: %d", j.NotJudged)
	}
}

func kappaText(kappa *float64) string {
	if kappa == nil {
		return "–"
	}
	return fmt.Sprintf("%.2f", *kappa)
}

// scoreText is a score, in brackets where it counts for nothing.
func (t *evalText) scoreText(s eval.JudgeScore) string {
	if s.Share.Value == nil {
		return "–"
	}
	text := t.p.Sprintf("%.2f of the findings (%d)", *s.Share.Value, s.Share.N)
	if !s.Counts {
		return "(" + text + ")"
	}
	return text
}
