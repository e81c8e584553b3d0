package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/schema-review/schema-review/webhook/github"
	"golang.org/x/text/message"
)

// writeDiagnoses writes a line for each, and what to do below it. It returns how many are wrong.
func writeDiagnoses(w io.Writer, paint paint, all []github.Diagnosis, p *message.Printer) (wrong int) {
	width := 0
	for _, d := range all {
		width = max(width, len(d.Check))
	}
	for _, d := range all {
		fmt.Fprintf(w, "%s  %-*s  %s\n", healthMark(paint, d.Health), width, shown(d.Check), shown(d.Text))
		if d.Advice != "" {
			fmt.Fprintf(w, "%s  %s\n", strings.Repeat(" ", len("WRONG")+2+width), paint.dim("-> ")+shown(d.Advice))
		}
		if d.Health == github.Wrong {
			wrong++
		}
	}
	if wrong > 0 {
		fmt.Fprintf(w, "\n%s\n", p.Sprintf("%d of %d checks found something wrong", wrong, len(all)))
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
