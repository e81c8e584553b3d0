package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/schema-review/schema-review/webhook/github"
)

// writeDiagnoses writes a line for each, and what to do below it. It returns how many are wrong.
func writeDiagnoses(w io.Writer, p paint, all []github.Diagnosis) (wrong int) {
	width := 0
	for _, d := range all {
		width = max(width, len(d.Check))
	}
	for _, d := range all {
		fmt.Fprintf(w, "%s  %-*s  %s\n", healthMark(p, d.Health), width, shown(d.Check), shown(d.Text))
		if d.Advice != "" {
			fmt.Fprintf(w, "%s  %s\n", strings.Repeat(" ", len("WRONG")+2+width), p.dim("-> ")+shown(d.Advice))
		}
		if d.Health == github.Wrong {
			wrong++
		}
	}
	if wrong > 0 {
		fmt.Fprintf(w, "\n%d of %s found something wrong\n", wrong, count(len(all), "check"))
	}
	return wrong
}

func healthMark(p paint, h github.Health) string {
	switch h {
	case github.Wrong:
		return p.red("WRONG")
	case github.Note:
		return p.yellow("NOTE ")
	}
	return p.green("OK   ")
}
