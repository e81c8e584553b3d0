package review

import (
	"fmt"

	"github.com/schema-review/schema-review/ddlparse"
)

// sameAdvice is how many findings of one rule in one file are still said one by one though they are
// mended in the same way.
const sameAdvice = 5

// gatherFiles says once for a file what a rule says, with the same words and the same advice, of many tables,
// and lists the places. What blocks is said of each.
func gatherFiles(found []Finding) []Finding {
	type cause struct {
		rule, problem, advice string
		severity              Severity
		source                *ddlparse.Source
	}
	causes := make([]cause, len(found))
	count := map[cause]int{}
	for i, f := range found {
		if f.Severity < Error && !f.Span.IsZero() {
			causes[i] = cause{f.Rule, f.Problem.Format, f.Advice.Format + fmt.Sprint(f.Advice.Args...), f.Severity, f.Span.Source}
			count[causes[i]]++
		}
	}
	first := map[cause]int{}
	out := found[:0:0]
	for i, f := range found {
		c := causes[i]
		at, seen := first[c]
		switch {
		case c.rule == "" || count[c] <= sameAdvice:
			out = append(out, f)
		case seen:
			out[at].join(f)
		default:
			first[c] = len(out)
			out = append(out, f)
		}
	}
	return out
}

// join makes another finding of the same cause one of the places of this one.
func (f *Finding) join(other Finding) {
	f.Places = append(append(f.Places, other.Span), other.Places...)
	if other.Fix != nil {
		f.PlaceFixes = append(append(f.PlaceFixes, *other.Fix), other.PlaceFixes...)
	}
}
