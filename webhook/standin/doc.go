// Package standin is a GitHub on loopback, for tests and for the demonstration: accounts, Apps and their
// tokens, repositories with real git objects, pull requests, review threads, check runs, merge queues and
// signed webhooks, behind the part of GitHub's REST and GraphQL APIs that a review App needs.
//
// It is as strict as GitHub, and says no in GitHub's words: what it accepts, GitHub accepts. Its answers are
// compared with GitHub's published descriptions in tests.
//
//	github.go                      what there is; clock.go, account.go, app.go, installation.go
//	object.go tree*.go             git's objects, and how trees share what they have in common
//	graph.go diff*.go              what lies between two commits
//	repository.go pull*.go         repositories, pull requests, and what people do to them (people.go)
//	place.go review.go relocate.go review comments: where they may stand, and when they become outdated
//	reaction.go                    what people think of them, in one sign
//	check.go mergegroup.go         check runs and merge queues
//	serve.go                       how a call is answered; jwt.go token.go limit*.go request.go page.go
//	route.go rest_*.go view*.go    the REST endpoints, and how things look in their answers
//	graphql*.go schema.graphql     the GraphQL endpoint
//	hook*.go                       webhooks: payloads, signatures, the delivery list
//	fault*.go                      what can go wrong on the way
//	state.go snapshot.go           copies of the state, for assertions and pages
//
// Nothing but tests and the demonstration import it.
package standin
