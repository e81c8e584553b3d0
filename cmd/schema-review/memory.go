package main

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"

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
// memory that it needs: some eighteen times the text. With less room it collects most of the time.
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
	debug.SetMemoryLimit(max(170<<20, 24*int64(text)))
}

// rationMemory is for a server: idle most of the time beside other programs, so that it collects sooner.
// A limit, of the machine or of its container, is where it works harder rather than be killed.
func rationMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if limit := containerMemory(); limit > 0 {
		debug.SetMemoryLimit(limit / 10 * 9)
	}
}

// containerMemory is what the container may use, 0 without a limit.
// https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
func containerMemory() int64 {
	text, err := os.ReadFile("/sys/fs/cgroup/memory.max")
	if err != nil {
		return 0
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil { // "max"
		return 0
	}
	return limit
}
