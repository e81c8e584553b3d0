//go:build !race

package main

const (
	crashKills = 200
	crashPulls = 100
)
