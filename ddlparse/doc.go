// Package ddlparse turns SQL migration files of the MySQL family into statements with exact
// positions, statements into changes that no longer depend on syntax, and changes into schemas.
//
// The way through, a file or two per stage:
//
//	decode.go, token.go   bytes -> text -> tokens
//	region.go, split.go   tokens -> statements and gaps, in the sections of the migration tool
//	read*.go              statement -> changes as written: spans, names, definitions
//	judge.go              the TiDB parser's opinion: is it really a syntax error?
//	layout.go             files -> migrations in the order in which their tool runs them
//	apply*.go             schema + changes -> schema, resolved changes, problems the server would raise
//
// Positions come from our own tokens only: the TiDB parser gives none for DDL, and refuses a good
// part of what the servers accept.
package ddlparse
