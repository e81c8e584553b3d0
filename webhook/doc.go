// Package webhook takes what GitHub tells and turns it into reviews: a delivery becomes a durable job,
// a worker brings the job's pull request up to date.
//
//	server.go   the public address: POST /webhook, health
//	receive.go  one request: signature, size, encoding -> delivery
//	event.go    delivery -> jobs, or the reason why there is nothing to do
//	work.go     job -> review -> comments and check run
//	catchup.go  deliveries that never arrived
//	sweep.go    open pull requests that nobody looked at
//	admin.go    the operators' address: set-up, metrics
//
// It knows neither go-github nor a database: package webhook/github is the Forge, webhook/store keeps
// the Inbox and the Ledger.
package webhook
