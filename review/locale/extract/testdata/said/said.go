// Package said says something in every way that is followed.
package said

import (
	"errors"
	"fmt"

	"golang.org/x/text/message"
)

const constant = "constant"

type sentence struct {
	format string
	id     string
}

var list = []sentence{{"in a field", "not said"}, {format: "in a named field"}}

var byName = map[string]string{"key": "in a map"}

func say(p *message.Printer, format string, args ...any) string { return p.Sprintf(format, args...) }

func told(p *message.Printer, key string) string { return say(p, key) }

func chosen(n int) (string, error) {
	if n == 1 {
		return "returned", nil
	}
	return "returned, " + "joined", errors.New("not said")
}

// Say says it all.
func Say(p *message.Printer, n int) []string {
	direct := p.Sprintf("direct %d", n)
	told(p, "through two functions")
	told(p, constant)
	for _, s := range list {
		say(p, s.format)
	}
	say(p, byName["key"])
	text, err := chosen(n)
	if n > 1 {
		text = "assigned"
	}
	p.Printf(message.Key(text, text))
	say(p, fmt.Sprintf("found again %s", "not said"))
	other := func(key string) string { return say(p, key) }
	other("through a variable")
	say(p, "unclear "+err.Error())
	return []string{direct, "not said", list[0].id}
}
