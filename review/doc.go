// Package review reviews one change set: plan -> lint -> advise -> verify -> report, a file per stage.
// It knows no forge, no queue and no cloud; the command line, CI and the GitHub App call the same Review.
//
//	changeset.go  what is to be reviewed, and what was there before
//	plan.go       files -> migrations -> steps over the schema they start from
//	lint.go       rules over the steps
//	advise.go     the model's design feedback (not wired yet: a later stage fills it)
//	report.go     findings merged, suppressed, sorted; coverage; verdict
package review
