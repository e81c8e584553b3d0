package standin

import (
	"slices"
	"strings"
)

// edits is how far the shortest way is looked for between two texts; beyond it, what lies between their
// common beginning and end counts as replaced. git gives up in a like manner.
const edits = 1000

// lines cuts a text after its line ends.
func lines(text string) []string {
	out := strings.SplitAfter(text, "\n")
	if out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// matching pairs the lines that two texts share, in order: match[i] is the number of b's line that a's line
// i is, or -1. It is Myers' greedy algorithm.
func matching(a, b []string) []int {
	match := make([]int, len(a))
	for i := range match {
		match[i] = -1
	}
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		match[start] = start
		start++
	}
	enda, endb := len(a), len(b)
	for enda > start && endb > start && a[enda-1] == b[endb-1] {
		enda--
		endb--
		match[enda] = endb
	}
	for _, m := range shortest(a[start:enda], b[start:endb]) {
		match[start+m[0]] = start + m[1]
	}
	return match
}

// shortest gives the pairs of equal lines on the shortest way from a to b, nil when it is too long.
func shortest(a, b []string) [][2]int {
	n, m := len(a), len(b)
	if n == 0 || m == 0 {
		return nil
	}
	limit := min(n+m, edits)
	v := make([]int, 2*limit+3) // furthest line of a on each diagonal
	at := func(k int) int { return k + limit + 1 }
	var trace [][]int
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			x := v[at(k-1)] + 1
			if k == -d || (k != d && v[at(k-1)] < v[at(k+1)]) {
				x = v[at(k+1)]
			}
			for x < n && x-k < m && a[x] == b[x-k] {
				x++
			}
			v[at(k)] = x
			if x >= n && x-k >= m {
				return walk(trace, d, n, m)
			}
		}
		trace = append(trace, slices.Clone(v[at(-d):at(d)+1]))
	}
	return nil
}

// walk goes back from the end (x, y), reached in round d, through the rounds before it.
func walk(trace [][]int, d, x, y int) [][2]int {
	var out [][2]int
	for ; d > 0; d-- {
		at := func(k int) int { return trace[d-1][k+d-1] }
		k := x - y
		from := k - 1
		if k == -d || (k != d && at(k-1) < at(k+1)) {
			from = k + 1
		}
		px := at(from)
		for x > px && y > px-from {
			x, y = x-1, y-1
			out = append(out, [2]int{x, y})
		}
		x, y = px, px-from
	}
	for ; x > 0; x, y = x-1, y-1 {
		out = append(out, [2]int{x - 1, y - 1})
	}
	return out
}
