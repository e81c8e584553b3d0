// Package shop is the example's files, for programs that show it.
package shop

import "embed"

// Files are the migrations and the configuration, as they would lie in a repository of their own.
//
//go:embed db .github
var Files embed.FS
