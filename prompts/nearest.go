package prompts

import (
	"slices"
	"strings"
)

// Nearest returns the valid name that somebody who wrote name most likely meant, "" when none is near. Upper case,
// and _ for -, are no difference.
func Nearest(name string, valid []string) string {
	best, distance := "", 1+max(2, len(name)/3)
	if len(name) > 100 {
		return ""
	}
	plain := strings.ReplaceAll(strings.ToLower(name), "_", "-")
	for _, v := range valid {
		if d := edits(plain, strings.ReplaceAll(v, "_", "-")); d < distance && d < len(v) {
			best, distance = v, d
		}
	}
	return best
}

// edits counts the bytes to insert, delete or replace to get from a to b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + slices.Min([]int{diagonal, row[j], row[j+1]})
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
