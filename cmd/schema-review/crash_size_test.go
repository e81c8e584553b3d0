//go:build !race

package main

// `.ci/run` kills 200 times.
const (
	crashKills = 60
	crashPulls = 100
)
