package main

import (
	"os"
	"runtime/debug"

	"github.com/schema-review/schema-review/review"
)

// collectGarbage sets how often. Most of what a review allocates stays until its end, so that the
// default, which lets the heap double, would take far more memory than is in use.
func collectGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(75)
	}
}

// boundMemory asks the collector to work harder only where a review of that much text comes near the
// memory that it needs: some fourteen times the text.
func boundMemory(set *review.ChangeSet) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	text := 0
	for _, f := range set.History {
		text += len(f.Data)
	}
	for _, f := range set.Changed {
		text += len(f.Base) + len(f.Head)
	}
	debug.SetMemoryLimit(max(170<<20, 19*int64(text)))
}
