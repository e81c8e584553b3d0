// Package custom makes rules of what teams write in their configuration, without Go: CEL expressions over what a
// change set does and leaves behind (https://cel.dev). docs/custom-rules.md is made from the comments of facts.go.
//
//	facts.go      what an expression sees: tables, columns, indexes, keys, changes
//	fact_*.go     ddlparse's objects -> facts
//	subject.go    what a rule may look at: the words of `on`
//	env.go        the language: variables, functions, cost
//	words.go      templates of messages
//	compile.go    a rule of configuration -> a review.Rule
//	example.go    its own examples, run when it is loaded
//
//go:generate go run ./gendocs
package custom
