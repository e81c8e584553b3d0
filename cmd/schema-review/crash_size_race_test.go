//go:build race

package main

// With the race detector, the program starts and works ten times as slowly.
const (
	crashKills = 40
	crashPulls = 40
)
