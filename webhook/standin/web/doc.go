// Package web shows the stand-in's pull requests much as GitHub would: conversation, checks, and the diff with the
// comments at their lines. It reads, and changes nothing; `schema-review demo` serves it on loopback.
//
//	web.go       routes and headers
//	pull.go      what a page shows
//	standin.go   the stand-in's state -> that
//	diff.go      patches -> lines with numbers
//	page.go      what the templates ask for
//	markdown.go  comments -> safe HTML, with suggestions and diagrams
//	live.go      an event for every change
//	assets/      templates, style, scripts, and Mermaid's small build, which draws the diagrams
package web
