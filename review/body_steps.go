package review

import (
	"html"
	"strings"
)

// stepsSize bounds the ways around slow statements, in UTF-16 units.
const stepsSize = 9000

// stepsOf shows the ways around statements that block or take long, each in a fold.
func (v Voice) stepsOf(rows []row) string {
	var parts []string
	size := stepsSize
	for _, r := range rows {
		if len(r.live.steps) == 0 {
			continue
		}
		part := v.steps(r)
		if size -= units(part); size < 0 {
			break
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "\n\n")
}

// steps are numbered comments in the SQL, so that all of it can be copied at once.
func (v Voice) steps(r row) string {
	var b strings.Builder
	for i, step := range r.live.steps {
		b.WriteString(v.say("-- %d. %s", i+1, step.Why.In(v.Printer)) + "\n")
		for _, sql := range step.SQL {
			b.WriteString(sql + ";\n")
		}
	}
	table := html.EscapeString(clipped(r.live.Table.String(), longestName))
	head := v.say("Steps for line %s: %s, without blocking writes", lineOf(r.statement.Span), table)
	if len(r.live.steps) == 2 {
		head = v.say("The statement of line %s on %s, split in two", lineOf(r.statement.Span), table)
	}
	return "<details><summary>" + head + "</summary>\n\n" + fenced("sql", b.String()) + "\n\n</details>"
}
