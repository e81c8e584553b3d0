// Package webhook takes what GitHub tells and turns it into reviews: a delivery becomes a durable job,
// a worker brings the job's pull request up to date.
//
//	server.go     the public address: POST /webhook, health.go
//	receive.go    one request: size, signature.go, payload.go -> delivery
//	decide*.go    delivery -> event.go: the jobs, or the reason why there is nothing to do
//	work.go       job -> configure.go, instruct.go -> review -> advise.go -> comments and checkrun.go -> record.go
//	advise.go     the wait for a model: ask.go, what that cost (model.go), who works meanwhile (places.go), answers.go
//	catchup.go    deliveries that never arrived
//	sweep.go      open pull requests that no delivery told of
//	admin.go      the operators' address: metrics*.go, setup*.go (the App's manifest.go)
//
// It knows neither go-github nor a database: package webhook/github is the Forge (forge.go), webhook/store keeps
// the Inbox and the Ledger (state.go). Package webhook/standin is a GitHub for tests and the demo.
package webhook
