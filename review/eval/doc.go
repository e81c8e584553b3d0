// Package eval measures what a model does with the prompts: labelled change sets go through the review as any other
// would, and what is left of the model's claims after verify is held against the labels.
//
//	run.go         cases x runs -> what became of every claim; subject.go: before, outcome.go: after the model is asked
//	record.go      an answer as it is kept; archive.go: a folder of them, to answer from and to add to
//	score.go       counts -> precision, recall and the others; bootstrap.go: how far they can be trusted
//	result.go      all of it as a file that can be read again (resultfile.go)
//	compare.go     two results side by side, and which decisions changed (difference.go, verdict.go)
//	page*.go       HTML(w, *Result, *Comparison); markdown*.go: Markdown(w, *Result, *Comparison)
//	judge*.go      a second model's opinion of the advice
//
// A case without an answer is never guessed: it counts as not measured, or ends the evaluation with its name.
package eval
