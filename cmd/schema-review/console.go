package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// console is where a command writes, and what it may know of its surroundings.
type console struct {
	out, err         io.Writer
	getenv           func(string) string
	outTerm, errTerm bool // whether a person is looking at it
}

// system is the console of the process.
func system() console {
	return console{
		out:     os.Stdout,
		err:     os.Stderr,
		getenv:  os.Getenv,
		outTerm: term.IsTerminal(int(os.Stdout.Fd())),
		errTerm: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// colour tells whether output is coloured: for people only, and never against their will (no-color.org).
func (c console) colour(never bool) bool {
	return c.outTerm && !never && c.getenv("NO_COLOR") == "" && c.getenv("TERM") != "dumb"
}
