// Package store keeps serve's durable state, on SQLite or Postgres: what GitHub delivered, what is to be
// done (River jobs), and what was done.
//
//	open.go      options, the URL, migrate.go its tables
//	database.go  what the two databases do differently: sqlite.go, postgres.go
//	accept.go    an event becomes durable: many at a time in one transaction (commit.go)
//	run.go       River's job -> a webhook.Task -> the handler
//	finish.go    what follows from its outcome, in one transaction
//	rescue.go    jobs whose process died
//	ledger.go    what was done, advice.go what a model had to do with it
//	budget.go    what a repository may use of a model in a day
//	feedback.go  what people made of it, reader.go reads that beside a running serve
//
// The table wanted is the heart. A key (a pull request) has a row while there is something to do, and
// the row names the one River job that will do it. Accept raises the row's generation; the end of a
// run compares it with the one that the run saw, under the row's lock: an event is either seen by
// the run or leads to another one. Every run has a River job of its own: a job that was given to
// another replica has another id, and so a late answer of the first can't be taken for the second's.
package store
