// Package prompts is what the model is told: the guidelines that experienced people would hold a schema
// against, the text around them, and the form of the answer. All of it is text in files that a team can
// read and overlay without Go; README.md says how.
//
//	library.go, layer.go    layers of files -> one library
//	guideline.go            a Markdown file -> a guideline; frontmatter.go and problem.go say what is wrong with it
//	example.go              its examples, as short as the model reads them
//	template.go             the text around the guidelines, with named places
//	input.go, prompt.go     library + change set -> what is sent
//	answer.go               what comes back -> claims
//	case.go                 change sets with the claims that a good answer makes
//	judge.go                a finding -> what a judge of its wording is sent, and what comes back
//	judge_example.go        findings whose wording people have judged
//
// The package knows no schema, no server and no model: it is handed text and hands back text.
package prompts
