// Package review reviews one change set: plan -> lint -> advise -> verify -> report, a file per stage.
// It knows no forge, no queue and no cloud; the command line, CI and the GitHub App call the same Review.
//
//	changeset.go  what is to be reviewed, and what was there before
//	plan.go       files -> migrations -> steps over the schema they start from
//	lint.go       rules over the steps
//	report.go     findings merged, suppressed, sorted; coverage; verdict: complete without a model
//	advise.go     what a model is asked about the report's plans; redact.go: and what it never gets to see
//	verify.go     its claims, one small check after the other; what holds is added to a copy of the report
package review
