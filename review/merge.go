package review

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// sameCause is how many findings of one rule in one statement are still said one by one.
const sameCause = 3

// merge makes one finding of each cause: the same said twice is said once, and what the server refuses
// is not judged for its design too. Once suppressed findings are out, gather does the rest.
func merge(found []Finding, statements map[*ddlparse.Source][]*ddlparse.Statement, category map[string]Category) []Finding {
	for i := range found {
		f := &found[i]
		if f.Statement == nil {
			f.Statement = enclosing(statements[f.Span.Source], f.Span)
		}
	}
	return withoutRefused(distinct(found), category)
}

// enclosing finds the statement that the span starts in, or nil.
func enclosing(list []*ddlparse.Statement, span ddlparse.Span) *ddlparse.Statement {
	if span.IsZero() {
		return nil
	}
	i := sort.Search(len(list), func(i int) bool { return list[i].Span.Start > span.Start }) - 1
	if i < 0 || !list[i].Span.Contains(span) {
		return nil
	}
	return list[i]
}

type place struct {
	object     string
	source     *ddlparse.Source
	start, end int32
}

func placeOf(f Finding) place {
	return place{strings.ToLower(f.Object), f.Span.Source, f.Span.Start, f.Span.End}
}

// distinct drops what a rule said before about the same object at the same place.
func distinct(found []Finding) []Finding {
	type key struct {
		rule string
		place
	}
	seen := make(map[key]bool, len(found))
	return slices.DeleteFunc(found, func(f Finding) bool {
		k := key{f.Rule, placeOf(f)}
		if seen[k] {
			return true
		}
		seen[k] = true
		return false
	})
}

// withoutRefused drops design findings about an object that the server refuses at that place: what
// never comes to be needs no advice.
func withoutRefused(found []Finding, category map[string]Category) []Finding {
	refused := map[place]bool{}
	for _, f := range found {
		if category[f.Rule] == Syntax {
			refused[placeOf(f)] = true
		}
	}
	if len(refused) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(f Finding) bool {
		return category[f.Rule] != Syntax && refused[placeOf(f)]
	})
}

// gather says once what a rule has to say, with the same words, of many objects of one table in one
// statement, and lists the places.
func gather(found []Finding) []Finding {
	type cause struct {
		rule, format, table string
		statement           *ddlparse.Statement
	}
	groups := map[cause]int{}
	causeOf := func(f Finding) cause {
		table, _, _ := strings.Cut(f.Object, ".")
		return cause{f.Rule, f.Problem.Format, strings.ToLower(table), f.Statement}
	}
	for _, f := range found {
		if f.Statement != nil {
			groups[causeOf(f)]++
		}
	}
	first := map[cause]int{}
	var out []Finding
	for _, f := range found {
		c := causeOf(f)
		if groups[c] <= sameCause {
			out = append(out, f)
			continue
		}
		if i, ok := first[c]; ok {
			out[i].join(f)
			continue
		}
		first[c] = len(out)
		out = append(out, f)
	}
	return gatherFiles(out)
}

// compareFindings sorts by severity (worst first), then place, then rule.
func compareFindings(a, b Finding) int {
	return cmp.Or(cmp.Compare(b.Severity, a.Severity), comparePlaces(a, b))
}

// comparePlaces sorts by place, then rule.
func comparePlaces(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Span.Path(), b.Span.Path()),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Object, b.Object),
	)
}
