// Package standin is a GitHub on loopback, for tests and for the demonstration: accounts, Apps and their
// tokens, repositories with real git objects, pull requests, review threads, check runs, merge queues and
// signed webhooks, behind the part of GitHub's REST and GraphQL APIs that a review App needs.
//
// It is as strict as GitHub, with GitHub's messages: what it accepts, GitHub accepts.
//
//	github.go      what there is: accounts, Apps, repositories
//	object.go      git's objects and their names; tree.go, graph.go, diff.go work on them
//	pull.go        a pull request and what people do to it
//	thread.go      review comments, and when they become outdated
//	check.go       check suites and check runs
//	route.go       the REST endpoints; rest_*.go answer them, view_*.go say how things look
//	graphql*.go    the GraphQL endpoint
//	hook*.go       webhooks: payloads, signatures, the delivery list
//	fault.go       what can go wrong on the way
//
// Nothing but tests and the demo import it.
package standin
