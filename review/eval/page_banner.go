package eval

import (
	"strings"

	"github.com/schema-review/schema-review/review"
)

// fewFiles is from how many case files on the figures as a whole are no accident of the choice of cases.
const fewFiles = 20

// banners are what a reader must know before any figure.
func (s speaker) banners(r *Result) []string {
	var list []string
	if r.Setup.Scripted() {
		list = append(list, s.Sprintf("Scripted answers: no model was asked. The figures test the machinery, and say nothing of any model."))
	}
	if files := filesIn(r.Cases); files < fewFiles {
		list = append(list, s.Sprintf("Few case files: %d. With fewer than %d, one case more or less changes the picture; read the intervals, not the points.", files, fewFiles))
	}
	if lost := notMeasured(r.Cases); lost > 0 {
		list = append(list, s.Sprintf("%d runs are in no figure: the model could not be reached, or not in time.", lost))
	}
	if r.Setup.Runs < 2 && !r.Setup.Scripted() {
		list = append(list, s.Sprintf("One run of each case: how much the answers vary from run to run is not known."))
	}
	if r.Judged != nil && !r.Judged.Calibrated {
		list = append(list, s.Sprintf("The judge is not calibrated: it agrees too little with people (wanted: %.0f %% and kappa %.1f on %d examples or more). Its scores count for nothing.", 100*JudgeAgreement, JudgeKappa, JudgeExamples))
	}
	if len(r.Setup.Unknown) > 0 {
		list = append(list, s.Sprintf("Labels of guidelines that these prompts don't have are left out: %s.", strings.Join(r.Setup.Unknown, ", ")))
	}
	return list
}

func filesIn(cases []CaseDone) int {
	files := map[string]bool{}
	for _, c := range cases {
		files[c.File] = true
	}
	return len(files)
}

func notMeasured(cases []CaseDone) int {
	n := 0
	for _, c := range cases {
		for _, r := range c.Runs {
			if !r.Measured {
				n++
			}
		}
	}
	return n
}

// dropHelp says what a reason means to those who write prompts.
func (s speaker) dropHelp(reason string) string {
	return review.Msg(dropHelps[review.DropReason(reason)]).In(s.Printer)
}

var dropHelps = map[review.DropReason]string{
	review.DropForm:       "a text was missing or far too long",
	review.DropUnsure:     "the model itself wasn't sure",
	review.DropGuideline:  "no such guideline, or not for this change",
	review.DropStatement:  "no such statement",
	review.DropObject:     "no such table, column or key",
	review.DropUntouched:  "the statement doesn't touch the object",
	review.DropQuote:      "the quoted SQL isn't there",
	review.DropMarkup:     "a link, HTML, mention or hidden character",
	review.DropLanguage:   "not in the language that was asked for",
	review.DropSaid:       "a rule says it already",
	review.DropRepeated:   "said twice",
	review.DropFixSyntax:  "the corrected SQL doesn't parse",
	review.DropFixObject:  "the corrected SQL defines something else",
	review.DropFixWorse:   "the corrected SQL is no better",
	review.DropTooMany:    "beyond the limit of comments",
	review.DropSuppressed: "a suppression accepts it",
}
